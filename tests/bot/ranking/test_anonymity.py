"""An anonymous ranking, read by everybody else at every stage: who answered what must make no difference.

The same answers are given twice by other people of the same agency and in another order. Everything
that anybody but the person themselves can see must be the same, letter for letter, and name nobody.
"""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import create_app, create_client
from bot.caller import Caller
from bot.delivery.content import Content
from bot.installation import Installation
from bot.ranking import home_source, ids, renderers
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.service import RankingService
from bot.ranking.stages import Move, Position
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.open import open_store
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Participant, Ranking, Rules, Stage
from storage.store import Store
from tests.bot.ranking.examples import make_items
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Slack, User, shown_message, words_of

FACILITATOR = Caller(TEAM, Person(TEAM, ANNA.id))
VOTERS = tuple(Person(TEAM if number < 4 else "T0AWAY", f"U0VOTER{number}") for number in range(8))
AGENCIES = ("School", "School", "School", "Health", "Health", "Health", "Police", "Police")
ITEMS = make_items(7)
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

DISCARDS = ("s-7", "s-7", "s-6", "s-7", "s-6", "s-7", "s-7", "s-5")
ORDERS = ("123456", "213456", "123465", "654321", "645321", "654312", "132456", "621345")
AGAIN = ("123456", "123456", "123465", "654321", "123456", "654312", "132456", "612345")
MARKS = ("12345", "12346", "12356", "12345", "12345", "12346", "12345", "12345")
REASONS = ("Too soon", "We need it", "Ask families first", "", "", "As agreed", "", "Not ours")
BLOCKED = ("support", "block", "block", "accept", "support", "aside", "accept", "block")
ACCEPTED = ("support", "accept", "support", "accept", "support", "aside", "accept", "support")


@dataclass
class Reading:
    """All that was shown, in order, and where."""

    bot: Bot
    store: Store
    shown: list[tuple[str, str]] = field(default_factory=list)

    async def look(self, stage: str) -> None:
        """Everything that can be read now, by the facilitator and so by anybody."""
        for message_id in await self._messages():
            self.shown.append((f"{stage}: {message_id}", (await self.content(message_id)).text))
        board = shown_message((await self.content(ids.board_id("r1"))).arguments(), CHANNEL)
        self.shown.append((f"{stage}: board blocks", words_of(board.blocks)))
        for label in ("Read the statements", "Read the reasons", "Compare", "For the facilitator"):
            before = len(self.bot.slack.called("views.open"))
            if label in words_of(board.blocks).splitlines():
                await self.bot.press(board, label)
            for call in self.bot.slack.called("views.open")[before:]:
                self.shown.append((f"{stage}: {label}", words_of(call["view"]["blocks"])))
        home = await home_source(self.store)(FACILITATOR)
        told = [block._resolve() for blocks in home.values() for block in blocks]
        self.shown.append((f"{stage}: home", words_of(told)))

    async def _messages(self) -> list[str]:
        stages = await self.store.rankings.list_stages(TEAM, "r1")
        names = [ids.board_id("r1"), ids.outcome_id("r1"), *(ids.stage_id("r1", one.seq) for one in stages)]
        return [name for name in names if await self.store.messages.get_message(TEAM, name)]

    async def content(self, message_id: str) -> Content:
        message = await self.store.messages.get_message(TEAM, message_id)
        assert message is not None
        content = await renderers(self.store)[message.kind](message)
        assert isinstance(content, Content)
        return content


