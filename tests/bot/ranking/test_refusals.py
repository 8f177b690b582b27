"""Every button and form about a ranking, pressed by the wrong person or at the wrong time.

A new id fails here until it has its line in the tables: who may use it, and when.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from bot.ranking import ids
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.stages import Move, Position
from storage.records.messages import Message
from storage.records.rankings import Answer, Ranking, RankingEvent, Rules, Stage
from tests.bot.ranking.running import CARA, EVERYBODY, ITEMS, RANKING, Run, caller, person
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Json, Place, User, shown_view, words_of

Right = Literal["facilitator", "participant", "helper", "anybody"]

NOT_ABOUT_A_RANKING = {
    ids.LIST_MESSAGE,
    ids.OPEN_SETUP,
    ids.SEND_SETUP,
    ids.RESUME_SETUP,
    ids.RESTART_SETUP,
    ids.OPEN_RULES,
    ids.SEND_RULES,
    ids.START,
    ids.CHANGE_AGENCY,
    ids.SEND_AGENCY,
    ids.DECLINE_AGENCY,
    ids.LIST_ALL,
    ids.NEWER_RANKINGS,
    ids.OLDER_RANKINGS,
}
"""What is a person's own and stands before a ranking, or lists several: no ranking can refuse it."""


@dataclass(frozen=True)
class Press:
    """A button: who may press it, and in which state of the ranking (a method of `Ready`).

    `reads` shows something and changes nothing. `by_stage` is refused once the ranking has moved on,
    `after_end` is allowed when it has ended.
    """

    action_id: str
    right: Right
    ready: str
    item: str = ""
    place: int = 0
    reads: bool = False
    by_stage: bool = True
    after_end: bool = False


@dataclass(frozen=True)
class Form:
    """A modal that is sent: the press that opens it, and what is filled in."""

    callback_id: str
    opened_by: Press
    values: Json
    by_stage: bool = True
    after_end: bool = False


def reading(action_id: str, ready: str, right: Right = "anybody") -> Press:
    return Press(action_id, right, ready, reads=True, by_stage=False, after_end=right != "participant")


def opening(action_id: str, ready: str, *, by_stage: bool) -> Press:
    return Press(action_id, "facilitator", ready, reads=True, by_stage=by_stage)


OPEN_ANSWER = reading(ids.OPEN_ANSWER, "proposed", "participant")
OPEN_PROPOSAL = opening(ids.OPEN_PROPOSAL, "named", by_stage=True)
OPEN_DISSENT = opening(ids.OPEN_DISSENT, "blocked", by_stage=True)
OPEN_DEADLINE = opening(ids.OPEN_DEADLINE, "naming", by_stage=True)
OPEN_ADDING = opening(ids.OPEN_ADDING, "naming", by_stage=False)
OPEN_LEAVING = opening(ids.OPEN_LEAVING, "naming", by_stage=False)
OPEN_HANDOVER = opening(ids.OPEN_HANDOVER, "naming", by_stage=False)
OPEN_HELPERS = opening(ids.OPEN_HELPERS, "naming", by_stage=False)
OPEN_EXPORT = reading(ids.OPEN_EXPORT, "naming", "facilitator")

PRESSES = (
    reading(ids.OPEN_STATEMENTS, "naming"),
    reading(ids.OPEN_REASONS, "blocked"),
    reading(ids.OPEN_COMPARE, "compared"),
    reading(ids.OPEN_CONTROLS, "naming", "facilitator"),
    reading(ids.SHOW_MORE, "naming", "facilitator"),
    reading(ids.SHOW_FIRST, "naming", "facilitator"),
    OPEN_ANSWER,
    Press(ids.PLACE, "participant", "naming", "s-2", 1),
    Press(ids.UP, "participant", "naming", "s-2", 1),
    Press(ids.DOWN, "participant", "naming", "s-2", 1),
    Press(ids.REMOVE, "participant", "answered", "s-1"),
    Press(ids.MOVE, "facilitator", "read", Move.START_DISCARD),
    Press(ids.MOVE, "facilitator", "answered", Move.CLOSE),
    Press(ids.MOVE, "facilitator", "named", Move.ASK_AGAIN),
    Press(ids.MOVE, "facilitator", "compared", Move.RANK_AGAIN),
    Press(ids.MOVE, "facilitator", "compared", Move.START_CHOOSE),
    Press(ids.MOVE, "facilitator", "naming", Move.CANCEL),
    Press(ids.REMIND, "facilitator", "naming"),
    Press(ids.PAUSE, "facilitator", "naming"),
    Press(ids.RESUME, "facilitator", "paused"),
    Press(ids.TAKE_OVER, "helper", "left_alone", by_stage=False),
    OPEN_PROPOSAL,
    OPEN_DISSENT,
    OPEN_DEADLINE,
    OPEN_ADDING,
    OPEN_LEAVING,
    OPEN_HANDOVER,
    OPEN_HELPERS,
    OPEN_EXPORT,
)
FORMS = (
    Form(ids.SEND_CONSENT, OPEN_ANSWER, {ids.POSITION_FIELD: Position.SUPPORT}),
    Form(ids.SEND_PROPOSAL, OPEN_PROPOSAL, {ids.place_field(1): "s-2"}),
    Form(ids.SEND_DISSENT, OPEN_DISSENT, {ids.WORDS_FIELD: "We meet again"}),
    Form(ids.SEND_DEADLINE, OPEN_DEADLINE, {ids.DEADLINE_FIELD: 0}),
    Form(ids.SEND_ADDING, OPEN_ADDING, {ids.PEOPLE_FIELD: [CARA.id]}, by_stage=False),
    Form(ids.SEND_LEAVING, OPEN_LEAVING, {ids.PERSON_FIELD: PIA.id}, by_stage=False),
    Form(ids.SEND_HANDOVER, OPEN_HANDOVER, {ids.PERSON_FIELD: BEN.id}, by_stage=False),
    Form(ids.SEND_HELPERS, OPEN_HELPERS, {ids.PEOPLE_FIELD: [BEN.id]}, by_stage=False),
    Form(
        ids.SEND_EXPORT,
        OPEN_EXPORT,
        {ids.FORMS_FIELD: ["csv"], ids.TARGET_FIELD: "me"},
        by_stage=False,
        after_end=True,
    ),
)
EVERY = (*PRESSES, *FORMS)
ON_THE_BOARD = {
    ids.OPEN_ANSWER,
    ids.OPEN_STATEMENTS,
    ids.OPEN_REASONS,
    ids.OPEN_COMPARE,
    ids.OPEN_CONTROLS,
    ids.TAKE_OVER,
}
MAY: dict[Right, User] = {"facilitator": ANNA, "participant": PIA, "helper": BEN, "anybody": CARA}
MAY_NOT: dict[Right, User] = {"facilitator": PIA, "participant": CARA, "helper": PIA}


