"""Putting the app's words before people: messages, ephemeral messages and changes to them."""

from sandbox.form import with_ids
from sandbox.limits import MESSAGE_TEXT, MESSAGE_TOTAL, block_faults, counted_characters
from sandbox.refusals import RefusedError
from sandbox.state import Channel, Json, Message
from sandbox.workspace import Workspace


def checked_blocks(workspace: Workspace, text: str, blocks: object) -> list[Json]:
    """The blocks as Slack stores them. Raises RefusedError for what it would refuse in a message."""
    if blocks is not None and not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    if not text and not blocks:
        raise RefusedError("no_text")
    if not blocks:
        return []
    faults = block_faults(blocks)
    if not faults:
        faults = _unknown_files(workspace, blocks)
    if faults:
        raise RefusedError("invalid_blocks", faults)
    if counted_characters(blocks) > MESSAGE_TOTAL:
        raise RefusedError("msg_blocks_too_long")
    return with_ids(blocks)


def _unknown_files(workspace: Workspace, blocks: list[Json]) -> list[str]:
    faults = []
    for index, block in enumerate(blocks):
        reference = block.get("slack_file")
        if block["type"] == "image" and reference:
            file = workspace.files.get(reference.get("id", ""))
            if file is None or not file.is_uploaded:
                faults.append(f"invalid slack file [json-pointer:/blocks/{index}/slack_file]")
    return faults


def post(
    workspace: Workspace,
    channel: Channel,
    text: str,
    blocks: object,
    thread_ts: str | None = None,
    ephemeral_to: str | None = None,
    metadata: Json | None = None,
    is_broadcast: bool = False,
) -> Message:
    """Post as the app. Text over Slack's limit is cut off. Raises RefusedError."""
    stored = checked_blocks(workspace, text, blocks)
    if thread_ts is not None:
        parent = workspace.message(channel.id, thread_ts)
        if parent is None or parent.ephemeral_to is not None:
            raise RefusedError("cannot_reply_to_message")
        thread_ts = parent.thread_ts or parent.ts
    return workspace.add_message(
        Message(
            channel_id=channel.id,
            ts=workspace.new_ts(),
            user_id=workspace.bot_user_id,
            text=text[:MESSAGE_TEXT],
            blocks=stored,
            thread_ts=thread_ts,
            is_broadcast=is_broadcast and thread_ts is not None,
            ephemeral_to=ephemeral_to,
            bot_id=workspace.bot_id,
            subtype="thread_broadcast" if is_broadcast and thread_ts else None,
            metadata=metadata,
        )
    )


def edit(
    workspace: Workspace, message: Message, text: str, blocks: object, metadata: Json | None = None
) -> Message:
    """Change a message of the app; text alone takes its blocks away. Raises RefusedError."""
    stored = checked_blocks(workspace, text, blocks)
    had_rich_text = any(block["type"] == "rich_text" for block in message.blocks)
    if had_rich_text and message.blocks and stored and all(b["type"] != "rich_text" for b in stored):
        raise RefusedError("block_mismatch")
    if not stored:
        message.edited_ts = workspace.new_ts()
    message.text = text
    message.blocks = stored
    if metadata is not None:
        message.metadata = metadata
    message.trouble = {}
    workspace.message_changed(message)
    return message


def erase(workspace: Workspace, message: Message) -> None:
    """Delete a message; one with replies leaves a note in its place."""
    has_replies = any(
        other.thread_ts == message.ts for other in workspace.messages[message.channel_id].values()
    )
    if not has_replies:
        workspace.remove_message(message)
        return
    message.text = "This message was deleted."
    message.blocks = []
    message.file_ids = []
    message.subtype = "tombstone"
    workspace.message_changed(message)
