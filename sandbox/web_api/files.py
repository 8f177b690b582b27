"""files.* and canvases.*: the three steps of an upload, and documents."""

import mimetypes
import secrets

from sandbox.refusals import RefusedError
from sandbox.shapes import file_json
from sandbox.state import Channel, Json, Message, StoredFile
from sandbox.web_api.method import Call, method
from sandbox.workspace import Workspace

ALT_TEXT = 1_000
"""Characters of a picture's description."""


def new_file(workspace: Workspace, name: str, size: int, user_id: str, alt_text: str = "") -> StoredFile:
    """A file that is announced and not yet there."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = StoredFile(
        id="F" + secrets.token_hex(5).upper(),
        name=name,
        title=name,
        mimetype=kind,
        size=size,
        user_id=user_id,
        created=int(workspace.clock()),
        alt_text=alt_text,
    )
    workspace.files[file.id] = file
    return file


def receive(workspace: Workspace, file: StoredFile, content: bytes) -> None:
    """Take a file's bytes."""
    workspace.file_content[file.id] = content
    file.size = len(content)
    file.is_uploaded = True
    workspace.file_changed(file)


@method("files.getUploadURLExternal", "files:write", tier=4)
def get_upload_url(call: Call) -> Json:
    name = call.required("filename")
    size = call.number("length", 0)
    if size <= 0:
        raise RefusedError("invalid_arguments", ["missing required field: length"])
    alt_text = call.text("alt_txt")
    if len(alt_text) > ALT_TEXT:
        raise RefusedError("alt_txt_too_large")
    file = new_file(call.workspace, name, size, call.workspace.bot_user_id, alt_text)
    return {"ok": True, "upload_url": f"{call.workspace.base_url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", tier=4)
def complete_upload(call: Call) -> Json:
    entries = call.structure("files")
    if not isinstance(entries, list) or not entries:
        raise RefusedError("invalid_arguments", ["missing required field: files"])
    files = [_uploaded(call.workspace, entry) for entry in entries]
    named = [call.text("channel_id"), *call.text("channels").split(",")]
    channels = [_target(call.workspace, channel_id) for channel_id in named if channel_id]
    for file, entry in zip(files, entries, strict=True):
        file.title = entry.get("title") or file.title
    for channel in channels:
        _share(call, channel, files)
    for file in files:
        call.workspace.file_changed(file)
    return {"ok": True, "files": [file_json(call.workspace, file) for file in files]}


def _uploaded(workspace: Workspace, entry: Json) -> StoredFile:
    file = workspace.files.get(entry.get("id", ""))
    if file is None or not file.is_uploaded:
        raise RefusedError("file_not_found")
    return file


def _target(workspace: Workspace, channel_id: str) -> Channel:
    channel = workspace.channels.get(channel_id)
    if channel is None or not workspace.sees(channel):
        raise RefusedError("channel_not_found")
    if workspace.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    return channel


def _share(call: Call, channel: Channel, files: list[StoredFile]) -> None:
    workspace = call.workspace
    thread_ts = call.optional("thread_ts")
    if thread_ts is not None and workspace.message(channel.id, thread_ts) is None:
        raise RefusedError("thread_not_found")
    for file in files:
        file.channel_ids.append(channel.id)
    workspace.add_message(
        Message(
            channel_id=channel.id,
            ts=workspace.new_ts(),
            user_id=workspace.bot_user_id,
            text=call.text("initial_comment"),
            thread_ts=thread_ts,
            bot_id=workspace.bot_id,
            file_ids=[file.id for file in files],
        )
    )


@method("files.info", "files:read", tier=4)
def info(call: Call) -> Json:
    file = call.workspace.files.get(call.text("file"))
    if file is None or not file.is_uploaded:
        raise RefusedError("file_not_found")
    return {"ok": True, "file": file_json(call.workspace, file)}


@method("canvases.create", "canvases:write", tier=2)
def create_canvas(call: Call) -> Json:
    """Keeps the canvas as a Markdown file, shown in its channel."""
    content = call.structure("document_content") or {}
    if content and content.get("type") != "markdown":
        raise RefusedError("invalid_arguments", ["must be markdown [json-pointer:/document_content/type]"])
    channel_id = call.optional("channel_id")
    if channel_id is None:
        raise RefusedError("free_teams_cannot_create_standalone_canvases")
    channel = _target(call.workspace, channel_id)
    title = call.text("title") or "Untitled"
    document = str(content.get("markdown", "")).encode()
    file = new_file(call.workspace, f"{title}.md", len(document), call.workspace.bot_user_id)
    file.title = title
    receive(call.workspace, file, document)
    _share(call, channel, [file])
    return {"ok": True, "canvas_id": file.id}
