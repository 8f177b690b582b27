"""What waits, counted for whoever watches from outside: figures only, for all workspaces together."""

from datetime import UTC, datetime

from storage.open import open_store
from storage.records.messages import Backlog
from storage.records.work import Work
from storage.store import Store
from tests.storage.examples import WORKSPACE, a_message, minutes
from tests.storage.test_installations import HARBOUR, LATER, ours


async def test_messages_wait_until_they_are_sent(store: Store) -> None:
    assert await store.messages.backlog() == Backlog(0, None)
    before = datetime.now(UTC)
    await store.messages.add_message(a_message())
    between = datetime.now(UTC)
    await store.messages.add_message(a_message(id="ranking.board:R2", workspace_id="T0ELSE"))
    found = await store.messages.backlog()
    assert found.waiting == 2
    assert found.oldest is not None
    assert before <= found.oldest <= between
    await store.messages.record_sent(WORKSPACE, a_message().id, 1, "17.5")
    left = await store.messages.backlog()
    assert left.waiting == 1
    assert left.oldest is not None
    assert left.oldest >= between


async def test_where_the_app_was_removed_nothing_counts_as_waiting(store: Store) -> None:
    await store.installations.save(ours())
    await store.messages.add_message(a_message(workspace_id=HARBOUR))
    assert (await store.messages.backlog()).waiting == 1
    await store.installations.end(HARBOUR, "uninstalled", LATER, LATER)
    assert await store.messages.backlog() == Backlog(0, None)


async def test_work_waits_while_it_is_due_and_nobody_does_it(store: Store) -> None:
    for number in (3, 1):
        await store.work.plan(WORKSPACE, f"work-{number}", "kind", "R1", minutes(number))
    assert await store.work.oldest_due(minutes(0)) is None
    assert await store.work.oldest_due(minutes(4)) == minutes(1)
    first: list[Work] = await store.work.claim(minutes(4), 60, 1)
    assert await store.work.oldest_due(minutes(4)) == minutes(3)
    await store.work.postpone(first[0], minutes(10))
    assert await store.work.oldest_due(minutes(5)) == minutes(3)
    await store.work.claim(minutes(4), 60, 1)
    assert await store.work.oldest_due(minutes(4)) is None
    assert await store.work.oldest_due(minutes(6)) == minutes(3)


async def test_each_commit_is_told_with_its_writes_and_its_seconds_and_a_failed_one_is_not(url: str) -> None:
    told: list[tuple[int, float]] = []
    store = await open_store(url, committed=lambda writes, seconds: told.append((writes, seconds)))
    await store.messages.add_message(a_message())
    assert [writes for writes, _ in told] == [1]
    assert 0 < told[0][1] < 60
    await store.messages.backlog()
    assert len(told) == 1
    await store.close()
