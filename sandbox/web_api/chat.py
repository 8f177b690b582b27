"""chat.*: posting, changing and deleting messages."""

from sandbox.limits import UPDATE_TEXT
from sandbox.posting import edit, erase, post
from sandbox.refusals import RefusedError
from sandbox.shapes import message_json
from sandbox.state import Channel, Json, Message
from sandbox.web_api.method import Call, method


def _content(call: Call) -> tuple[str, object]:
    """Text and blocks; `markdown_text` comes instead of both."""
    text, blocks = call.text("text"), call.structure("blocks", "invalid_blocks_format")
    markdown = call.text("markdown_text")
    if not markdown:
        return text, blocks
    if text or blocks:
        raise RefusedError("markdown_text_conflict")
    return markdown, [{"type": "markdown", "text": markdown}]


def _member_channel(call: Call) -> Channel:
    """A conversation in which the bot's own messages are: it need not be a member of a public one."""
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or not call.workspace.sees(channel):
        raise RefusedError("channel_not_found")
    if channel.is_archived:
        raise RefusedError("is_inactive")
    return channel


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    channel = call.posting_channel()
    text, blocks = _content(call)
    message = post(
        call.workspace,
        channel,
        text,
        blocks,
        thread_ts=call.optional("thread_ts"),
        metadata=call.structure("metadata"),
        is_broadcast=call.flag("reply_broadcast"),
    )
    shown = message_json(call.workspace, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": shown}


def _own_message(call: Call, channel: Channel, error: str) -> Message:
    message = call.message(channel, "ts")
    if message.bot_id != call.workspace.bot_id or message.subtype == "tombstone":
        raise RefusedError(error)
    return message


@method("chat.update", "chat:write", tier=3)
def update(call: Call) -> Json:
    channel = _member_channel(call)
    message = _own_message(call, channel, "cant_update_message")
    text, blocks = _content(call)
    if len(text) > UPDATE_TEXT:
        raise RefusedError("msg_too_long")
    edit(call.workspace, message, text, blocks, call.structure("metadata"))
    shown = message_json(call.workspace, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": text, "message": shown}


@method("chat.delete", "chat:write", tier=3)
def delete(call: Call) -> Json:
    channel = _member_channel(call)
    message = _own_message(call, channel, "cant_delete_message")
    erase(call.workspace, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", tier=4)
def post_ephemeral(call: Call) -> Json:
    channel = call.posting_channel()
    if call.workspace.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    user_id = call.required("user")
    if user_id not in channel.members:
        raise RefusedError("user_not_in_channel")
    text, blocks = _content(call)
    message = post(call.workspace, channel, text, blocks, call.optional("thread_ts"), ephemeral_to=user_id)
    return {"ok": True, "message_ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    channel = _member_channel(call)
    message = call.message(channel, "message_ts")
    path = f"{call.workspace.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    query = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"ok": True, "channel": channel.id, "permalink": path + query}
