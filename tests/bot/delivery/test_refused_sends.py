"""What the publisher does about each thing that Slack refuses for good."""

import pytest

from bot.delivery.content import HOME_KIND, NO_BUTTONS, NO_HOME
from tests.bot.at_work import at_work
from tests.bot.delivery.publishing import HARBOUR, Board, board, hurry, methods, slack, until
from tests.bot.delivery.troubled_slack import TroubledSlack

__all__ = ["board", "hurry", "slack"]


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
async def test_a_deleted_message_is_posted_anew_and_its_new_place_kept(board: Board, error: str) -> None:
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
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
    async with at_work(board.publisher()):
        await board.add("home", "U0ANNA", kind=HOME_KIND)
        await until(board.is_clean)
    assert board.slack.shown[HARBOUR, "U0ANNA"] == NO_HOME
