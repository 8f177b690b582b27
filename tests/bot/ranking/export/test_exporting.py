"""A ranking's record as files: who may have it, how it comes, and what is in it."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import docx
import pytest

from bot.app import create_client
from bot.delivery.sharing import FileSharing
from bot.installation import Installation
from bot.names import Names
from bot.ranking import ids
from bot.ranking.counting.files import parse_ballots
from bot.ranking.counting.tally import count_ballots
from bot.ranking.export.files import export_files
from bot.ranking.export.picture_work import PictureWork
from bot.ranking.export.record_source import RecordSource
from bot.ranking.messages import board_message
from bot.ranking.pictures.studio import Studio
from bot.settings import Settings
from storage.records.rankings import Rules
from storage.records.work import Work
from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.examples import make_snapshot
from tests.bot.ranking.stored import (
    BOARD_TS,
    DEPUTY,
    NAMES,
    RANKING,
    at,
    close_last,
    give_names,
    person,
    store_ranking,
)
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Place,
    Slack,
    User,
    labels_of,
    shown_view,
    words_of,
)

STRANGER = User("U0SID")
LATER = timedelta(minutes=5)
ALL = ["word", "csv", "json", "png"]


@pytest.fixture
def clock(store: Store, settings: Settings, slack: Slack) -> Clockwork:
    give_names(slack)
    return Clockwork(store, settings)


async def press_export(bot: Bot, user: User) -> None:
    """The button on the outcome message."""
    action = {
        "type": "button",
        "block_id": "b",
        "action_id": ids.OPEN_EXPORT,
        "value": ids.Ref(RANKING).encode(),
    }
    await bot.act(Place([], channel=CHANNEL), action, user)


async def open_form(bot: Bot, slack: Slack, user: User) -> Place:
    await press_export(bot, user)
    return shown_view(slack.last("views.open")["view"])


async def order(bot: Bot, slack: Slack, user: User, **values: Any) -> dict[str, Any]:
    return await bot.submit(await open_form(bot, slack, user), values, user)


def said(slack: Slack) -> str:
    """What the person was told last, in a private message."""
    return words_of(slack.last("response_url")["blocks"]).replace("\n", "")


async def test_all_files_come_in_one_direct_message(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    answer = await order(bot, slack, PIA, forms=ALL)
    assert "It comes as a direct message in a minute." in words_of(answer["view"]["blocks"])
    assert slack.called("files.completeUploadExternal") == []
    assert await clock.run() == ["ranking.export", "files.share"]
    (sent,) = slack.called("files.completeUploadExternal")
    assert (sent["channel_id"], "thread_ts" in sent) == ("D0PIA", False)
    assert sent["initial_comment"].startswith("*The record of “What good joint work leads to”*")
    names = [call["filename"] for call in slack.called("files.getUploadURLExternal")]
    assert len(json.loads(sent["files"])) == len(names) == 11
    assert names[:4] == [
        "what-good-joint-work-leads-to-record.docx",
        "what-good-joint-work-leads-to-ballots-round-1.csv",
        "what-good-joint-work-leads-to-ballots-round-2.csv",
        "what-good-joint-work-leads-to-record.json",
    ]
    for call in slack.called("files.getUploadURLExternal"):
        assert ("alt_txt" in call) == call["filename"].endswith(".png")


async def test_the_files_open_and_count_to_the_same_order(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    await order(bot, slack, ANNA, forms=ALL, target="me")
    await clock.run()
    files = {name.rpartition("record")[2] or name: content for name, content in slack.uploads.items()}
    document = docx.Document(io.BytesIO(files[".docx"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "in the channel #partners. Anna Example facilitated it, with Kay Example." in text
    assert len(document.inline_shapes) == 7
    whole = json.loads(files[".json"])
    first_round = next(content for name, content in files.items() if name.endswith("ballots-round-1.csv"))
    rows = [*csv.reader(io.StringIO(first_round.decode("utf-8-sig")))]
    assert sorted(row[0] for row in rows[1:]) == sorted(name for name, _agency in NAMES.values())
    for content in (first_round, files[".json"]):
        ballots = parse_ballots(content)
        counted = count_ballots(ballots.ballots, ballots.items)
        order_told = [
            step["result"]["order"]["tally"]["order"]
            for step in whole["record"]["stages"]
            if step["kind"] == "rank"
        ]
        assert list(counted.order or ()) in order_told


async def test_one_kind_of_file_comes_alone(bot: Bot, slack: Slack, store: Store, clock: Clockwork) -> None:
    await store_ranking(store)
    slack.uploads.clear()
    await order(bot, slack, ANNA, forms=["json"], target="me")
    await clock.run()
    assert [name.rpartition(".")[2] for name in slack.uploads] == ["json"]
    assert "Word" not in slack.last("files.completeUploadExternal")["initial_comment"]


@pytest.mark.parametrize("user", [ANNA, DEPUTY])
async def test_the_facilitator_and_helpers_can_give_it_to_everybody_in_the_thread(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, user: User
) -> None:
    await store_ranking(store, until="rank", status=None)
    answer = await order(bot, slack, user, forms=["csv", "json"], target="thread")
    assert "into the ranking's thread in a minute" in words_of(answer["view"]["blocks"])
    await clock.run()
    sent = slack.last("files.completeUploadExternal")
    assert (sent["channel_id"], sent["thread_ts"]) == (CHANNEL, BOARD_TS)
    assert "There are no ballots and no pictures" in sent["initial_comment"], "the round is still open"


async def test_while_it_is_open_participants_are_told_who_can_export(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store_ranking(store, status=None)
    await press_export(bot, PIA)
    assert said(slack) == (
        "While the ranking is open only <@U0ANNA> or one of the helpers (<@U0KAY>) can export it. "
        "When it has ended, everybody who took part can."
    )
    assert slack.called("views.open") == []


async def test_somebody_who_took_no_part_is_told_whom_to_ask(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store)
    await press_export(bot, STRANGER)
    assert said(slack).startswith("The record is for the people who took part. Ask <@U0ANNA>")


async def test_a_ranking_that_is_gone_is_said(bot: Bot, slack: Slack) -> None:
    await press_export(bot, ANNA)
    assert said(slack).startswith("This ranking cannot be found.")


async def test_participants_are_offered_their_own_messages_only(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store)
    form = await open_form(bot, slack, BEN)
    assert "thread" not in words_of(form.blocks)
    assert "canvas" not in words_of(form.blocks)


@pytest.mark.parametrize(("field", "value"), [("target", "thread"), ("canvas", ["canvas"])])
async def test_a_form_of_the_facilitator_does_not_help_a_participant(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, field: str, value: Any
) -> None:
    await store_ranking(store)
    form = await open_form(bot, slack, ANNA)
    answer = await bot.submit(form, {"forms": [] if field == "canvas" else ["csv"], field: value}, BEN)
    assert answer["response_action"] == "push"
    told = words_of(answer["view"]["blocks"]).replace("\n", "")
    assert told.startswith("Only <@U0ANNA> or one of the helpers (<@U0KAY>) can put the record into")
    assert await clock.run() == []


async def test_nothing_ticked_is_said_beside_the_field(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store)
    answer = await order(bot, slack, PIA, forms=[])
    assert answer == {"response_action": "errors", "errors": {"forms": "Tick at least one kind of file."}}


async def test_an_anonymous_record_names_nobody_beside_a_ballot(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, rules=Rules(anonymous=True))
    await order(bot, slack, PIA, forms=ALL)
    await clock.run()
    names = [name for name, _agency in NAMES.values()]
    for file_name, content in slack.uploads.items():
        if file_name.endswith(".csv"):
            assert not any(name in content.decode() for name in names)
            assert "Harbour Health" not in content.decode(), "fewer than three people stand behind it"
        if file_name.endswith(".json"):
            record = json.loads(content)
            told = json.dumps([record["ballots"], record["record"]["stages"], record["record"]["events"]])
            assert not any(name in told for name in [*names, *(user.id for user in NAMES)])
        if file_name.endswith(".docx"):
            document = docx.Document(io.BytesIO(content))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            assert [cells.count(name) for name in names] == [1] * 5, "in the list of people and nowhere else"
    described = " ".join(call.get("alt_txt", "") for call in slack.called("files.getUploadURLExternal"))
    assert "In place" in described or "place 1" in described
    assert not any(name in described for name in names)


async def test_somebody_whom_slack_does_not_name_is_someone_of_their_agency(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    for user in (PIA, BEN):
        del slack.users[user.id]
    slack.refuse["conversations.info"] = "channel_not_found"
    await order(bot, slack, ANNA, forms=["json"], target="me")
    await clock.run()
    record = json.loads(
        next(iter(content for name, content in slack.uploads.items() if name.endswith("json")))
    )["record"]
    assert sorted(member["name"] for member in record["members"]) == [
        "Anna Example",
        "Gus Example",
        "Kay Example",
        "someone from Elm School",
        "someone from Harbour Health",
    ]
    assert record["channel"] == "that Common Ground is no longer in"


async def test_what_was_announced_is_in_the_record_by_name(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status=None)
    by: Any = {"actor": person(ANNA), "at": at(9)}
    await store.rankings.mark_left(TEAM, RANKING, person(PIA), **by)
    await store.rankings.set_deadline(TEAM, RANKING, 4, at(48), **by)
    await store.rankings.record_event(TEAM, RANKING, "reminded", {"count": 1}, **by)
    await store.rankings.record_event(TEAM, RANKING, "closing", {"words": "We meet again in May"}, **by)
    await order(bot, slack, ANNA, forms=["json"], target="me")
    await clock.run()
    record = json.loads(slack.uploads["what-good-joint-work-leads-to-record.json"])["record"]
    left, deadline, closing = [event["text"] for event in record["events"]]
    assert left.startswith("Anna Example recorded that Pia Example no longer takes part.")
    assert deadline == "Anna Example set the end of this step to 4 March 2026 at 09:30 UTC."
    assert closing == ("Anna Example ended the ranking without consensus. They added: We meet again in May")


async def test_what_was_answered_in_a_stage_that_was_stopped_is_not_told(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="rank", status="cancelled", pictures=True)
    await order(bot, slack, PIA, forms=["json"])
    assert await clock.run() == ["ranking.pictures", "ranking.export", "files.share"]
    record = json.loads(slack.uploads["what-good-joint-work-leads-to-record.json"])
    assert record["ballots"] == []
    assert [stage["kind"] for stage in record["record"]["stages"]] == ["read", "discard", "discard_consent"]
    (event,) = record["record"]["events"]
    assert event["text"].endswith("What people answered in it is not told.")


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


async def test_ballots_of_a_ranking_without_any_are_told_to_be_none(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="discard", status=None)
    await order(bot, slack, ANNA, forms=["csv", "png"], target="me")
    await clock.run()
    assert "There are no ballots and no pictures" in slack.last("chat.postMessage")["text"]
    assert slack.uploads == {}


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


async def test_a_stopped_ranking_offers_its_record_on_the_board() -> None:
    stopped = board_message(make_snapshot("rank", closed=True, status="cancelled"))
    assert "Export" in labels_of(stopped.arguments()["blocks"])
    decided = board_message(make_snapshot("rank", closed=True, status="decided"))
    assert "Export" not in labels_of(decided.arguments()["blocks"]), "the outcome message has it"
