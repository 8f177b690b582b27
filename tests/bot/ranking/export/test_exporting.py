"""A ranking's record as files: who may have it, how it comes, and what is in it."""

import csv
import io
import json
from typing import Any

import docx
import pytest

from bot.ranking.counting.files import parse_ballots
from bot.ranking.counting.tally import count_ballots
from bot.ranking.messages import board_message
from storage.records.rankings import Rules
from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.examples import make_snapshot
from tests.bot.ranking.export.ordering import ALL, STRANGER, open_form, order, press_export, said
from tests.bot.ranking.stored import (
    BOARD_TS,
    DEPUTY,
    NAMES,
    RANKING,
    at,
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
    Slack,
    User,
    labels_of,
    words_of,
)


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


async def test_an_admin_who_took_no_part_has_the_record_once_the_ranking_has_ended(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    slack.users[STRANGER.id] = {"is_admin": True}
    await store_ranking(store)
    form = await open_form(bot, slack, STRANGER)
    assert "thread" not in words_of(form.blocks)
    await order(bot, slack, STRANGER, forms=["json"])
    assert await clock.run() == ["ranking.export", "files.share"]
    record = json.loads(slack.uploads["what-good-joint-work-leads-to-record.json"])["record"]
    assert record["title"]
    (line,) = [each for each in await store.audit.list_entries(TEAM, limit=9) if each.kind == "exported"]
    assert (line.actor, line.subject) == (person(STRANGER), RANKING)


async def test_an_admin_has_nothing_of_one_that_is_open(bot: Bot, slack: Slack, store: Store) -> None:
    slack.users[STRANGER.id] = {"is_admin": True}
    await store_ranking(store, status=None)
    await press_export(bot, STRANGER)
    assert said(slack).startswith("The record is for the people who took part.")


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


async def test_ballots_of_a_ranking_without_any_are_told_to_be_none(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store, until="discard", status=None)
    await order(bot, slack, ANNA, forms=["csv", "png"], target="me")
    await clock.run()
    assert "There are no ballots and no pictures" in slack.last("chat.postMessage")["text"]
    assert slack.uploads == {}


async def test_a_stopped_ranking_offers_its_record_on_the_board() -> None:
    stopped = board_message(make_snapshot("rank", closed=True, status="cancelled"))
    assert "Export" in labels_of(stopped.arguments()["blocks"])
    decided = board_message(make_snapshot("rank", closed=True, status="decided"))
    assert "Export" not in labels_of(decided.arguments()["blocks"]), "the outcome message has it"