class Play:
    """One run through the whole task; `order` says who gives which of the answers, first to last."""

    def __init__(self, store: Store, reading: Reading, order: Sequence[int]) -> None:
        self.store, self.reading, self.order = store, reading, order
        self.service = RankingService(store.rankings)
        self.answering = AnsweringService(store.rankings)
        self.proposing = ProposingService(self.service, store.rankings)

    async def play(self, *, ends_in_consensus: bool) -> None:
        await self.begin()
        await self.reading.look("read")
        await self.step(Move.START_DISCARD)
        await self.answer([[item] for item in DISCARDS])
        await self.step(Move.CLOSE)
        await self._propose(["s-7"], BLOCKED)
        await self._propose(["s-7"], ACCEPTED)
        await self.step(Move.START_RANK)
        await self.answer([_items(order) for order in ORDERS])
        await self.step(Move.COMPARE)
        await self.step(Move.RANK_AGAIN)
        await self.answer([_items(order) for order in AGAIN])
        await self.step(Move.COMPARE)
        await self.step(Move.START_CHOOSE)
        await self.answer([_items(order) for order in MARKS])
        await self.step(Move.CLOSE)
        await self._propose(_items("12345"), ACCEPTED if ends_in_consensus else BLOCKED)
        if ends_in_consensus:
            await self.step(Move.DECIDE)
        else:
            ref = await self.ref()
            await self.proposing.end_without_consensus(FACILITATOR, ref, "We meet again", AT)
            await self.reading.look("ended")

    async def begin(self) -> None:
        ranking = Ranking(
            workspace_id=TEAM,
            id="r1",
            task_id="own",
            title="What matters here",
            source="A source",
            items=ITEMS,
            channel_id=CHANNEL,
            facilitator=FACILITATOR.person,
            participants=tuple(
                Participant(person, agency) for person, agency in zip(VOTERS, AGENCIES, strict=True)
            ),
            status="open",
            created_at=AT,
            rules=Rules(anonymous=True),
        )
        board = Message(TEAM, ids.board_id("r1"), ids.BOARD_KIND, ids.subject("r1"), CHANNEL)
        first = Stage("r1", 1, "read", tuple(item.id for item in ITEMS), AT)
        await self.store.rankings.create_ranking(ranking, first, [board])

    async def ref(self, item: str = "", place: int = 0) -> ids.Ref:
        stages = await self.store.rankings.list_stages(TEAM, "r1")
        return ids.Ref("r1", stages[-1].seq, item, place)

    async def step(self, move: Move) -> None:
        await self.service.move(FACILITATOR, await self.ref(), move, AT)
        await self.reading.look(move)

    async def answer(self, choices: Sequence[Sequence[str]]) -> None:
        for at in self.order:
            for place, item in enumerate(choices[at], start=1):
                ref = await self.ref(item, place)
                await self.answering.place(Caller(TEAM, self._voter(at)), ref, datetime.now(UTC))
        await self.reading.look("answered")

    async def _propose(self, items: Sequence[str], positions: Sequence[str]) -> None:
        await self.proposing.propose(FACILITATOR, await self.ref(), items, AT)
        for at in self.order:
            await self.answering.answer_consent(
                Caller(TEAM, self._voter(at)),
                await self.ref(),
                Position(positions[at]),
                REASONS[at] if positions[at] != "support" else "",
                datetime.now(UTC),
            )
        await self.reading.look("positions")
        await self.step(Move.CLOSE)

    def _voter(self, at: int) -> Person:
        """The one who gives the answers of this number: another of the same agency in another order."""
        same = [other for other in self.order if AGENCIES[other] == AGENCIES[at]]
        numbers = [other for other in range(len(VOTERS)) if AGENCIES[other] == AGENCIES[at]]
        return VOTERS[same[numbers.index(at)]]


def _items(digits: str) -> list[str]:
    return [f"s-{digit}" for digit in digits]


ONE_WAY = tuple(range(8))
ANOTHER = (7, 5, 2, 0, 6, 3, 4, 1)


@pytest.fixture
async def readings(
    tmp_path: Path, slack: Slack, library: Library, search: Search, settings: Settings
) -> AsyncIterator[Mapping[Sequence[int], Reading]]:
    """The real app twice, each on a store of its own."""
    found: dict[Sequence[int], Reading] = {}
    for order in (ONE_WAY, ANOTHER):
        store = await open_store(f"sqlite:///{tmp_path}/{order[0]}.db")
        app = create_app(settings, store, library, search, Installation(create_client(settings)))
        found[order] = Reading(Bot(app, slack), store)
    yield found
    for reading in found.values():
        await reading.store.close()


