"""Reading, answering and comparing: every press and every refusal, through the real app."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.caller import Caller
from bot.ranking import ids
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.messages import board_message
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.service import RankingService
from bot.ranking.setup.starting import start_ranking
from bot.ranking.setup.topics import task_topic
from bot.ranking.stages import Move
from knowledge.model import Library
from storage.records.people import Person
from storage.store import Store
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Place,
    Slack,
    User,
    elements_of,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

CARA = User("U0CARA")
RANKING = "r1"
FACILITATOR = Caller(TEAM, Person(TEAM, ANNA.id))


def person(user: User) -> Person:
    return Person(user.team_id, user.id)


class Group:
    """A ranking with Anna, who facilitates, Ben, and Pia from a partner workspace."""

    def __init__(self, service: RankingService, store: Store, bot: Bot, slack: Slack) -> None:
        self.service, self.store, self.bot, self.slack = service, store, bot, slack
        self.answering = AnsweringService(store.rankings)
        self.proposing = ProposingService(service, store.rankings)

    async def board(self) -> Place:
        """The board's buttons as they stand now."""
        snapshot = await self.service.snapshot(TEAM, RANKING)
        return shown_message(board_message(snapshot).arguments(), CHANNEL)

    async def move(self, *moves: Move) -> None:
        for move in moves:
            snapshot = await self.service.snapshot(TEAM, RANKING)
            await self.service.move(
                FACILITATOR, ids.Ref(RANKING, snapshot.stage.seq), move, datetime.now(UTC)
            )

    async def open(self, label: str, user: User) -> Place:
        """Press a button on the board and see the modal that it opens."""
        await self.bot.press(await self.board(), label, user)
        return shown_view(self.slack.last("views.open")["view"])

    async def answer(self, user: User, items: Sequence[str]) -> None:
        """Answer the current stage without the modal."""
        snapshot = await self.service.snapshot(TEAM, RANKING)
        for at, item in enumerate(items, start=1):
            ref = ids.Ref(RANKING, snapshot.stage.seq, item, at)
            await self.answering.place(Caller(TEAM, person(user)), ref, datetime.now(UTC))

    async def stored(self, user: User) -> tuple[str, ...]:
        snapshot = await self.service.snapshot(TEAM, RANKING)
        answer = await self.store.rankings.get_answer(TEAM, RANKING, snapshot.stage.seq, person(user))
        return answer.choice if answer else ()


@pytest.fixture
async def group(bot: Bot, slack: Slack, store: Store, library: Library) -> Group:
    service = RankingService(store.rankings)
    people = [person(user) for user in (ANNA, BEN, PIA)]
    for one in people:
        await store.people.set_agency(TEAM, one, "")
    await start_ranking(
        store.rankings,
        FACILITATOR,
        task_topic(library.tasks[0]),
        CHANNEL,
        people,
        ranking_id=RANKING,
        at=datetime.now(UTC),
    )
    return Group(service, store, bot, slack)


OUTCOMES = [f"outcome-{number}" for number in range(1, 11)]


async def test_the_statements_are_a_button_away(group: Group) -> None:
    modal = await group.open("Read the statements", BEN)
    assert all(str(number) in words_of(modal.blocks) for number in range(1, 11))


