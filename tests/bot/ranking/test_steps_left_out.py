"""A ranking that leaves steps out, from its start to what is recorded."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.caller import Caller
from bot.ranking import ids
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.service import RankingService
from bot.ranking.setup.starting import start_ranking
from bot.ranking.setup.topics import Topic
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move
from storage.records.rankings import Rules, StepName
from storage.store import Store
from tests.bot.ranking.examples import PEOPLE, make_items

WORKSPACE = "T0HOME"
FACILITATOR = Caller(WORKSPACE, PEOPLE[0])
TOPIC = Topic("own", "What to do first", "", "Us", make_items(4))


class Group:
    """Two people who keep only these steps."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.service = RankingService(store.rankings)
        self.answering = AnsweringService(store.rankings)

    async def start(self, *steps: StepName) -> None:
        await start_ranking(
            self.store.rankings,
            FACILITATOR,
            TOPIC,
            "C1",
            PEOPLE[:2],
            ranking_id="r1",
            at=datetime.now(UTC),
            rules=Rules(steps=steps),
        )

    async def now(self) -> Snapshot:
        return await self.service.snapshot(WORKSPACE, "r1")

    async def move(self, move: Move) -> Snapshot:
        ref = ids.Ref("r1", (await self.now()).stage.seq)
        await self.service.move(FACILITATOR, ref, move, datetime.now(UTC))
        return await self.now()

    async def rank(self, *orders: Sequence[int]) -> None:
        seq = (await self.now()).stage.seq
        for person, order in zip(PEOPLE, orders, strict=False):
            for at, number in enumerate(order, start=1):
                ref = ids.Ref("r1", seq, f"s-{number}", at)
                await self.answering.place(Caller(WORKSPACE, person), ref, datetime.now(UTC))


async def test_with_the_ranking_alone_the_order_that_was_counted_is_recorded(store: Store) -> None:
    group = Group(store)
    await group.start()
    snapshot = await group.now()
    assert snapshot.stage.kind == "rank"
    assert snapshot.stage.items == ("s-1", "s-2", "s-3", "s-4")
    assert await store.messages.get_message(WORKSPACE, ids.stage_id("r1", 1)) is not None
    await group.rank((2, 1, 3, 4), (2, 3, 1, 4))
    await group.move(Move.CLOSE)
    snapshot = await group.move(Move.RECORD_ORDER)
    assert snapshot.ranking.status == "decided"
    assert snapshot.ranking.outcome == ("s-2", "s-1", "s-3", "s-4")


async def test_nothing_is_dropped_without_the_step_for_it(store: Store) -> None:
    group = Group(store)
    await group.start("read", "compare")
    snapshot = await group.move(Move.START_RANK)
    assert snapshot.stage.items == ("s-1", "s-2", "s-3", "s-4")
    await group.rank((4, 3, 2, 1), (4, 3, 2, 1))
    await group.move(Move.COMPARE)
    snapshot = await group.move(Move.RECORD_ORDER)
    assert snapshot.ranking.outcome == ("s-4", "s-3", "s-2", "s-1")
    assert snapshot.dropped == ()


async def test_choosing_follows_the_ranking_without_a_comparison(store: Store) -> None:
    group = Group(store)
    await group.start("choose")
    await group.rank((1, 2, 3, 4))
    snapshot = await group.move(Move.CLOSE)
    assert Move.RECORD_ORDER not in snapshot.moves
    snapshot = await group.move(Move.START_CHOOSE)
    assert (snapshot.stage.kind, snapshot.stage.items) == ("choose", ("s-1", "s-2", "s-3", "s-4"))