@dataclass(frozen=True)
class State:
    """All that is kept of the ranking, but for the times of answers and of what the clock has to do."""

    ranking: Ranking | None
    stages: Sequence[Stage]
    answers: Sequence[Sequence[Answer]]
    events: Sequence[RankingEvent]
    messages: Sequence[tuple[str, int]]
    planned: Sequence[str]


class Ready:
    """The states in which something can be pressed."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.proposing = ProposingService(run.service, run.store.rankings)

    async def read(self) -> None:
        await self.run.begin()

    async def naming(self) -> None:
        await self.run.begin_discard()

    async def answered(self) -> None:
        await self.naming()
        await self.run.answer(ANNA, PIA)

    async def named(self) -> None:
        await self.answered()
        await self.run.move(Move.CLOSE)

    async def proposed(self) -> None:
        await self.named()
        ref = ids.Ref(RANKING, (await self.run.stage()).seq)
        await self.proposing.propose(caller(ANNA), ref, ["s-1"], datetime.now(UTC))

    async def blocked(self) -> None:
        await self.proposed()
        ref = ids.Ref(RANKING, (await self.run.stage()).seq)
        for user in EVERYBODY:
            await self.run.answering.answer_consent(
                caller(user), ref, Position.BLOCK, "Too soon", datetime.now(UTC)
            )
        await self.run.move(Move.CLOSE)

    async def compared(self) -> None:
        await self.run.begin(rules=Rules(steps=("read", "compare", "choose")))
        await self.run.move(Move.START_RANK)
        for at, item in enumerate(ITEMS, start=1):
            ref = ids.Ref(RANKING, (await self.run.stage()).seq, item.id, at)
            await self.run.answering.place(caller(ANNA), ref, datetime.now(UTC))
        await self.run.move(Move.COMPARE)

    async def paused(self) -> None:
        await self.naming()
        await self.run.store.rankings.set_paused(TEAM, RANKING, actor=person(ANNA), at=datetime.now(UTC))

    async def left_alone(self) -> None:
        """The facilitator has left Slack, and Ben helps."""
        await self.naming()
        at = datetime.now(UTC)
        await self.run.store.rankings.set_deputies(TEAM, RANKING, [person(BEN)], actor=person(ANNA), at=at)
        self.run.slack.users[ANNA.id] = {"deleted": True}


class Acting:
    """Presses and sends what a table's line says, and looks at what came of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.ready = Ready(run)
        self.ref = ids.Ref(RANKING)
        self.deadline = int((datetime.now(UTC) + timedelta(days=2)).timestamp())

    async def prepare(self, one: Press | Form) -> None:
        """The ranking in the state that the line names; what is pressed later is of this stage."""
        press = one if isinstance(one, Press) else one.opened_by
        prepare: Callable[[], Awaitable[None]] = getattr(self.ready, press.ready)
        await prepare()
        for user in (ANNA, BEN, CARA, PIA):  # else the first press of each asks for it
            await self.run.store.people.set_agency(TEAM, person(user), "School")
        self.ref = ids.Ref(RANKING, (await self.run.stage()).seq, press.item, press.place)
        self.place: Place | None = None
        if isinstance(one, Form):
            await self._press(press, MAY[press.right], self.ref)
            self.place = shown_view(self.run.slack.last("views.push", "views.open")["view"])

    async def act(self, one: Press | Form, user: User, ref: ids.Ref | None = None) -> str:
        """Do it; returns the refusal in words, "" when there was none."""
        before = len(self.run.slack.calls)
        if isinstance(one, Press):
            await self._press(one, user, ref or self.ref)
        else:
            await self._send(one, user, ref)
        return "\n".join(self._refusals(before))

    async def move_on(self) -> None:
        """One stage further, whatever the stage."""
        if (await self.run.ranking()).paused_at:
            at = datetime.now(UTC)
            await self.run.store.rankings.set_resumed(TEAM, RANKING, actor=person(ANNA), at=at)
        stage = await self.run.stage()
        following = replace(
            stage, seq=stage.seq + 1, opened_at=datetime.now(UTC), closed_at=None, answered=0, deadline=None
        )
        await self.run.store.rankings.open_stage(TEAM, RANKING, stage.seq, following, [])

    async def state(self) -> State:
        rankings = self.run.store.rankings
        stages = await rankings.list_stages(TEAM, RANKING)
        answers = [await rankings.list_answers(TEAM, RANKING, stage.seq) for stage in stages]
        untimed = [[replace(one, answered_at=stages[0].opened_at) for one in given] for given in answers]
        messages: Sequence[Message] = await self.run.store.messages.dirty_messages()
        return State(
            await rankings.get_ranking(TEAM, RANKING),
            stages,
            untimed,
            await rankings.list_events(TEAM, RANKING),
            sorted((message.id, message.version) for message in messages),
            sorted(await self.run.planned()),
        )

    async def _press(self, press: Press, user: User, ref: ids.Ref) -> None:
        action = {
            "type": "button",
            "block_id": "b",
            "action_id": press.action_id,
            "value": ref.encode(),
        }
        modal = shown_view({"type": "modal", "blocks": [], "private_metadata": ref.encode()})
        on_board = press.action_id in ON_THE_BOARD
        await self.run.bot.act(Place([], channel=CHANNEL) if on_board else modal, action, user)

    async def _send(self, form: Form, user: User, ref: ids.Ref | None) -> None:
        assert self.place is not None
        assert self.place.view is not None
        assert self.place.view["callback_id"] == form.callback_id
        if ref is not None:
            self.place.view["private_metadata"] = ref.encode()
        values = dict(form.values)
        if ids.DEADLINE_FIELD in values:
            values[ids.DEADLINE_FIELD] = self.deadline
        await self.run.bot.submit(self.place, values, user)

    def _refusals(self, before: int) -> list[str]:
        """Notices and errors beside fields; a form or panel that opens is none."""
        found = []
        for call in self.run.slack.calls[before:]:
            view = call.arguments.get("view") or {}
            if (view.get("title") or {}).get("text") == "Common Ground":
                found.append(words_of(view["blocks"]))
            elif call.method == "response_url":
                found.append(words_of(call.arguments["blocks"]))
            found += (call.arguments.get("errors") or {}).values() if call.method == "answer" else ()
        return found


