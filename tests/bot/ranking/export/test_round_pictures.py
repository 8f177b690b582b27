"""The pictures of a round, which come into the thread by themselves."""

import json
from dataclasses import replace

import pytest

from bot.app import create_client
from bot.delivery.sharing import FileSharing
from bot.installation import Installation
from bot.names import Names
from bot.ranking import ids
from bot.ranking.export.files import export_files
from bot.ranking.export.picture_work import PictureWork
from bot.ranking.export.record_source import RecordSource
from bot.ranking.pictures.studio import Studio
from bot.settings import Settings
from storage.records.work import Work
from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.export.ordering import LATER
from tests.bot.ranking.stored import (
    BOARD_TS,
    RANKING,
    at,
    close_last,
    give_names,
    store_ranking,
)
from tests.slack import (
    CHANNEL,
    TEAM,
    Slack,
)


async def test_pictures_of_a_round_come_into_the_thread_once(
    slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status=None)
    await close_last(store)
    assert await clock.run() == ["ranking.pictures", "files.share"]
    (sent,) = slack.called("files.completeUploadExternal")
    assert (sent["channel_id"], sent["thread_ts"]) == (CHANNEL, BOARD_TS)
    assert sent["initial_comment"].startswith("*Step 3 of 6: Put them in order: the pictures*")
    assert len(json.loads(sent["files"])) == 3
    for call in slack.called("files.getUploadURLExternal"):
        assert "place" in call["alt_txt"]
    assert slack.called("users.info") == []
    assert await clock.run() == []


async def test_a_second_round_brings_what_moved(slack: Slack, store: Store, clock: Clockwork) -> None:
    await store_ranking(store, pictures=True)
    assert (await clock.run()).count("ranking.pictures") == 2
    first, second = slack.called("files.completeUploadExternal")
    assert "How places moved from round 1 to round 2" not in first["initial_comment"]
    assert "How places moved from round 1 to round 2" in second["initial_comment"]


async def test_pictures_cut_off_while_shared_come_once(slack: Slack, store: Store, clock: Clockwork) -> None:
    await store_ranking(store, until="rank", status=None)
    await close_last(store)
    (drawing,) = await clock.due()
    await clock.do(drawing)
    (sharing,) = await clock.due()
    await clock.do(sharing, is_cut_off=True)
    for work in await clock.due(LATER):
        await clock.do(work)
    assert len(slack.called("files.completeUploadExternal")) == 1


async def test_pictures_wait_for_the_message_they_belong_under(
    slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status=None, sent=False)
    await close_last(store)
    assert await clock.run() == ["ranking.pictures"]
    stage = await store.messages.get_message(TEAM, ids.stage_id(RANKING, 4))
    assert stage is not None
    await store.messages.record_sent(TEAM, stage.id, stage.version, "1700000000.000204")
    for work in await clock.due(LATER):
        await clock.do(work)
    assert await clock.run() == ["files.share"]


async def test_pictures_that_slack_refuses_leave_the_words(
    slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status=None)
    await close_last(store)
    slack.refuse["files.getUploadURLExternal"] = "file_uploads_disabled"
    assert await clock.run() == ["ranking.pictures"]
    assert slack.called("chat.postMessage") == []


async def test_a_record_without_pictures_says_that_they_could_not_be_drawn(
    slack: Slack, store: Store, settings: Settings
) -> None:
    await store_ranking(store)
    give_names(slack)
    source = RecordSource(store.rankings, Names())
    record = await source.read(create_client(settings), TEAM, RANKING, at(20))
    files, words = await export_files(record, ["word", "png"], Studio(("false",)))
    assert [file.name.rpartition(".")[2] for file in files] == ["docx"]
    assert words.endswith("Everything they show is in the record in words.")


async def test_pictures_that_cannot_be_drawn_leave_the_words(
    slack: Slack, store: Store, settings: Settings
) -> None:
    await store_ranking(store, until="rank", status=None)
    await close_last(store)
    client_for = Installation(create_client(settings)).client_for
    sharing = FileSharing(store.work, client_for)
    source = RecordSource(store.rankings, Names())
    work = PictureWork(store, source, Studio(("false",)), sharing, client_for)
    await work.draw(Work(TEAM, "pictures:r1:4", "ranking.pictures", "r1:4", at(8), attempts=1))
    assert slack.called("files.getUploadURLExternal") == []


async def test_pictures_that_fail_again_and_again_are_given_up(
    slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status=None)
    await close_last(store)
    slack.refuse["files.getUploadURLExternal"] = "ratelimited"
    (work,) = await clock.due()
    with pytest.raises(Exception, match="ratelimited"):
        await clock.do(work)
    del slack.refuse["files.getUploadURLExternal"]
    await clock.do(replace(work, attempts=9))
    assert slack.called("files.completeUploadExternal") == []


async def test_pictures_of_a_ranking_that_is_gone_are_none(slack: Slack, clock: Clockwork) -> None:
    await clock.do(Work(TEAM, "pictures:r9:4", "ranking.pictures", "r9:4", at(8), at(9), 1))
    assert slack.called("files.getUploadURLExternal") == []
