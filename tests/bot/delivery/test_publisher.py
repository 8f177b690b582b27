"""The publisher: what it sends, when, and what it does about each refusal."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import as_dicts, section
from bot.delivery import halts, publisher
from bot.delivery.content import HOME_KIND, NO_BUTTONS, NO_HOME, Content, HomeContent
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


@asynccontextmanager
async def running(publisher: Publisher) -> AsyncIterator[None]:
    task = asyncio.create_task(publisher.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)


def methods(slack: TroubledSlack) -> list[str]:
    return [each.method for each in slack.arrivals]


async def test_what_this_process_writes_is_sent_without_waiting_for_the_next_look(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "LOOK_EVERY", 3600.0)
    async with running(board.publisher()):
        await asyncio.sleep(0.1)
        await board.add()
        await until(board.is_clean)
        assert await board.shown() == "m1 at first"


async def test_many_changes_are_one_update_with_the_newest_state(board: Board) -> None:
    async with running(board.publisher()):
        await board.add()
        await until(board.is_clean)
        for number in range(200):
            await board.say(f"{number} votes")
        await until(board.is_clean)
    assert await board.shown() == "199 votes"
    assert methods(board.slack).count("chat.postMessage") == 1
    assert methods(board.slack).count("chat.update") < 100
    assert all(later.at - earlier.at >= PACE for earlier, later in pairwise(board.slack.arrivals))


async def test_a_message_that_takes_long_to_render_rests_longer_and_holds_up_no_other(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "REST", 1_000_000)
    render = board.render

    async def slowly(message: Message) -> Content | HomeContent:
        if message.id == "m1":
            await asyncio.sleep(0.01)
        return await render(message)

    monkeypatch.setattr(board, "render", slowly)
    monkeypatch.setattr(publisher, "LONGEST_WAIT", 3600.0)
    async with running(board.publisher()):
        await board.add()
        await until(board.is_clean)
        await board.say("m1 later")
        await board.add("m2", "C0OTHER")
        await until(lambda: len(board.slack.shown) == 2)
        assert await board.shown() == "m1 at first"
        assert methods(board.slack).count("chat.update") == 0


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
async def test_a_deleted_message_is_posted_anew_and_its_new_place_kept(board: Board, error: str) -> None:
    async with running(board.publisher()):
        await board.add()
        await until(board.is_clean)
        first = await board.row()
        board.slack.refuse["chat.update"] = error
        await board.say("still here")
        await until(board.is_clean)
        del board.slack.refuse["chat.update"]
        assert (await board.row()).ts != first.ts
        assert await board.shown() == "still here"
        await board.say("and changed")
        await until(board.is_clean)
    assert await board.shown() == "and changed"
    assert methods(board.slack) == ["chat.postMessage", "chat.update", "chat.postMessage", "chat.update"]


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found", "something_new"])
async def test_what_is_refused_for_good_is_put_aside_told_and_tried_at_the_next_change(
    board: Board, error: str
) -> None:
    board.slack.refuse["C0ROOM"] = error
    async with running(board.publisher()):
        await board.add()
        await board.add("elsewhere", "C0OTHER")
        await until(board.is_clean)
        assert board.refused == [("m1", error)]
        assert await board.shown("elsewhere") == "elsewhere at first"
        board.slack.refuse.clear()
        await board.say("again")
        await until(board.is_clean)
    assert await board.shown() == "again"


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
async def test_a_message_whose_layout_slack_refuses_is_shown_in_words(
    board: Board, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    board.slack.refuse["blocks"] = error
    async with running(board.publisher()):
        await board.add()
        await until(board.is_clean)
        assert await board.shown() == f"m1 at first\n\n{NO_BUTTONS}"
        board.slack.refuse.clear()
        await board.say("in full again")
        await until(board.is_clean)
    assert await board.shown() == "in full again"
    assert f"Message m1 cannot be shown as it is ({error})" in caplog.text
    assert board.refused == []


async def test_a_message_that_slack_takes_in_no_form_is_put_aside(board: Board) -> None:
    board.slack.refuse["chat.postMessage"] = "invalid_blocks"
    async with running(board.publisher()):
        await board.add()
        await until(board.is_clean)
    assert board.refused == [("m1", "invalid_blocks")]
    assert methods(board.slack) == ["chat.postMessage", "chat.postMessage"]


async def test_an_app_home_whose_layout_slack_refuses_says_so(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = []
    perform = TroubledSlack._perform

    def refuse_first(
        slack: TroubledSlack, workspace_id: str, method: str, given: dict[str, object]
    ) -> object:
        answered.append(method)
        if len(answered) == 1:
            return {"ok": False, "error": "view_too_large"}
        return perform(slack, workspace_id, method, given)

    monkeypatch.setattr(TroubledSlack, "_perform", refuse_first)
    async with running(board.publisher()):
        await board.add("home", "U0ANNA", kind=HOME_KIND)
        await until(board.is_clean)
    assert board.slack.shown[HARBOUR, "U0ANNA"] == NO_HOME


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_workspace_that_took_the_app_away_is_left_alone_until_it_is_installed_again(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    monkeypatch.setattr(halts, "ASK_EVERY", 0.05)
    tokens = {HARBOUR: HARBOUR, MOOR: MOOR}

    async def client_for(workspace_id: str) -> AsyncWebClient:
        return await board.slack.client_for(tokens[workspace_id])

    board.slack.refuse[HARBOUR] = error
    async with running(board.publisher(client_for)):
        await board.add()
        await board.add("m2", "C0OTHER")
        await until(lambda: "wait until the app is installed there again" in caplog.text)
        await board.add("m3", workspace_id=MOOR)
        await until(lambda: "m3 at first" in board.slack.shown.values())
        await asyncio.sleep(0.3)
        refused = [each for each in board.slack.arrivals if each.workspace_id == HARBOUR]
        assert len(refused) <= 2  # one a channel may have been under way
        assert len(await board.store.messages.dirty_messages()) == 2
        tokens[HARBOUR] = "T0HARBOUR-anew"
        await until(board.is_clean)
    assert {"m1 at first", "m2 at first"} <= set(board.slack.shown.values())
    assert caplog.text.count("wait until the app is installed there again") == 1
    assert board.refused == []


async def test_messages_wait_for_a_workspace_in_which_the_app_is_not_installed_yet(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(halts, "ASK_EVERY", 0.05)
    installed: list[str] = []

    async def client_for(workspace_id: str) -> AsyncWebClient | None:
        return await board.slack.client_for(workspace_id) if installed else None

    async with running(board.publisher(client_for)):
        await board.add()
        await until(lambda: "wait until the app is installed there again" in caplog.text)
        installed.append(HARBOUR)
        await until(board.is_clean)
    assert await board.shown() == "m1 at first"


async def test_a_message_that_cannot_be_rendered_keeps_no_other_waiting_and_is_not_quoted(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    board.unrenderable.add("m1")
    async with running(board.publisher()):
        await board.add()
        await board.add("m2")
        await until(lambda: "m2 at first" in board.slack.shown.values())
        board.unrenderable.clear()
        await until(board.is_clean)
    assert await board.shown() == "m1 at first"
    assert "Message m1 cannot be rendered (KeyError)" in caplog.text
    assert "somebody" not in caplog.text


async def test_too_many_requests_pause_that_method_in_that_workspace_only(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(board.publisher()):
        await board.add()
        await board.add("there", workspace_id=MOOR)
        await until(board.is_clean)
        board.slack.limited[HARBOUR, "chat.update"] = 1
        await board.say("changed")
        await until(lambda: "Slack wants no chat.update in T0HARBOUR for 7 s" in caplog.text)
        await board.say("changed, too", "there", MOOR)
        await board.add("new", "C0OTHER")
        await board.add("home", "U0ANNA", kind=HOME_KIND)
        await until(lambda: {"changed, too", "new at first"} <= set(board.slack.shown.values()))

        async def only_one_waits() -> bool:
            return [each.id for each in await board.store.messages.dirty_messages()] == ["m1"]

        await until(only_one_waits)
        assert board.slack.shown[HARBOUR, "U0ANNA"] == "home at first"


@pytest.mark.parametrize("trouble", ["500", "broken JSON", "cut off"])
async def test_what_fails_is_tried_again_later_and_later(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    monkeypatch.setattr(TroubledSlack, "_trouble", lambda *_: trouble)
    async with running(board.publisher()):
        with caplog.at_level(logging.WARNING):
            await board.add()
            await until(lambda: len(board.slack.arrivals) == 4)
        monkeypatch.setattr(TroubledSlack, "_trouble", lambda *_: "")
        await until(board.is_clean)
    assert await board.shown() == "m1 at first"
    assert caplog.text.count("Channel C0ROOM: ") >= 4
    assert "html" not in caplog.text


async def test_what_slack_took_while_the_store_was_away_is_not_posted_twice(
    board: Board, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def execute(sql: str) -> None:
        with closing(sqlite3.connect(tmp_path / "commonground.db")) as connection:
            connection.execute(sql)

    board.slack.before_answering = lambda: execute("ALTER TABLE messages RENAME TO away")
    async with running(board.publisher()):
        await board.add()
        await until(lambda: methods(board.slack) == ["chat.postMessage"])
        board.slack.before_answering = None
        await until(lambda: "Channel C0ROOM" in caplog.text)
        execute("ALTER TABLE away RENAME TO messages")
        await until(board.is_clean)
    assert methods(board.slack) == ["chat.postMessage", "chat.update"]
    assert await board.shown() == "m1 at first"
