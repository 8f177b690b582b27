"""conversations.*: channels, their members and what was said in them."""

from sandbox.refusals import RefusedError
from sandbox.shapes import channel_json, message_json, thread_replies
from sandbox.state import Channel, Json, Message
from sandbox.web_api.method import HISTORY_SCOPES, READ_SCOPES, Call, method, page

TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


@method("conversations.info", tier=3)
def info(call: Call) -> Json:
    channel = call.channel(READ_SCOPES)
    return {"ok": True, "channel": channel_json(call.workspace, channel)}


@method("conversations.members", tier=4)
def members(call: Call) -> Json:
    channel = call.channel(READ_SCOPES)
    some, metadata = page(call, channel.members, default=100, most=999)
    return {"ok": True, "members": some, "response_metadata": metadata}


@method("conversations.open", tier=3)
def open_conversation(call: Call) -> Json:
    named = call.text("users")
    user_ids = [user_id.strip() for user_id in named.split(",") if user_id.strip()]
    if call.text("channel"):
        channel = call.channel(READ_SCOPES)
    elif not user_ids:
        raise RefusedError("users_list_not_supplied")
    else:
        call.demand_scope("im:write" if len(user_ids) == 1 else "mpim:write")
        for user_id in user_ids:
            person = call.workspace.people.get(user_id)
            if person is None:
                raise RefusedError("user_not_found")
            if person.is_bot:
                raise RefusedError("cannot_dm_bot")
            if person.is_deactivated:
                raise RefusedError("user_disabled")
        channel = call.workspace.direct_message(*user_ids)
    if call.flag("return_im"):
        return {"ok": True, "channel": channel_json(call.workspace, channel)}
    return {"ok": True, "channel": {"id": channel.id}}


def listed(call: Call, only_of: str | None = None) -> Json:
    """The conversations of the kinds asked for that the bot can see, or that it shares with a person."""
    kinds = [kind.strip() for kind in call.text("types", "public_channel").split(",")]
    if any(kind not in TYPES for kind in kinds):
        raise RefusedError("invalid_types")
    for kind in kinds:
        call.demand_scope(READ_SCOPES[TYPES[kind]])
    wanted = {TYPES[kind] for kind in kinds}
    channels = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in wanted
        and call.workspace.sees(channel)
        and (only_of is None or only_of in channel.members)
    ]
    some, metadata = page(call, channels, default=100, most=1000)
    shown = [channel_json(call.workspace, channel) for channel in some]
    return {"ok": True, "channels": shown, "response_metadata": metadata}


@method("conversations.list", tier=2)
def list_conversations(call: Call) -> Json:
    return listed(call)


def _read(call: Call, channel: Channel, messages: list[Message]) -> Json:
    oldest, latest = call.text("oldest", "0"), call.text("latest")
    is_inclusive = call.flag("inclusive")
    within = [
        message
        for message in messages
        if (message.ts > oldest or (is_inclusive and message.ts == oldest))
        and (not latest or message.ts < latest or (is_inclusive and message.ts == latest))
    ]
    some, metadata = page(call, within, default=100, most=999)
    shown = [message_json(call.workspace, message) for message in some]
    if not call.flag("include_all_metadata"):
        for message in shown:
            message.pop("metadata", None)
    has_more = bool(metadata["next_cursor"])
    return {"ok": True, "messages": shown, "has_more": has_more, "response_metadata": metadata}


@method("conversations.history", tier=3)
def history(call: Call) -> Json:
    channel = call.channel(HISTORY_SCOPES)
    if call.workspace.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    everything = call.workspace.messages.get(channel.id, {}).values()
    top = [m for m in everything if m.ephemeral_to is None and (m.thread_ts is None or m.is_broadcast)]
    return _read(call, channel, sorted(top, key=lambda message: message.ts, reverse=True))


@method("conversations.replies", tier=3)
def replies(call: Call) -> Json:
    channel = call.channel(HISTORY_SCOPES)
    if call.workspace.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    parent = call.workspace.message(channel.id, call.text("ts"))
    if parent is None or parent.ephemeral_to is not None:
        raise RefusedError("thread_not_found")
    thread = thread_replies(call.workspace, channel.id, parent.thread_ts or parent.ts)
    root = call.workspace.message(channel.id, parent.thread_ts) if parent.thread_ts else parent
    return _read(call, channel, [root, *thread] if root else thread)


@method("conversations.join", "channels:join", tier=3)
def join(call: Call) -> Json:
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or not call.workspace.sees(channel):
        raise RefusedError("channel_not_found")
    if channel.kind != "public":
        raise RefusedError("method_not_supported_for_channel_type")
    if call.workspace.bot_user_id not in channel.members:
        channel.members.append(call.workspace.bot_user_id)
        call.workspace.channel_changed(channel)
    return {"ok": True, "channel": channel_json(call.workspace, channel)}
