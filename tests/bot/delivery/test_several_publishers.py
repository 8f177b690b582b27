"""Several processes on one store: one at a time sends in a workspace, and another goes on when it dies."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot.blocks import section
from bot.delivery import leases
from bot.delivery.content import Content
from bot.delivery.publisher import Publisher
from storage.open import open_store
from storage.records.messages import Message
from storage.store import Store
from tests.bot.at_work import at_work
from tests.bot.delivery.publishing import KIND, PACE, hurry
from tests.bot.delivery.troubled_slack import TroubledSlack
from tests.databases import cleared_postgres, sqlite_database

WORKSPACES = ("T0HARBOUR", "T0MOOR")

__all__ = ["hurry"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with cleared_postgres() as address:
            yield address


@pytest.fixture
async def stores(url: str) -> AsyncIterator[list[Store]]:
    """The store as three processes see it."""
    opened = [await open_store(url) for _ in range(3)]
    yield opened
    for store in opened:
        await store.close()


@pytest.fixture
async def slack() -> AsyncIterator[TroubledSlack]:
    server = TroubledSlack()
    await server.start()
    yield server
    await server.stop()


def publisher_of(store: Store, slack: TroubledSlack) -> Publisher:
    async def render(message: Message) -> Content:
        found = await store.messages.get_message(message.workspace_id, message.id)
        assert found is not None
        text = f"{message.id} in version {found.version}"
        return Content(text, [section(text)])

    return Publisher(store.messages, slack.client_for, {KIND: render})


async def all_is_sent(store: Store) -> None:
    async with asyncio.timeout(60):
        while True:
            if not await store.messages.dirty_messages():
                return
            await asyncio.sleep(0.02)


async def add(store: Store, workspace_id: str, number: int, channel: str = "C0ROOM") -> None:
    await store.messages.add_message(Message(workspace_id, f"m{number}", KIND, f"m{number}", channel))


async def test_each_message_is_posted_once_and_no_channel_faster_than_its_pace(
    stores: list[Store], slack: TroubledSlack
) -> None:
    async with at_work(*(publisher_of(store, slack) for store in stores)):
        for number in range(6):
            for workspace_id in WORKSPACES:
                await add(stores[number % 3], workspace_id, number)
        await all_is_sent(stores[0])
        for number in range(12):
            await stores[number % 3].messages.touch_subject(WORKSPACES[number % 2], f"m{number % 6}")
        await all_is_sent(stores[0])
    posted = [each for each in slack.arrivals if each.method == "chat.postMessage"]
    assert len(posted) == 12
    for calls in slack.by_place().values():
        assert all(later.at - earlier.at >= PACE for earlier, later in pairwise(calls))
    for workspace_id in WORKSPACES:
        for number in range(6):
            row = await stores[0].messages.get_message(workspace_id, f"m{number}")
            assert row is not None
            assert row.ts is not None
            assert slack.shown[workspace_id, row.ts] == f"m{number} in version {row.version}"


async def test_where_a_process_died_another_goes_on(
    stores: list[Store], slack: TroubledSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 0.6)
    monkeypatch.setattr(leases, "RENEW_AFTER", 0.1)
    await stores[0].messages.hold_workspaces(["T0HARBOUR"], "the dead", datetime.now(UTC), 0.6)
    async with at_work(publisher_of(stores[1], slack)):
        await add(stores[1], "T0HARBOUR", 1)
        await add(stores[1], "T0MOOR", 1)
        async with asyncio.timeout(30):
            while True:
                if slack.arrivals:
                    break
                await asyncio.sleep(0.01)
        assert slack.arrivals[0].workspace_id == "T0MOOR"
        await all_is_sent(stores[1])
    assert len(slack.arrivals) == 2


async def test_who_stops_hands_over_at_once(
    stores: list[Store], slack: TroubledSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 3600.0)
    async with at_work(publisher_of(stores[0], slack)):
        await add(stores[0], "T0HARBOUR", 1)
        await all_is_sent(stores[0])
    async with at_work(publisher_of(stores[1], slack)):
        await stores[1].messages.touch_subject("T0HARBOUR", "m1")
        await all_is_sent(stores[1])
    assert [each.method for each in slack.arrivals] == ["chat.postMessage", "chat.update"]


async def test_what_another_process_sent_in_between_is_seen_to_look_different(
    stores: list[Store], slack: TroubledSlack
) -> None:
    words = ["one"]

    async def render(_message: Message) -> Content:
        return Content(words[-1], [section(words[-1])])

    async def say(text: str, store: Store) -> None:
        words.append(text)
        await store.messages.touch_subject("T0HARBOUR", "m1")
        await all_is_sent(store)

    # The first goes on remembering what it showed last.
    first, second = (Publisher(store.messages, slack.client_for, {KIND: render}) for store in stores[:2])
    async with at_work(first):
        await add(stores[0], "T0HARBOUR", 1)
        await all_is_sent(stores[0])
    async with at_work(second):
        await say("two", stores[1])
    async with at_work(first):
        await say("one", stores[0])
    row = await stores[0].messages.get_message("T0HARBOUR", "m1")
    assert row is not None
    assert slack.shown["T0HARBOUR", row.ts or ""] == "one"