@pytest.fixture
def acting(run: Run) -> Acting:
    return Acting(run)


def name_of(one: Press | Form) -> str:
    if isinstance(one, Form):
        return one.callback_id
    return f"{one.action_id} {one.item}".strip()


def right_of(one: Press | Form) -> Right:
    return one.right if isinstance(one, Press) else one.opened_by.right


def assert_refused(words: str) -> None:
    """In words, and by the rules: a reference number would be a fault of ours."""
    assert len(words.split()) > 3
    assert "reference" not in words


def test_every_id_has_its_line() -> None:
    names = {value for value in vars(ids).values() if isinstance(value, str)}
    presses = {name for name in names if re.fullmatch(r"ranking\.\w+\.\w+", name)}
    told = {one.action_id for one in PRESSES} | {one.callback_id for one in FORMS} | NOT_ABOUT_A_RANKING
    assert presses == told


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_who_may_do_it_can(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    assert "reference" not in words
    changes = isinstance(one, Form) or not one.reads
    assert (await acting.state() != before) == changes


@pytest.mark.parametrize("one", [one for one in EVERY if right_of(one) != "anybody"], ids=name_of)
async def test_somebody_without_the_right_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    assert_refused(await acting.act(one, MAY_NOT[right_of(one)]))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_a_ranking_that_is_not_here_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    foreign = replace(acting.ref, ranking_id="elsewhere")
    assert_refused(await acting.act(one, MAY[right_of(one)], foreign))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_a_ranking_that_has_ended_is_only_read(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    snapshot = await acting.run.service.snapshot(TEAM, RANKING)
    await acting.run.service.end(snapshot, "cancelled", datetime.now(UTC))
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    if one.after_end:
        assert not words
        return
    assert_refused(words)
    assert await acting.state() == before


@pytest.mark.parametrize(
    "one",
    [one for one in EVERY if one.by_stage],
    ids=name_of,
)
async def test_what_is_stale_by_one_stage_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    await acting.move_on()
    before = await acting.state()
    assert_refused(await acting.act(one, MAY[right_of(one)]))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_the_second_time_changes_nothing_more(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    await acting.act(one, MAY[right_of(one)])
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    assert "reference" not in words
    assert await acting.state() == before
