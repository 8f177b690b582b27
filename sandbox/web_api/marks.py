"""pins.* and reactions.*: what is put on a message that is already there."""

from sandbox.refusals import RefusedError
from sandbox.state import Channel, Json
from sandbox.web_api.method import Call, method


def _channel(call: Call) -> Channel:
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or not call.workspace.sees(channel):
        raise RefusedError("channel_not_found")
    if call.workspace.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    return channel


@method("pins.add", "pins:write", tier=2)
def pin(call: Call) -> Json:
    message = call.message(_channel(call), "timestamp")
    if message.is_pinned:
        raise RefusedError("already_pinned")
    message.is_pinned = True
    call.workspace.message_changed(message)
    return {"ok": True}


@method("pins.remove", "pins:write", tier=2)
def unpin(call: Call) -> Json:
    message = call.message(_channel(call), "timestamp")
    if not message.is_pinned:
        raise RefusedError("no_pin")
    message.is_pinned = False
    call.workspace.message_changed(message)
    return {"ok": True}


@method("reactions.add", "reactions:write", tier=3)
def react(call: Call) -> Json:
    name = call.required("name").strip(":")
    message = call.message(_channel(call), "timestamp")
    users = message.reactions.setdefault(name, [])
    if call.workspace.bot_user_id in users:
        raise RefusedError("already_reacted")
    users.append(call.workspace.bot_user_id)
    call.workspace.message_changed(message)
    return {"ok": True}
