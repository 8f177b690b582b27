"""A publisher at work on a store, before a Slack that can be troubled."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import as_dicts, section
from bot.delivery import publisher
from bot.delivery.content import HOME_KIND, Content, HomeContent
from bot.delivery.publisher import Publisher
from storage.records.messages import Message
from storage.store import Store
from tests.bot.delivery.troubled_slack import TroubledSlack

HARBOUR, MOOR = "T0HARBOUR", "T0MOOR"
KIND = "test.board"
PACE = 0.1


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "PACE", PACE)
    monkeypatch.setattr(publisher, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(publisher, "LOOK_GAP", 0.01)


@pytest.fixture
async def slack() -> AsyncIterator[TroubledSlack]:
    server = TroubledSlack()
    await server.start()
    yield server
    await server.stop()


class Board:
    """A store, and what its messages say."""

    def __init__(self, store: Store, slack: TroubledSlack) -> None:
        self.store, self.slack = store, slack
        self.words: dict[str, str] = {}
        self.unrenderable: set[str] = set()
        self.refused: list[tuple[str, str]] = []

    async def render(self, message: Message) -> Content | HomeContent:
        if message.id in self.unrenderable:
            raise KeyError("what somebody wrote")
        text = self.words[message.subject]
        if message.kind == HOME_KIND:
            return HomeContent({"type": "home", "blocks": as_dicts([section(text)])})
        return Content(text, [section(text)])

    async def note_refusal(self, message: Message, reason: str) -> None:
        self.refused.append((message.id, reason))

    async def add(
        self, message_id: str = "m1", channel: str = "C0ROOM", workspace_id: str = HARBOUR, kind: str = KIND
    ) -> None:
        self.words.setdefault(message_id, f"{message_id} at first")
        await self.store.messages.add_message(Message(workspace_id, message_id, kind, message_id, channel))

    async def say(self, words: str, message_id: str = "m1", workspace_id: str = HARBOUR) -> None:
        self.words[message_id] = words
        await self.store.messages.touch_subject(workspace_id, message_id)

    async def row(self, message_id: str = "m1", workspace_id: str = HARBOUR) -> Message:
        found = await self.store.messages.get_message(workspace_id, message_id)
        assert found is not None
        return found

    async def shown(self, message_id: str = "m1", workspace_id: str = HARBOUR) -> str | None:
        return self.slack.shown.get((workspace_id, (await self.row(message_id, workspace_id)).ts or ""))

    async def is_clean(self) -> bool:
        return await self.store.messages.dirty_messages() == []

    def publisher(
        self, client_for: Callable[[str], Awaitable[AsyncWebClient | None]] | None = None
    ) -> Publisher:
        render = {KIND: self.render, HOME_KIND: self.render}
        client_for = client_for or self.slack.client_for
        return Publisher(self.store.messages, client_for, render, [self.note_refusal])


@pytest.fixture
def board(store: Store, slack: TroubledSlack) -> Board:
    return Board(store, slack)


async def until(true: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)


def methods(slack: TroubledSlack) -> list[str]:
    return [each.method for each in slack.arrivals]
