"""What people say, shortcuts, membership, and the events that the app gets of them."""

import pytest

from tests.sandbox.conftest import DEV, LEADS, LUNCH, ORLA, SHARED, ZOFIA, Engine

BOT = "U0COMMONGRD"


async def test_a_mention_is_an_event_with_its_envelope(either_engine: Engine) -> None:
    engine = either_engine
    ts = await engine.acts.say(ORLA, SHARED, f"<@{BOT}> what helps?")
    body = engine.bot.last("app_mention")
    event = body["event"]
    assert (event["user"], event["channel"], event["ts"]) == (ORLA, SHARED, ts)
    assert event["text"] == f"<@{BOT}> what helps?"
    assert body["authorizations"][0]["team_id"] == "T0MARLBROOK"
    assert body["is_ext_shared_channel"] is True
    assert body["api_app_id"] == "A0COMMONGRD"
    assert body["event_id"].startswith("Ev")


async def test_the_bots_name_is_a_mention_too(engine: Engine) -> None:
    await engine.acts.say(ZOFIA, SHARED, "@Tiny Bot what helps?")
    event = engine.bot.last("app_mention")["event"]
    assert event["text"] == f"<@{BOT}> what helps?"
    assert event["user_team"] == "T0FERNLEIGH"


async def test_what_is_not_for_the_bot_is_not_told(engine: Engine) -> None:
    await engine.acts.say(ORLA, SHARED, "Nothing for the bot")
    assert engine.bot.seen == {}


async def test_a_direct_message_is_told_and_is_no_mention(engine: Engine) -> None:
    channel = engine.workspace.direct_message(ORLA)
    await engine.acts.say(ORLA, channel.id, f"<@{BOT}> hello")
    assert engine.bot.last("message")["event"]["channel_type"] == "im"
    assert engine.bot.seen["app_mention"] == []


async def test_a_bot_that_is_not_there_hears_nothing_and_the_person_is_told(engine: Engine) -> None:
    await engine.acts.say(DEV, LUNCH, f"<@{BOT}> hello")
    assert engine.bot.seen == {}
    note = engine.workspace.visible_messages(DEV, LUNCH)[-1]
    assert "they’re not in this channel" in note.text
    assert note.ephemeral_to == DEV
    assert await engine.acts.invite(DEV, LUNCH, BOT) is None
    assert engine.bot.last("member_joined_channel")["event"]["user"] == BOT
    await engine.acts.say(DEV, LUNCH, f"<@{BOT}> hello")
    assert len(engine.bot.seen["app_mention"]) == 1


async def test_nobody_speaks_where_they_cannot_be(engine: Engine) -> None:
    for user_id, channel_id in ((DEV, LEADS), (ZOFIA, LUNCH)):
        with pytest.raises(LookupError):
            await engine.acts.say(user_id, channel_id, "hello")
    assert await engine.acts.invite(DEV, LEADS, ZOFIA) == "You are not in this conversation."
    assert await engine.acts.leave(DEV, LEADS) == "You are not in this conversation."
    assert await engine.acts.invite(ORLA, SHARED, DEV) == "Dev Singha is already here."


async def test_speaking_in_a_public_channel_joins_it_and_one_can_leave(engine: Engine) -> None:
    await engine.acts.say(ORLA, LUNCH, "Me too")
    assert ORLA in engine.workspace.channels[LUNCH].members
    assert await engine.acts.leave(ORLA, LUNCH) is None
    assert ORLA not in engine.workspace.channels[LUNCH].members


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("@channel now", "<!channel> now"),
        ("ask @here or @everyone", "ask <!here> or <!everyone>"),
        ("ask @Dev Singha", f"ask <@{DEV}>"),
        ("ask @dev.singha", f"ask <@{DEV}>"),
        ("in #lunch-walks", f"in <#{LUNCH}|lunch-walks>"),
        ("see https://example.org/a?b=1&c=2.", "see <https://example.org/a?b=1&amp;c=2>."),
        ("<!channel> typed by hand", "&lt;!channel&gt; typed by hand"),
        ("<@UNOBODY> typed by hand", "&lt;@UNOBODY&gt; typed by hand"),
        ("mail me@channel.org", "mail me@channel.org"),
    ],
)
async def test_typed_words_are_escaped_and_marked_up(unconnected: Engine, typed: str, stored: str) -> None:
    ts = await unconnected.acts.say(ORLA, SHARED, typed)
    message = unconnected.workspace.message(SHARED, ts)
    assert message is not None
    assert message.text == stored


async def test_shortcuts_carry_what_slack_gives_them(either_engine: Engine) -> None:
    engine = either_engine
    assert await engine.acts.shortcut(ORLA, "start") is None
    body = engine.bot.last("shortcut")
    assert body["callback_id"] == "start"
    assert body["trigger_id"]
    assert "channel" not in body
    assert "response_url" not in body
    ts = await engine.acts.say(DEV, SHARED, "A worry", thread_ts=None)
    assert await engine.acts.message_shortcut(ORLA, "take", SHARED, ts) is None
    body = engine.bot.last("message_action")
    assert (body["message"]["text"], body["message"]["user"], body["message_ts"]) == ("A worry", DEV, ts)
    assert body["channel"]["id"] == SHARED
    assert body["response_url"]


async def test_shortcuts_are_not_for_people_from_elsewhere(engine: Engine) -> None:
    ts = await engine.acts.say(DEV, SHARED, "A worry")
    words = "Tiny is not installed in your workspace, so its shortcuts are not there for you."
    assert await engine.acts.shortcut(ZOFIA, "start") == words
    assert await engine.acts.message_shortcut(ZOFIA, "take", SHARED, ts) == words
    assert await engine.acts.open_home(ZOFIA) == (
        "Tiny is not installed in your workspace, so it has no Home tab for you."
    )
    assert engine.bot.seen == {}


async def test_shortcuts_that_are_not_there_are_refused(engine: Engine) -> None:
    ts = await engine.acts.say(DEV, SHARED, "A worry")
    assert await engine.acts.shortcut(ORLA, "take") == "This shortcut is not available."
    assert await engine.acts.message_shortcut(ORLA, "start", SHARED, ts) == "This shortcut is not available."
    assert (
        await engine.acts.message_shortcut(ORLA, "take", SHARED, "1.0") == "This shortcut is not available."
    )
    answer = await engine.client.chat_postEphemeral(channel=SHARED, user=ORLA, text="t")
    refused = await engine.acts.message_shortcut(ORLA, "take", SHARED, answer["message_ts"])
    assert refused == "This shortcut is not available."
    assert engine.bot.seen == {}


async def test_a_shortcut_without_an_answer_is_told(unconnected: Engine) -> None:
    words = "We had some trouble connecting. Try again?"
    assert await unconnected.acts.shortcut(ORLA, "start") == words
