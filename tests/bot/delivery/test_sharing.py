"""Files come to people in one message, once, whatever happens on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import create_client
from bot.delivery.files import File, UploadError, upload_files
from bot.delivery.sharing import SHARE_KIND, FileSharing, Parcel
from bot.installation import Installation
from bot.settings import Settings
from storage.records.work import Work
from storage.store import Store
from tests.slack import ANNA, CHANNEL, TEAM, Slack

FILES = [
    File("places.png", "Places", b"png", alt_text="Trust is in place 1. " * 80),
    File("ballots.csv", "Ballots", b"csv"),
]
LATER = timedelta(minutes=5)


@pytest.fixture
def client(settings: Settings) -> AsyncWebClient:
    return create_client(settings)


@pytest.fixture
def sharing(store: Store, settings: Settings) -> FileSharing:
    return FileSharing(store.work, Installation(create_client(settings)).client_for)


async def planned(store: Store, sharing: FileSharing, client: AsyncWebClient, asked_by: str = "") -> Work:
    """The work of sharing two uploaded files, claimed once."""
    parcel = Parcel(
        CHANNEL,
        "Two files",
        tuple(await upload_files(client, FILES)),
        thread_ts="1700000000.000100",
        asked_by=asked_by,
        instead="Ask for Word only.",
    )
    assert Parcel.decode(parcel.encode()) == parcel
    await sharing.plan(Work(TEAM, "export:1", "ranking.export", "x", datetime.now(UTC)), parcel)
    return await claimed(store)


async def claimed(store: Store, after: timedelta = timedelta()) -> Work:
    (work,) = await store.work.claim(datetime.now(UTC) + after, 60, 10)
    assert work.kind == SHARE_KIND
    return work


async def test_files_come_in_one_message_with_words_and_descriptions(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    await sharing.share(await planned(store, sharing, client))
    (sent,) = slack.called("files.completeUploadExternal")
    assert (sent["channel_id"], sent["thread_ts"]) == (CHANNEL, "1700000000.000100")
    assert sent["initial_comment"] == "Two files"
    assert sent["files"].count('"id"') == 2
    picture, table = slack.called("files.getUploadURLExternal")
    assert len(picture["alt_txt"]) == 1000
    assert "alt_txt" not in table
    assert slack.uploads == {"places.png": b"png", "ballots.csv": b"csv"}


async def test_a_sharing_cut_off_after_slack_took_it_is_not_done_again(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    await sharing.share(await planned(store, sharing, client))
    again = await claimed(store, LATER)
    assert again.attempts == 2
    await sharing.share(again)
    assert len(slack.called("files.completeUploadExternal")) == 1


@pytest.mark.parametrize("refusal", ["", "file_not_found", "missing_scope"])
async def test_a_sharing_cut_off_before_slack_took_it_is_done_at_the_next_try(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient, refusal: str
) -> None:
    await planned(store, sharing, client)
    if refusal:
        slack.refuse["files.info"] = refusal
    await sharing.share(await claimed(store, LATER))
    assert len(slack.called("files.completeUploadExternal")) == 1


async def test_a_refusal_for_good_is_told_to_whoever_asked_with_what_else_there_is(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    slack.refuse["files.completeUploadExternal"] = "not_in_channel"
    await sharing.share(await planned(store, sharing, client, ANNA.id))
    told = slack.last("chat.postMessage")
    assert told["channel"] == ANNA.id
    assert told["text"] == (
        "I could not send the files that you asked for: Common Ground is not in that channel any more. "
        "Ask for Word only."
    )


async def test_a_refusal_that_nobody_waits_for_is_told_to_nobody(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    slack.refuse["files.completeUploadExternal"] = "is_archived"
    await sharing.share(await planned(store, sharing, client))
    assert slack.called("chat.postMessage") == []


async def test_a_refusal_that_need_not_last_is_left_to_the_clock(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    slack.refuse["files.completeUploadExternal"] = "ratelimited"
    with pytest.raises(Exception, match="ratelimited"):
        await sharing.share(await planned(store, sharing, client, ANNA.id))
    assert slack.called("chat.postMessage") == []


async def test_nothing_is_shared_where_the_app_is_not_installed(
    store: Store, slack: Slack, sharing: FileSharing, client: AsyncWebClient
) -> None:
    work = replace(await planned(store, sharing, client), workspace_id="T0OTHER")
    await sharing.share(work)
    assert slack.called("files.completeUploadExternal") == []


async def test_a_file_that_the_server_does_not_take_is_not_shared(
    slack: Slack, client: AsyncWebClient
) -> None:
    slack.answers["files.getUploadURLExternal"] = {"upload_url": slack.api_url.replace("/api/", "/nowhere")}
    with pytest.raises(UploadError, match=r"places\.png: status 404"):
        await upload_files(client, FILES)
    assert slack.called("files.completeUploadExternal") == []
