"""A case study as a canvas: made once, in the channel that was chosen."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.case_studies.exports.listeners import NO_CHANNEL
from bot.case_studies.ids import CANVAS_CHANNEL_FIELD, CANVAS_FIELD
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, person
from tests.bot.case_studies.exports.exporting import open_export, work_off
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Bot, Slack, words_of

pytestmark = pytest.mark.usefixtures("published")


async def test_a_canvas_is_made_in_the_channel_that_was_chosen(
    bot: Bot, slack: Slack, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    assert words_of(answer["view"]["blocks"]).startswith(f"The canvas will be in <#{CHANNEL}> in a moment.")
    assert await work_off(clock, slack) == []
    made = slack.last("canvases.create")
    assert (made["channel_id"], made["title"]) == (CHANNEL, "Saturday breakfast club")
    content = made["document_content"]
    text = (json.loads(content) if isinstance(content, str) else content)["markdown"]
    assert "## Why\n\n### Aims of the activity\n\nTo meet parents who never come to the clinic." in text
    said = slack.last("chat.postMessage")
    assert (said["channel"], said["text"]) == (
        CHANNEL,
        f"<@{BEN.id}> put the case study “Saturday breakfast club” into a canvas in this channel.",
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("free_team_not_allowed", "this workspace's plan has no canvases"),
        ("team_tier_cannot_create_channel_canvases", "this workspace's plan has no canvases in channels"),
        ("canvas_disabled_user_team", "canvases are turned off in this workspace"),
    ],
)
async def test_a_plan_without_canvases_is_said_in_words(
    bot: Bot, slack: Slack, clock: Clockwork, reason: str, words: str
) -> None:
    slack.refuse["canvases.create"] = reason
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    await work_off(clock, slack)
    (said,) = slack.called("chat.postMessage")
    assert (said["channel"], said["text"]) == (
        BEN.id,
        f"I could not make the canvas: {words}. Export the case study as Word instead: it holds the same.",
    )


async def test_a_canvas_that_was_cut_off_is_never_made_twice(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    (work,) = await store.work.claim(datetime.now(UTC), 60, 9)
    await clock.do(work)
    (again,) = await store.work.claim(datetime.now(UTC) + timedelta(minutes=2), 60, 9)
    await clock.do(again)
    assert len(slack.called("canvases.create")) == 1
    assert slack.last("chat.postMessage")["text"].startswith("I was interrupted while I made the canvas.")


async def test_a_canvas_waits_while_slack_has_no_time(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    slack.refuse["canvases.create"] = "internal_error"
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    await work_off(clock, slack)
    del slack.refuse["canvases.create"]
    (work,) = await store.work.claim(datetime.now(UTC) + timedelta(minutes=2), 60, 9)
    await clock.do(work)
    assert len(slack.called("canvases.create")) == 2
    assert "into a canvas in this channel" in slack.last("chat.postMessage")["text"]


async def test_a_canvas_needs_a_channel_that_takes_one(bot: Bot, slack: Slack) -> None:
    form = await open_export(bot, slack)
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"]}, user=BEN)
    assert answer["errors"] == {CANVAS_CHANNEL_FIELD: NO_CHANNEL}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": False}}
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    assert "/invite @Common Ground there, then press Export again" in answer["errors"][CANVAS_CHANNEL_FIELD]


async def test_people_from_elsewhere_and_drafts_have_no_canvas(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    tried = {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}
    answer = await bot.submit(form, tried, user=PIA)
    assert "Only people of the workspace that runs Common Ground" in words_of(answer["view"]["blocks"])
    await store.case_studies.withdraw_case_study(TEAM, "s1", reason="Old", by=person(ANNA), at=AT)
    answer = await bot.submit(form, tried, user=ANNA)
    assert "Only a published case study can go into a canvas" in words_of(answer["view"]["blocks"])
    await work_off(clock, slack)
    assert slack.called("canvases.create") == []
