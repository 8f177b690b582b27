"""A ranking's record as a canvas in its channel."""

import pytest

from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.export.ordering import LATER, order
from tests.bot.ranking.stored import (
    BOARD_TS,
    store_ranking,
)
from tests.slack import (
    ANNA,
    CHANNEL,
    Bot,
    Slack,
    words_of,
)


async def test_a_canvas_comes_into_the_channel_and_the_thread_says_so(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    answer = await order(bot, slack, ANNA, forms=[], target="me", canvas=["canvas"])
    assert words_of(answer["view"]["blocks"]) == (
        "The canvas comes into the channel, and the thread says when it is there."
    )
    assert await clock.run() == ["ranking.canvas"]
    (made,) = slack.called("canvases.create")
    assert (made["channel_id"], made["title"]) == (CHANNEL, "What good joint work leads to: the record")
    assert "## The outcome" in made["document_content"]["markdown"]
    assert "I still like \\<\\!channel\\> the building" in made["document_content"]["markdown"]
    told = slack.last("chat.postMessage")
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, BOARD_TS)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("missing_scope", "nobody has allowed Common Ground to make canvases here"),
        ("free_teams_cannot_create_standalone_canvases", "this workspace's plan has no canvases"),
        ("some_new_reason", "Slack did not allow it (some_new_reason)"),
    ],
)
async def test_a_canvas_refused_is_told_with_word_instead(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, reason: str, words: str
) -> None:
    await store_ranking(store)
    await order(bot, slack, ANNA, forms=[], target="me", canvas=["canvas"])
    slack.refuse["canvases.create"] = reason
    await clock.run()
    assert slack.last("chat.postMessage")["text"] == (
        f"I could not make the canvas: {words}. Export the ranking as Word instead: it holds the same."
    )


async def test_a_canvas_that_was_cut_off_is_not_made_twice(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, ANNA, forms=[], target="me", canvas=["canvas"])
    (work,) = await clock.due()
    await clock.do(work, is_cut_off=True)
    (again,) = await clock.due(LATER)
    await clock.do(again)
    assert len(slack.called("canvases.create")) == 1
    assert slack.last("chat.postMessage")["text"].startswith("I was interrupted while I made the canvas.")


async def test_a_canvas_is_tried_again_when_slack_is_busy(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, ANNA, forms=[], target="me", canvas=["canvas"])
    slack.refuse["canvases.create"] = "ratelimited"
    assert await clock.run() == ["ranking.canvas"]
    del slack.refuse["canvases.create"]
    (again,) = await clock.due(LATER)
    await clock.do(again)
    assert len(slack.called("canvases.create")) == 2
    assert "is a canvas in this channel now" in slack.last("chat.postMessage")["text"]