async def test_naming_one_is_stored_at_the_press_and_can_be_taken_back(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    modal = await group.open("Name one to drop", PIA)
    await group.bot.press(modal, "Drop this", PIA, nth=2)
    first = await group.stored(PIA)
    assert len(first) == 1
    modal = shown_view(group.slack.last("views.update")["view"])
    await group.bot.press(modal, "Drop this", PIA, nth=0)
    assert len(await group.stored(PIA)) == 1
    assert await group.stored(PIA) != first
    modal = shown_view(group.slack.last("views.update")["view"])
    await group.bot.press(modal, "Take back", PIA)
    assert await group.stored(PIA) == ()


async def begin_ordering(group: Group) -> None:
    """Drop one with everybody's support, so that nine are left to be put in order."""
    await group.move(Move.START_DISCARD)
    await group.answer(ANNA, ["outcome-7"])
    await group.move(Move.CLOSE)
    snapshot = await group.service.snapshot(TEAM, RANKING)
    ref = ids.Ref(RANKING, snapshot.stage.seq)
    await group.proposing.propose(FACILITATOR, ref, ["outcome-7"], datetime.now(UTC))
    for user in (ANNA, BEN, PIA):
        modal = await group.open("Give my answer", user)
        await group.bot.submit(modal, {"position": "support"}, user)
    await group.move(Move.CLOSE, Move.START_RANK)


async def test_items_added_faster_than_the_form_follows_stand_in_the_order_of_the_presses(
    group: Group,
) -> None:
    await begin_ordering(group)
    form = await group.open("Put them in order", BEN)
    added = [
        element["value"].split("|")[2]
        for _, element in elements_of(form.blocks)
        if element["text"]["text"] == "Add"
    ]
    for nth in (0, 1, 2, 0):
        await group.bot.press(form, "Add", BEN, nth=nth)
    assert list(await group.stored(BEN)) == added[:3]


async def test_a_ballot_is_ordered_by_taps_and_taken_up_again(group: Group) -> None:
    await begin_ordering(group)

    modal = await group.open("Put them in order", BEN)
    assert labels_of(modal.blocks) == ["Add"] * 9
    for _ in range(9):
        await group.bot.press(modal, "Add", BEN)
        modal = shown_view(group.slack.last("views.update")["view"])
    placed = await group.stored(BEN)
    assert len(set(placed)) == 9
    await group.bot.press(modal, "Up", BEN, nth=0)
    assert (await group.stored(BEN))[:2] == (placed[1], placed[0])
    again = await group.open("Put them in order", BEN)
    assert "9 of 9 placed" in words_of(again.blocks)
    await group.bot.press(again, "Down", BEN, nth=0)
    assert await group.stored(BEN) == placed
    again = shown_view(group.slack.last("views.update")["view"])
    await group.bot.press(again, "Remove", BEN, nth=0)
    assert await group.stored(BEN) == placed[1:]


async def test_the_same_press_delivered_twice_counts_once(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    modal = await group.open("Name one to drop", BEN)
    await group.bot.press(modal, "Drop this", BEN, nth=3)
    chosen = await group.stored(BEN)
    await group.bot.press(modal, "Drop this", BEN, nth=3)
    assert await group.stored(BEN) == chosen


async def test_a_block_needs_a_reason_and_is_told_with_its_name(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    await group.answer(ANNA, ["outcome-7"])
    await group.move(Move.CLOSE)
    await group.proposing.propose(FACILITATOR, ids.Ref(RANKING, 2), ["outcome-7"], datetime.now(UTC))
    modal = await group.open("Give my answer", PIA)
    refused = await group.bot.submit(modal, {"position": "block"}, PIA)
    assert list(refused["errors"]) == ["reason"]
    assert await group.stored(PIA) == ()
    await group.bot.submit(modal, {"position": "block", "reason": "Our *work* <@U1>"}, PIA)
    await group.move(Move.CLOSE)
    said = words_of((await group.board()).blocks)
    assert f"<@{PIA.id}>: I block it. Our *work* &lt;@U1&gt;" in said
    assert "nothing is decided over a block" in said


async def test_somebody_who_does_not_take_part_is_told_whom_to_ask(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    await group.bot.press(await group.board(), "Name one to drop", CARA)
    told = group.slack.last("response_url")
    assert told["response_type"] == "ephemeral"
    assert "not on the list" in words_of(told["blocks"])
    assert f"<@{ANNA.id}>" in words_of(told["blocks"])
    assert group.slack.called("views.open") == []


async def test_a_press_after_the_stage_ended_changes_nothing_and_says_so(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    modal = await group.open("Name one to drop", BEN)
    await group.bot.press(modal, "Drop this", BEN)
    kept = await group.stored(BEN)
    await group.move(Move.CLOSE)
    await group.bot.press(modal, "Drop this", BEN, nth=5)
    assert await group.stored(BEN) == kept
    assert "This stage has ended" in words_of(group.slack.last("views.push")["view"]["blocks"])


async def test_answering_when_nothing_is_asked_says_where_to_look(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    board = await group.board()
    await group.answer(ANNA, ["outcome-7"])
    await group.move(Move.CLOSE)
    await group.bot.press(board, "Name one to drop", BEN)
    assert "nothing to answer" in words_of(group.slack.last("response_url")["blocks"])


@pytest.mark.parametrize(
    "value",
    [
        "r1|2|outcome-99|1",
        "r1|2|<!channel>|1",
        "r1|9|outcome-1|1",
        "nowhere|2|outcome-1|1",
    ],
)
async def test_a_swapped_id_changes_nothing_and_is_answered_in_words(group: Group, value: str) -> None:
    await group.move(Move.START_DISCARD)
    modal = await group.open("Name one to drop", BEN)
    action = {"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": value}
    await group.bot.act(modal, action, BEN)
    assert await group.stored(BEN) == ()
    assert group.slack.called("views.push")


@pytest.mark.parametrize("value", ["", "r1", "r1|x|outcome-1|1", "r1|2|outcome-1|1|5"])
async def test_a_value_that_we_do_not_make_now_is_answered_in_words(group: Group, value: str) -> None:
    await group.move(Move.START_DISCARD)
    modal = await group.open("Name one to drop", BEN)
    action = {"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": value}
    await group.bot.act(modal, action, BEN)
    assert "older version" in words_of(group.slack.last("views.push")["view"]["blocks"])
    assert await group.stored(BEN) == ()


async def test_an_item_cannot_be_placed_on_a_proposal(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    await group.answer(ANNA, ["outcome-7"])
    await group.move(Move.CLOSE)
    await group.proposing.propose(FACILITATOR, ids.Ref(RANKING, 2), ["outcome-7"], datetime.now(UTC))
    modal = await group.open("Give my answer", BEN)
    action = {"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": "r1|3|outcome-1|1"}
    await group.bot.act(modal, action, BEN)
    assert await group.stored(BEN) == ()


async def test_a_sixth_mark_is_refused(group: Group, store: Store) -> None:
    snapshot = await group.service.snapshot(TEAM, RANKING)
    stage = snapshot.stage.__class__("r1", 2, "choose", tuple(OUTCOMES), datetime.now(UTC))
    await store.rankings.open_stage(TEAM, RANKING, 1, stage, [])
    modal = await group.open("Mark five", BEN)
    await group.answer(BEN, OUTCOMES[:5])
    action = {"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": "r1|2|outcome-9|6"}
    await group.bot.act(modal, action, BEN)
    assert await group.stored(BEN) == tuple(OUTCOMES[:5])
    assert "Take one back first" in words_of(group.slack.last("views.push")["view"]["blocks"])


async def test_another_workspace_sees_and_changes_nothing(group: Group) -> None:
    await group.move(Move.START_DISCARD)
    body = {
        "type": "block_actions",
        "user": {"id": BEN.id, "team_id": "T0OTHER"},
        "team": {"id": "T0OTHER"},
        "container": {"type": "message"},
        "actions": [{"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": "r1|2|outcome-1|1"}],
        "trigger_id": "t",
    }
    response = await group.bot.send(body)
    assert response.status < 500
    assert "not installed in this workspace" in response.body
    assert await group.stored(BEN) == ()
