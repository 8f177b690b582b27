"""The Web API through Slack's own client: what works, and each refusal by Slack's name for it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.blocks import home, modal, section
from tests.sandbox.calling import own_message, refused
from tests.sandbox.conftest import DEV, LEADS, LUNCH, ORLA, PRIVATE, SHARED, ZOFIA, Engine

Asking = Callable[[AsyncWebClient], Awaitable[Any]]


async def test_the_app_learns_who_it_is(unconnected: Engine) -> None:
    answer = await unconnected.client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        "T0MARLBROOK",
        "U0COMMONGRD",
        "B0COMMONGRD",
    )
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert (await unconnected.client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert (await refused(unconnected.client.api_test(error="on_purpose")))["error"] == "on_purpose"


async def test_a_wrong_token_opens_nothing(unconnected: Engine) -> None:
    address = f"{unconnected.sandbox.address}/api/"
    for token, error in ((None, "not_authed"), ("xoxb-wrong", "invalid_auth")):
        assert (await refused(AsyncWebClient(token, address).auth_test()))["error"] == error
    wrong_kind = AsyncWebClient(unconnected.workspace.app_token, address)
    assert (await refused(wrong_kind.auth_test()))["error"] == "not_allowed_token_type"


async def test_parameters_are_read_from_json_form_and_query(unconnected: Engine) -> None:
    address = f"{unconnected.sandbox.address}/api/users.info"
    headers = {"Authorization": f"Bearer {unconnected.workspace.bot_token}"}
    wanted = {"user": ORLA, "team_id": "ignored"}
    async with aiohttp.ClientSession(headers=headers) as session:
        asked: list[Any] = [
            session.get(address, params=wanted),
            session.post(address, params=wanted),
            session.post(address, data=wanted),
            session.post(address, json=wanted),
        ]
        for request in asked:
            async with request as answer:
                assert (await answer.json())["user"]["real_name"] == "Orla Finch"
        async with session.post(
            address, data=b"{broken", headers={"Content-Type": "application/json"}
        ) as answer:
            assert (await answer.json())["error"] == "user_not_found"


async def test_an_unknown_method_is_named(unconnected: Engine) -> None:
    answer = await refused(unconnected.client.api_call("chat.sing"))
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.sing")


async def test_a_missing_scope_is_named(unconnected: Engine) -> None:
    answer = await refused(unconnected.client.team_info())
    assert (answer["error"], answer["needed"]) == ("missing_scope", "team:read")
    assert "chat:write" in answer["provided"]
    answer = await refused(unconnected.client.conversations_list(types="mpim"))
    assert answer["needed"] == "mpim:read"


REFUSED: list[tuple[Asking, str]] = [
    (lambda c: c.chat_postMessage(channel="C0NOWHERE", text="x"), "channel_not_found"),
    (lambda c: c.chat_postMessage(channel=LEADS, text="x"), "channel_not_found"),
    (lambda c: c.chat_postMessage(channel="UNOBODY", text="x"), "channel_not_found"),
    (lambda c: c.api_call("chat.postMessage", json={"channel": SHARED}), "no_text"),
    (lambda c: c.chat_postMessage(channel=SHARED, text="x", blocks="nonsense"), "invalid_blocks_format"),
    (
        lambda c: c.api_call(
            "chat.postMessage", json={"channel": SHARED, "text": "x", "blocks": {"type": "x"}}
        ),
        "invalid_blocks_format",
    ),
    (lambda c: c.chat_postMessage(channel=SHARED, text="x", thread_ts="1.000000"), "cannot_reply_to_message"),
    (
        lambda c: c.chat_postMessage(channel=SHARED, text="x", blocks=[section("x" * 3000)] * 5),
        "msg_blocks_too_long",
    ),
    (
        lambda c: c.chat_postMessage(channel=SHARED, text="x", markdown_text="# x"),
        "markdown_text_conflict",
    ),
    (
        lambda c: c.chat_postMessage(
            channel=SHARED,
            text="x",
            blocks=[{"type": "image", "alt_text": "x", "slack_file": {"id": "F0NOWHERE"}}],
        ),
        "invalid_blocks",
    ),
    (lambda c: c.chat_update(channel=SHARED, ts="1.000000", text="x"), "message_not_found"),
    (lambda c: c.chat_update(channel=LEADS, ts="1.000000", text="x"), "channel_not_found"),
    (lambda c: c.chat_delete(channel=SHARED, ts="1.000000"), "message_not_found"),
    (lambda c: c.chat_postEphemeral(channel=PRIVATE, user=DEV, text="x"), "user_not_in_channel"),
    (lambda c: c.chat_postEphemeral(channel=LUNCH, user=DEV, text="x"), "not_in_channel"),
    (lambda c: c.chat_getPermalink(channel=SHARED, message_ts="1.000000"), "message_not_found"),
    (lambda c: c.conversations_info(channel=LEADS), "channel_not_found"),
    (lambda c: c.conversations_members(channel="C0NOWHERE"), "channel_not_found"),
    (lambda c: c.conversations_members(channel=SHARED, limit=1000), "invalid_limit"),
    (lambda c: c.conversations_members(channel=SHARED, cursor="x"), "invalid_cursor"),
    (lambda c: c.conversations_list(types="nonsense"), "invalid_types"),
    (lambda c: c.conversations_history(channel=LUNCH), "not_in_channel"),
    (lambda c: c.conversations_replies(channel=SHARED, ts="1.000000"), "thread_not_found"),
    (lambda c: c.conversations_join(channel=LUNCH), "missing_scope"),
    (lambda c: c.conversations_open(users="UNOBODY"), "user_not_found"),
    (lambda c: c.conversations_open(users="U0COMMONGRD"), "cannot_dm_bot"),
    (lambda c: c.conversations_open(users=""), "users_list_not_supplied"),
    (lambda c: c.conversations_open(users=[ORLA, DEV]), "missing_scope"),
    (lambda c: c.users_info(user="UNOBODY"), "user_not_found"),
    (lambda c: c.users_conversations(user="UNOBODY"), "user_not_found"),
    (lambda c: c.views_open(trigger_id="1", view=modal(section())), "invalid_trigger_id"),
    (lambda c: c.views_update(view_id="V0NOWHERE", view=modal(section())), "not_found"),
    (lambda c: c.views_publish(user_id="UNOBODY", view=home()), "user_not_found"),
    (lambda c: c.views_publish(user_id=ORLA, view=modal(section())), "invalid_arguments"),
    (lambda c: c.views_publish(user_id=ORLA, view=home(), hash="1.x"), "hash_conflict"),
    (lambda c: c.pins_add(channel=SHARED, timestamp="1.000000"), "message_not_found"),
    (lambda c: c.pins_add(channel=LUNCH, timestamp="1.000000"), "not_in_channel"),
    (lambda c: c.reactions_add(channel=SHARED, timestamp="1.000000", name="wave"), "message_not_found"),
    (lambda c: c.files_info(file="F0NOWHERE"), "file_not_found"),
    (lambda c: c.files_completeUploadExternal(files=[{"id": "F0NOWHERE"}]), "file_not_found"),
    (lambda c: c.files_getUploadURLExternal(filename="x.txt", length=0), "invalid_arguments"),
    (
        lambda c: c.canvases_create(title="x", document_content={"type": "markdown", "markdown": "x"}),
        "free_teams_cannot_create_standalone_canvases",
    ),
    (lambda c: c.functions_completeSuccess(function_execution_id="", outputs={}), "invalid_arguments"),
]


@pytest.mark.parametrize(("ask", "error"), REFUSED, ids=[f"{n}-{case[1]}" for n, case in enumerate(REFUSED)])
async def test_each_refusal_has_slacks_name(unconnected: Engine, ask: Asking, error: str) -> None:
    assert (await refused(ask(unconnected.client)))["error"] == error


async def test_bad_blocks_are_told_with_their_place(unconnected: Engine) -> None:
    answer = await refused(
        unconnected.client.chat_postMessage(channel=SHARED, text="x", blocks=[section("x" * 3001)])
    )
    fault = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [fault]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {fault}"]


async def test_where_the_bot_may_post(unconnected: Engine) -> None:
    client = unconnected.client
    assert (await client.chat_postMessage(channel="#lunch-walks", text="x"))["channel"] == LUNCH
    answer = await client.chat_postMessage(channel=ZOFIA, text="To you")
    assert answer["channel"].startswith("D")
    assert unconnected.workspace.visible_messages(ZOFIA, answer["channel"])[-1].text == "To you"
    assert unconnected.workspace.visible_messages(ORLA, answer["channel"]) == []
    opened = await client.conversations_open(users=ZOFIA)
    assert opened["channel"]["id"] == answer["channel"]


async def test_a_private_channel_is_for_its_members(unconnected: Engine) -> None:
    ts = await own_message(unconnected, PRIVATE)
    assert unconnected.workspace.visible_messages(ORLA, PRIVATE)[-1].ts == ts
    assert unconnected.workspace.visible_messages(DEV, PRIVATE) == []


async def test_an_update_replaces_text_and_blocks(unconnected: Engine) -> None:
    client = unconnected.client
    metadata = {"event_type": "kept", "event_payload": {"id": 1}}
    ts = await own_message(unconnected, blocks=[section()], metadata=metadata)
    await client.chat_update(channel=SHARED, ts=ts, text="New", blocks=[section("new")])
    message = unconnected.workspace.message(SHARED, ts)
    assert message is not None
    assert (message.text, message.blocks[0]["text"]["text"], message.metadata) == ("New", "new", metadata)
    await client.chat_update(channel=SHARED, ts=ts, text="Only words")
    assert message.blocks == []
    too_long = await refused(client.chat_update(channel=SHARED, ts=ts, text="x" * 4001))
    assert too_long["error"] == "msg_too_long"
    assert message.text == "Only words"


async def test_rich_text_cannot_be_replaced_by_other_blocks(unconnected: Engine) -> None:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    ts = await own_message(unconnected, blocks=[{"type": "rich_text", "elements": [words]}])
    call = unconnected.client.chat_update(channel=SHARED, ts=ts, text="x", blocks=[section()])
    assert (await refused(call))["error"] == "block_mismatch"


async def test_only_the_bots_own_messages_can_be_changed(unconnected: Engine) -> None:
    ts = await unconnected.acts.say(ORLA, SHARED, "Mine")
    client = unconnected.client
    assert (await refused(client.chat_update(channel=SHARED, ts=ts, text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client.chat_delete(channel=SHARED, ts=ts)))["error"] == "cant_delete_message"
    ephemeral = await client.chat_postEphemeral(channel=SHARED, user=ORLA, text="x")
    call = client.chat_update(channel=SHARED, ts=ephemeral["message_ts"], text="y")
    assert (await refused(call))["error"] == "message_not_found"


async def test_a_deleted_message_with_replies_leaves_a_note(unconnected: Engine) -> None:
    client = unconnected.client
    ts = await own_message(unconnected)
    reply = await own_message(unconnected, thread_ts=ts)
    await client.chat_delete(channel=SHARED, ts=ts)
    left = unconnected.workspace.message(SHARED, ts)
    assert left is not None
    assert (left.text, left.subtype) == ("This message was deleted.", "tombstone")
    await client.chat_delete(channel=SHARED, ts=reply)
    assert unconnected.workspace.message(SHARED, reply) is None


async def test_text_past_the_limit_is_cut_off_when_posted(unconnected: Engine) -> None:
    answer = await unconnected.client.chat_postMessage(channel=SHARED, text="x" * 40_100)
    assert len(answer["message"]["text"]) == 40_000


async def test_people_are_shown_as_slack_shows_them(unconnected: Engine) -> None:
    client = unconnected.client
    ours = (await client.users_info(user=ORLA))["user"]
    assert (ours["is_admin"], ours["tz"], ours["team_id"]) == (True, "Europe/London", "T0MARLBROOK")
    theirs = (await client.users_info(user="U0IDRISGANE"))["user"]
    assert (theirs["is_stranger"], theirs["team_id"]) == (False, "T0FERNLEIGH")
    assert "tz" not in theirs
    assert "is_admin" not in theirs
    bot = (await client.users_info(user="U0COMMONGRD"))["user"]
    assert (bot["is_bot"], bot["profile"]["api_app_id"]) == (True, "A0COMMONGRD")
    listed = [user["id"] for user in (await client.users_list())["members"]]
    assert ORLA in listed
    assert ZOFIA not in listed


async def test_channels_are_shown_as_slack_shows_them(unconnected: Engine) -> None:
    client = unconnected.client
    shared = (await client.conversations_info(channel=SHARED))["channel"]
    assert (shared["is_ext_shared"], shared["is_member"], shared["is_private"]) == (True, True, False)
    assert (await client.conversations_info(channel=PRIVATE))["channel"]["is_private"] is True
    assert (await client.conversations_info(channel=LUNCH))["channel"]["is_member"] is False
    every = await client.conversations_list(types="public_channel,private_channel")
    assert [channel["id"] for channel in every["channels"]] == [SHARED, "C0TEAMROOMS", PRIVATE, LUNCH]
    mine = await client.users_conversations(user=ORLA, types="public_channel")
    assert [channel["id"] for channel in mine["channels"]] == [SHARED, "C0TEAMROOMS"]


async def test_members_come_in_pages_bot_and_partners_included(unconnected: Engine) -> None:
    members: list[str] = []
    cursor = ""
    while True:
        answer = await unconnected.client.conversations_members(channel=SHARED, limit=4, cursor=cursor)
        members += answer["members"]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert members == unconnected.workspace.channels[SHARED].members
    assert {ZOFIA, "U0COMMONGRD"} <= set(members)
    assert len(members) == 9


async def test_history_and_replies(unconnected: Engine) -> None:
    client = unconnected.client
    ts = await own_message(unconnected, metadata={"event_type": "m", "event_payload": {}})
    await own_message(unconnected, thread_ts=ts)
    await client.chat_postEphemeral(channel=SHARED, user=ORLA, text="Only Orla")
    history = await client.conversations_history(channel=SHARED)
    assert history["messages"][0]["ts"] == ts
    assert history["messages"][0]["reply_count"] == 1
    assert "metadata" not in history["messages"][0]
    thread = await client.conversations_replies(channel=SHARED, ts=ts, include_all_metadata=True)
    assert [message["text"] for message in thread["messages"]] == ["Ours", "Ours"]
    assert thread["messages"][0]["metadata"]["event_type"] == "m"
    older = await client.conversations_history(channel=SHARED, latest=ts, limit=1)
    assert older["messages"][0]["ts"] < ts
    assert older["has_more"] is True


async def test_pins_and_reactions_are_put_on_once(unconnected: Engine) -> None:
    client = unconnected.client
    ts = await own_message(unconnected)
    await client.pins_add(channel=SHARED, timestamp=ts)
    assert (await refused(client.pins_add(channel=SHARED, timestamp=ts)))["error"] == "already_pinned"
    await client.pins_remove(channel=SHARED, timestamp=ts)
    assert (await refused(client.pins_remove(channel=SHARED, timestamp=ts)))["error"] == "no_pin"
    await client.reactions_add(channel=SHARED, timestamp=ts, name="wave")
    again = client.reactions_add(channel=SHARED, timestamp=ts, name="wave")
    assert (await refused(again))["error"] == "already_reacted"


async def test_a_permalink_leads_to_the_message(unconnected: Engine) -> None:
    ts = await own_message(unconnected)
    answer = await unconnected.client.chat_getPermalink(channel=SHARED, message_ts=ts)
    assert answer["permalink"] == f"{unconnected.sandbox.address}/archives/{SHARED}/p{ts.replace('.', '')}"


async def test_a_public_channel_needs_a_scope_of_its_own(unconnected: Engine) -> None:
    manifest = unconnected.workspace.manifest
    unconnected.workspace.manifest = replace(manifest, scopes=manifest.scopes - {"chat:write.public"})
    call = unconnected.client.chat_postMessage(channel=LUNCH, text="x")
    assert (await refused(call))["error"] == "not_in_channel"
