"""The publisher: what it sends and when, and for whom it waits."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import halts, publisher
from bot.delivery.content import HOME_KIND, Content, HomeContent
from storage.records.messages import Message
from tests.bot.at_work import at_work
from tests.bot.delivery.publishing import (
    HARBOUR,
    MOOR,
    PACE,
    Board,
    board,
    hurry,
    methods,
    slack,
    until,
)
from tests.bot.delivery.troubled_slack import TroubledSlack

__all__ = ["board", "hurry", "slack"]


async def test_what_this_process_writes_is_sent_without_waiting_for_the_next_look(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "LOOK_EVERY", 3600.0)
    async with at_work(board.publisher()):
        await asyncio.sleep(0.1)
        await board.add()
        await until(board.is_clean)
        assert await board.shown() == "m1 at first"


async def test_many_changes_are_one_update_with_the_newest_state(board: Board) -> None:
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
        await board.add()
        await until(board.is_clean)
        await board.say("m1 later")
        await board.add("m2", "C0OTHER")
        await until(lambda: len(board.slack.shown) == 2)
        assert await board.shown() == "m1 at first"
        assert methods(board.slack).count("chat.update") == 0


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_workspace_that_took_the_app_away_is_left_alone_until_it_is_installed_again(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    monkeypatch.setattr(halts, "ASK_EVERY", 0.05)
    tokens = {HARBOUR: HARBOUR, MOOR: MOOR}

    async def client_for(workspace_id: str) -> AsyncWebClient:
        return await board.slack.client_for(tokens[workspace_id])

    board.slack.refuse[HARBOUR] = error
    async with at_work(board.publisher(client_for)):
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

    async with at_work(board.publisher(client_for)):
        await board.add()
        await until(lambda: "wait until the app is installed there again" in caplog.text)
        installed.append(HARBOUR)
        await until(board.is_clean)
    assert await board.shown() == "m1 at first"


async def test_a_message_that_cannot_be_rendered_keeps_no_other_waiting_and_is_not_quoted(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    board.unrenderable.add("m1")
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
        await board.add()
        await until(lambda: methods(board.slack) == ["chat.postMessage"])
        board.slack.before_answering = None
        await until(lambda: "Channel C0ROOM" in caplog.text)
        execute("ALTER TABLE away RENAME TO messages")
        await until(board.is_clean)
    assert methods(board.slack) == ["chat.postMessage", "chat.update"]
    assert await board.shown() == "m1 at first"