@pytest.mark.parametrize("ends_in_consensus", [True, False], ids=["decided", "undecided"])
async def test_who_answered_what_and_when_makes_no_difference_to_what_anybody_sees(
    readings: Mapping[Sequence[int], Reading], ends_in_consensus: bool
) -> None:
    for order, reading in readings.items():
        await Play(reading.store, reading, order).play(ends_in_consensus=ends_in_consensus)
    for one, other in zip(readings[ONE_WAY].shown, readings[ANOTHER].shown, strict=True):
        assert one == other


@pytest.mark.parametrize("ends_in_consensus", [True, False], ids=["decided", "undecided"])
async def test_nobody_is_named_but_in_the_list_of_people(
    readings: Mapping[Sequence[int], Reading],
    ends_in_consensus: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reading = readings[ONE_WAY]
    with caplog.at_level(logging.DEBUG, "bot"):
        await Play(reading.store, reading, ONE_WAY).play(ends_in_consensus=ends_in_consensus)
    lists = tuple(f"{agency}: " for agency in AGENCIES)
    seen = 0
    for where, text in reading.shown:
        for line in text.splitlines():
            if line.replace("*", "").startswith(lists):
                seen += 1
            else:
                assert not any(person.user_id in line for person in VOTERS), f"{where}: {line}"
    assert seen
    # The facilitator is named as such; in the log nobody is.
    assert not any(user.user_id in caplog.text for user in (*VOTERS, FACILITATOR.person))


async def test_everything_worth_reading_was_read(readings: Mapping[Sequence[int], Reading]) -> None:
    reading = readings[ONE_WAY]
    await Play(reading.store, reading, ONE_WAY).play(ends_in_consensus=False)
    told = "\n".join(text for _where, text in reading.shown)
    for words in (
        "I block it. Ask families first",
        "8 of 8 have answered. Nobody sees who",
        "is what chance gives for 8 people",
        "Since the round before:",
        "Everybody marked 3 of them",
        "Smaller agencies and people who did not tell theirs, together",
        "We meet again",
        "Only you see what is said here about you.",
    ):
        assert words in told, words


async def test_reasons_stand_in_the_order_of_their_words(readings: Mapping[Sequence[int], Reading]) -> None:
    reading = readings[ANOTHER]
    await Play(reading.store, reading, ANOTHER).play(ends_in_consensus=False)
    told = next(text for _where, text in reading.shown if "I block it." in text)
    blocks = [line for line in told.splitlines() if "I block it." in line]
    assert blocks == sorted(blocks)
    assert len(blocks) == 3


async def test_the_forms_say_what_is_hidden_from_whom(
    readings: Mapping[Sequence[int], Reading],
) -> None:
    reading = readings[ONE_WAY]
    play = Play(reading.store, reading, ONE_WAY)
    await play.begin()
    await play.step(Move.START_DISCARD)
    voter = User(VOTERS[0].user_id, VOTERS[0].team_id)
    await reading.store.people.set_agency(TEAM, VOTERS[0], AGENCIES[0])
    board = shown_message((await reading.content(ids.board_id("r1"))).arguments(), CHANNEL)
    await reading.bot.press(board, "Name one to drop", voter)
    said = words_of(reading.bot.slack.last("views.open")["view"]["blocks"])
    assert "Nobody sees that this is yours, the facilitator included." in said
    await play.answer([[item] for item in DISCARDS])
    await play.step(Move.CLOSE)
    await play.proposing.propose(FACILITATOR, await play.ref(), ["s-7"], AT)
    board = shown_message((await reading.content(ids.board_id("r1"))).arguments(), CHANNEL)
    await reading.bot.press(board, "Give my answer", voter)
    said = words_of(reading.bot.slack.last("views.open")["view"]["blocks"])
    assert "Nobody sees that this is yours, the facilitator included." in said
    assert "It is shown when the step ends, without your name." in said
    assert "One block stops it." in said
