"""Asking that a channel is told monthly, and stopping it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.case_studies import ids
from tests.bot.case_studies.digests.monthly import AT, FIRST, OTHER, Monthly
from tests.bot.case_studies.examples import person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Json, Place, shown_message, shown_view, words_of

STOP = {"type": "button", "action_id": ids.STOP_DIGEST, "value": CHANNEL}
MESSAGE = Place([], channel=CHANNEL)


async def test_a_channel_is_promised_its_first_message_in_words(monthly: Monthly) -> None:
    answer = await monthly.subscribe()
    said = words_of(answer["view"]["blocks"])
    assert f"<#{CHANNEL}> is told from now on what is published." in said
    assert f"The next message comes on <!date^{int(FIRST.timestamp())}^{{date_long}}|1 April 2026>" in said
    assert "When nothing has been published, it gets none." in said
    digest = await monthly.digest()
    assert digest is not None
    assert (digest.subscribed_by, digest.since, digest.next_at) == (person(ANNA), AT, FIRST)

    again = words_of((await monthly.subscribe(BEN))["view"]["blocks"])
    assert f"<#{CHANNEL}> is told already. <@{ANNA.id}> asked for it." in again
    assert "The next message comes on <!date" in again
    assert await monthly.digest() == digest


async def test_one_that_waits_for_the_day_is_said_to_come_next(monthly: Monthly) -> None:
    await monthly.subscribe()
    monthly.now.move_to("2026-04-04T23:00")  # nothing ran on the first, and now it is a Saturday night
    again = words_of((await monthly.subscribe())["view"]["blocks"])
    assert "The next message comes on the next working morning" in again


async def test_the_command_in_such_a_channel_says_so_and_leads_to_another(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.bot.command("/casestudy", " Digest ")
    promised = last_view(monthly.slack)
    assert "is told already" in words_of(promised.blocks)
    await monthly.bot.press(promised, "Another channel")
    form = shown_view(monthly.slack.last("views.update")["view"])
    answer = await monthly.bot.submit(form, {ids.CHANNEL_FIELD: OTHER})
    assert f"<#{OTHER}> is told from now on" in words_of(answer["view"]["blocks"])


async def test_the_library_leads_to_it_and_lies_below_it(monthly: Monthly) -> None:
    await monthly.publish(1, AT)
    await monthly.bot.command("/casestudy", "list")
    await monthly.bot.press(last_view(monthly.slack), "Tell a channel monthly")
    assert monthly.slack.last("views.push")["view"]["callback_id"] == ids.SET_DIGEST


async def test_the_morning_is_that_of_whoever_asks(monthly: Monthly) -> None:
    monthly.slack.users[BEN.id] = {"tz": "Pacific/Auckland"}
    await monthly.subscribe(BEN)
    digest = await monthly.digest()
    assert digest is not None
    assert digest.next_at == datetime(2026, 3, 31, 19, tzinfo=UTC)


async def test_it_is_stopped_from_the_message_by_anybody_in_the_channel(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    await monthly.look(FIRST)
    (sent,) = await monthly.sent()
    await monthly.bot.press(shown_message(sent), "Stop this message", user=BEN)
    told = monthly.slack.last("response_url")
    assert told["response_type"] == "ephemeral"
    assert f"<#{CHANNEL}> is not told of new case studies any more." in words_of(told["blocks"])
    await monthly.publish(2, FIRST)
    await monthly.look("2026-05-04T09:00")
    assert await monthly.waiting() == []
    await monthly.bot.press(shown_message(sent), "Stop this message", user=BEN)
    assert "so nothing was changed" in monthly.slack.last("response_url")["text"]


async def test_it_is_stopped_where_it_was_asked_for(monthly: Monthly) -> None:
    answer = await monthly.subscribe()
    await monthly.bot.press(shown_view(answer["view"]), "Stop this message")
    stopped = monthly.slack.last("views.update")["view"]
    assert "is not told of new case studies any more" in words_of(stopped["blocks"])
    assert await monthly.digest() is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"is_member": False}, "Type /invite @Common Ground there, then press Go on again."),
        ({"is_member": True, "is_archived": True}, "That channel has been archived."),
    ],
)
async def test_a_channel_that_cannot_be_told_is_refused_at_its_field(
    monthly: Monthly, told: Json, said: str
) -> None:
    monthly.slack.answers["conversations.info"] = {"channel": told}
    answer = await monthly.subscribe()
    assert said in answer["errors"][ids.CHANNEL_FIELD]
    assert await monthly.digest() is None


async def test_no_channel_and_one_that_is_not_known_are_refused(monthly: Monthly) -> None:
    assert (await monthly.subscribe(channel=""))["errors"] == {ids.CHANNEL_FIELD: "Choose a channel."}
    monthly.slack.refuse["conversations.info"] = "channel_not_found"
    answer = await monthly.subscribe()
    assert "is not in that channel yet" in answer["errors"][ids.CHANNEL_FIELD]
    assert await monthly.digest() is None


async def test_people_of_other_workspaces_can_neither_ask_for_it_nor_stop_it(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.bot.command("/casestudy", "digest", channel=OTHER)
    form = last_view(monthly.slack)
    for action_id in (ids.OPEN_DIGEST, ids.OTHER_DIGEST):
        place = replace(form, view=dict(form.view or {}) | {"previous_view_id": None})
        await monthly.bot.act(place, {"type": "button", "action_id": action_id}, user=PIA)
        told = words_of(monthly.slack.last("views.push")["view"]["blocks"])
        assert "The library belongs to the workspace" in told
    answer = await monthly.bot.submit(form, {ids.CHANNEL_FIELD: OTHER}, user=PIA)
    assert "The library belongs to the workspace" in answer["errors"][ids.CHANNEL_FIELD]
    await monthly.bot.act(MESSAGE, STOP, user=PIA)
    told = monthly.slack.last("response_url")["text"]
    assert "Only people of the workspace that runs Common Ground can stop this message." in told
    assert await monthly.digest() is not None
    assert await monthly.store.digests.get_digest(TEAM, OTHER) is None


async def test_somebody_who_is_not_in_the_channel_can_neither_ask_for_it_nor_stop_it(
    monthly: Monthly,
) -> None:
    await monthly.subscribe()
    monthly.slack.members.remove(BEN.id)
    answer = await monthly.subscribe(BEN, OTHER)
    said = "Only somebody who is in that channel can choose this for it."
    assert said in answer["errors"][ids.CHANNEL_FIELD]
    await monthly.bot.act(MESSAGE, STOP, user=BEN)
    assert said in monthly.slack.last("response_url")["text"]
    assert await monthly.digest() is not None
    assert await monthly.store.digests.get_digest(TEAM, OTHER) is None
