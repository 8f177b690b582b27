"""A record that is cut off or refused on its way: it comes once, or people are told in words."""

import pytest

from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.export.ordering import LATER, order
from tests.bot.ranking.stored import (
    store_ranking,
)
from tests.slack import (
    ANNA,
    PIA,
    Bot,
    Slack,
)


async def test_an_export_cut_off_while_sharing_comes_once(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, PIA, forms=["csv"])
    (making,) = await clock.due()
    await clock.do(making)
    (sharing,) = await clock.due()
    await clock.do(sharing, is_cut_off=True)
    (again,) = await clock.due(LATER)
    await clock.do(again)
    assert await clock.due(LATER) == []
    assert len(slack.called("files.completeUploadExternal")) == 1


async def test_an_export_cut_off_while_it_is_made_is_made_again(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, PIA, forms=["csv"])
    assert len(await clock.due()) == 1, "claimed by a process that is killed"
    (again,) = await clock.due(LATER)
    await clock.do(again)
    await clock.run()
    assert len(slack.called("files.completeUploadExternal")) == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("missing_scope", "Common Ground is not allowed to send files in this workspace. Everything is in"),
        ("storage_limit_reached", "this workspace has no room left for files. Export the CSV alone"),
        (
            "file_upload_size_restricted",
            "they are larger than this workspace allows. Export the CSV or the JSON",
        ),
        (
            "file_uploads_except_images_disabled",
            "this workspace allows pictures only. Export the pictures alone",
        ),
        (
            "some_new_reason",
            "Slack did not allow it (some_new_reason). Everything is in the ranking's thread",
        ),
    ],
)
async def test_a_refusal_is_told_with_something_smaller(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, reason: str, words: str
) -> None:
    await store_ranking(store)
    await order(bot, slack, PIA, forms=["csv"])
    slack.refuse["files.getUploadURLExternal"] = reason
    assert await clock.run() == ["ranking.export"]
    told = slack.last("chat.postMessage")
    assert told["channel"] == PIA.id
    assert told["text"].startswith(f"I could not send the files that you asked for: {words}")


async def test_no_room_in_the_thread_is_told_with_the_way_to_oneself(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, ANNA, forms=["csv"], target="thread")
    slack.refuse["files.completeUploadExternal"] = "not_in_channel"
    await clock.run()
    assert slack.last("chat.postMessage")["text"] == (
        "I could not send the files that you asked for: Common Ground is not in that channel any more. "
        "Export it again and have it sent to you as a direct message."
    )


async def test_what_fails_again_and_again_is_given_up_in_words(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, PIA, forms=["csv"])
    slack.refuse["users.info"] = "ratelimited"
    for tries in range(1, 9):
        (work,) = await clock.due(LATER * tries)
        with pytest.raises(Exception, match="ratelimited"):
            await clock.do(work)
    (work,) = await clock.due(LATER * 9)
    await clock.do(work)
    assert slack.last("chat.postMessage")["text"].startswith("I could not make the files that you asked for")
    assert await clock.due(LATER * 20) == []
