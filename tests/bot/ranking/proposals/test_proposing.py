"""What the facilitator is offered to propose, from the marks and from what was tried."""

from datetime import UTC, datetime

import pytest

from bot.caller import Caller
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.service import RankingService
from bot.ranking.setup.starting import start_ranking
from bot.ranking.setup.topics import Topic
from bot.ranking.stages import Move, Position
from storage.records.rankings import Rules
from storage.store import Store
from tests.bot.ranking.examples import PEOPLE, make_items

WORKSPACE = "T0HOME"
FACILITATOR = Caller(WORKSPACE, PEOPLE[0])
BOTH = PEOPLE[:2]


class Group:
    """Two people who rank five statements alike and then settle on four of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.service = RankingService(store.rankings)
        self.answering = AnsweringService(store.rankings)
        self.proposing = ProposingService(self.service, store.rankings)

    async def start(self) -> None:
        topic = Topic("own", "What to do first", "", "Us", make_items(5))
        await start_ranking(
            self.store.rankings,
            FACILITATOR,
            topic,
            "C1",
            BOTH,
            ranking_id="r1",
            at=datetime.now(UTC),
            rules=Rules(steps=("choose",)),
        )
        await self.answer((1, 2, 3, 4, 5), (1, 2, 3, 4, 5))
        await self.move(Move.CLOSE)
        await self.move(Move.START_CHOOSE)

    async def ref(self, item: str = "", place: int = 0) -> ids.Ref:
        snapshot = await self.service.snapshot(WORKSPACE, "r1")
        return ids.Ref("r1", snapshot.stage.seq, item, place)

    async def answer(self, *orders: tuple[int, ...]) -> None:
        for person, order in zip(BOTH, orders, strict=True):
            for at, number in enumerate(order, start=1):
                ref = await self.ref(f"s-{number}", at)
                await self.answering.place(Caller(WORKSPACE, person), ref, datetime.now(UTC))

    async def move(self, move: Move) -> None:
        await self.service.move(FACILITATOR, await self.ref(), move, datetime.now(UTC))

    async def block(self) -> None:
        """Propose what is offered, block it, and close the stage."""
        await self.proposing.propose(FACILITATOR, await self.ref(), await self.offered(), datetime.now(UTC))
        for person in BOTH:
            await self.answering.answer_consent(
                Caller(WORKSPACE, person), await self.ref(), Position.BLOCK, "Not these", datetime.now(UTC)
            )
        await self.move(Move.CLOSE)

    async def offered(self) -> tuple[str, ...]:
        found = await self.proposing.suggestions(await self.service.snapshot(WORKSPACE, "r1"))
        return next(iter(found.proposals), ())


@pytest.fixture
async def group(store: Store) -> Group:
    group = Group(store)
    await group.start()
    return group


async def test_after_a_block_the_least_marked_gives_way(group: Group) -> None:
    await group.answer((1, 2, 3, 5), (1, 2, 4, 5))
    await group.move(Move.CLOSE)
    assert await group.offered() == ("s-1", "s-2", "s-3", "s-5")
    await group.block()
    assert await group.offered() == ("s-1", "s-2", "s-4", "s-5")


async def test_when_everything_was_tried_nothing_is_offered(group: Group) -> None:
    await group.answer((1, 2, 3, 5), (1, 2, 4, 5))
    await group.move(Move.CLOSE)
    await group.block()
    await group.block()
    assert await group.offered() == ()


async def test_marking_again_begins_anew(group: Group) -> None:
    await group.answer((1, 2, 3, 5), (1, 2, 4, 5))
    await group.move(Move.CLOSE)
    await group.block()
    await group.move(Move.ASK_AGAIN)
    await group.answer((1, 2, 3, 5), (1, 2, 3, 5))
    await group.move(Move.CLOSE)
    assert await group.offered() == ("s-1", "s-2", "s-3", "s-5")


async def test_a_suggestion_is_put_to_the_group_by_its_number(group: Group) -> None:
    await group.answer((1, 2, 3, 5), (1, 2, 4, 5))
    await group.move(Move.CLOSE)
    suggestions = await group.proposing.suggestions(await group.service.snapshot(WORKSPACE, "r1"))
    assert len(suggestions.proposals) > 1
    await group.proposing.propose_suggested(FACILITATOR, await group.ref(), 2, datetime.now(UTC))
    snapshot = await group.service.snapshot(WORKSPACE, "r1")
    assert snapshot.stage.proposal == suggestions.proposals[1]


@pytest.mark.parametrize("number", [0, -1, 99])
async def test_a_suggestion_that_was_never_made_is_refused(group: Group, number: int) -> None:
    await group.answer((1, 2, 3, 5), (1, 2, 4, 5))
    await group.move(Move.CLOSE)
    before = await group.service.snapshot(WORKSPACE, "r1")
    with pytest.raises(UserError, match="moved on"):
        await group.proposing.propose_suggested(FACILITATOR, await group.ref(), number, datetime.now(UTC))
    assert await group.service.snapshot(WORKSPACE, "r1") == before
