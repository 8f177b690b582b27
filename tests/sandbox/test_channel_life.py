"""Channels archived, taken up again and renamed; people and the bot removed; accounts closed."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import DEV, LEADS, LUNCH, ORLA, SHARED, ZOFIA, Engine

BOT = "U0COMMONGRD"


async def refusal(engine: Engine, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        await engine.client.api_call(method, json=arguments)
    return str(refused.value.response["error"])


async def test_nothing_is_written_in_an_archived_channel_until_it_is_back(engine: Engine) -> None:
    posted = await engine.client.chat_postMessage(channel=SHARED, text="before")
    await engine.acts.archive(ORLA, SHARED)
    event = engine.bot.last("channel_archive")["event"]
    assert (event["channel"], event["user"]) == (SHARED, ORLA)
    assert await refusal(engine, "chat.postMessage", channel=SHARED, text="no") == "is_archived"
    assert await refusal(engine, "chat.update", channel=SHARED, ts=posted["ts"], text="no") == "is_inactive"
    with pytest.raises(LookupError):
        await engine.acts.say(ORLA, SHARED, "hello")
    channel = (await engine.client.conversations_info(channel=SHARED))["channel"]
    assert channel["is_archived"] is True
    await engine.acts.unarchive(ORLA, SHARED)
    assert engine.bot.last("channel_unarchive")["event"]["channel"] == SHARED
    await engine.client.chat_postMessage(channel=SHARED, text="after")


async def test_a_bot_that_is_not_there_is_not_told_of_an_archived_channel(engine: Engine) -> None:
    await engine.acts.archive(DEV, LUNCH)
    await engine.acts.archive(ORLA, LEADS)
    assert engine.bot.seen.get("channel_archive", []) == []


async def test_the_bot_learns_that_it_was_removed_and_cannot_post(engine: Engine) -> None:
    await engine.acts.remove(ORLA, SHARED, BOT)
    event = engine.bot.last("channel_left")["event"]
    assert (event["channel"], event["actor_id"]) == (SHARED, ORLA)
    asked = {"channel": SHARED, "user": ORLA, "text": "no"}
    assert await refusal(engine, "chat.postEphemeral", **asked) == "not_in_channel"
    await engine.acts.invite(ORLA, SHARED, BOT)
    await engine.client.chat_postEphemeral(channel=SHARED, user=ORLA, text="now")


async def test_a_person_can_be_removed(engine: Engine) -> None:
    await engine.acts.remove(ORLA, SHARED, ZOFIA)
    event = engine.bot.last("member_left_channel")["event"]
    assert (event["user"], event["team"]) == (ZOFIA, "T0FERNLEIGH")
    assert ZOFIA not in engine.workspace.channels[SHARED].members


async def test_a_new_name_leaves_the_id(engine: Engine) -> None:
    await engine.acts.rename(SHARED, "better-together")
    channel = (await engine.client.conversations_info(channel=SHARED))["channel"]
    assert (channel["id"], channel["name"]) == (SHARED, "better-together")


async def test_a_closed_account_is_in_no_channel_and_cannot_be_written_to(engine: Engine) -> None:
    engine.acts.close_account(DEV)
    assert (await engine.client.users_info(user=DEV))["user"]["deleted"] is True
    assert DEV not in engine.workspace.channels[SHARED].members
    assert await refusal(engine, "conversations.open", users=DEV) == "user_disabled"
    assert await refusal(engine, "chat.postMessage", channel=DEV, text="hello") == "user_disabled"
