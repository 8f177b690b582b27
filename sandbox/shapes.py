"""The JSON in which Slack shows people, channels, messages, views and files to an app."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.form import rich_text
from sandbox.speech import unescape
from sandbox.state import Channel, Json, Message, Person, StoredFile, Values, View
from sandbox.workspace import Workspace


def user_json(workspace: Workspace, person: Person) -> Json:
    """A user as users.info gives it; of people from elsewhere less is told."""
    is_bot_user = person.id == workspace.bot_user_id
    user: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.is_deactivated,
        "real_name": person.real_name,
        "profile": {
            "title": person.title,
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": "" if person.is_bot else person.real_name.split()[0],
            "display_name_normalized": "" if person.is_bot else person.real_name.split()[0],
            "team": person.team_id,
        },
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if is_bot_user:
        user["profile"] |= {"api_app_id": workspace.app_id, "bot_id": workspace.bot_id}
    if workspace.is_outside(person.id):
        user["is_stranger"] = not _shares_a_channel(workspace, person)
    else:
        user |= {
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": person.is_guest,
            "is_ultra_restricted": False,
        }
    if person.tz is not None:
        offset = datetime.fromtimestamp(workspace.clock(), ZoneInfo(person.tz)).utcoffset()
        user |= {
            "tz": person.tz,
            "tz_label": person.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
        }
    return user


def _shares_a_channel(workspace: Workspace, person: Person) -> bool:
    return any(
        person.id in channel.members and any(not workspace.is_outside(one) for one in channel.members)
        for channel in workspace.channels.values()
    )


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as conversations.info gives it."""
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared,
        "context_team_id": workspace.home_team.id,
    }
    if channel.kind == "im":
        others = [member for member in channel.members if member != workspace.bot_user_id]
        return shown | {"user": others[0], "is_user_deleted": False, "is_private": True}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_general": False,
        "is_member": workspace.bot_user_id in channel.members,
        "is_pending_ext_shared": False,
        "unlinked": 0,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def message_json(workspace: Workspace, message: Message) -> Json:
    """A message as the app that posted it, or an event, shows it."""
    author = workspace.people[message.user_id]
    shown: Json = {
        "type": "message",
        "user": message.user_id,
        "ts": message.ts,
        "text": message.text,
        "team": author.team_id,
    }
    if message.blocks or not message.bot_id:
        shown["blocks"] = message.blocks or [rich_text(unescape(message.text))]
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": workspace.app_id}
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.metadata:
        shown["metadata"] = message.metadata
    if message.edited_ts:
        shown["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    if message.file_ids:
        shown["files"] = [file_json(workspace, workspace.files[file_id]) for file_id in message.file_ids]
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    if message.is_pinned:
        shown["pinned_to"] = [message.channel_id]
    replies = thread_replies(workspace, message.channel_id, message.ts)
    if message.thread_ts:
        parent = workspace.message(message.channel_id, message.thread_ts)
        shown["thread_ts"] = message.thread_ts
        shown["parent_user_id"] = parent.user_id if parent else None
    elif replies:
        users = list(dict.fromkeys(reply.user_id for reply in replies))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
        }
    return shown


def thread_replies(workspace: Workspace, channel_id: str, thread_ts: str) -> list[Message]:
    """The replies in a thread that everybody sees, oldest first."""
    return [
        message
        for message in workspace.messages.get(channel_id, {}).values()
        if message.thread_ts == thread_ts and message.ephemeral_to is None
    ]


def view_json(workspace: Workspace, view: View, values: Values | None = None) -> Json:
    """A view as payloads and answers carry it, with `values` in place of all it holds when given."""
    content: dict[str, Any] = view.content
    return {
        "id": view.id,
        "team_id": workspace.home_team.id,
        "type": view.kind,
        "title": content.get("title"),
        "blocks": view.blocks,
        "close": content.get("close"),
        "submit": content.get("submit"),
        "private_metadata": content.get("private_metadata") or "",
        "callback_id": content.get("callback_id") or "",
        "external_id": content.get("external_id") or "",
        "state": {"values": view.values if values is None else values},
        "hash": view.hash,
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.home_team.id,
        "bot_id": workspace.bot_id,
    }


def file_json(workspace: Workspace, file: StoredFile) -> Json:
    """A file as files.info gives it."""
    address = f"{workspace.base_url}/files/{file.id}/{file.name}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "alt_txt": file.alt_text,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "user": file.user_id,
        "user_team": workspace.people[file.user_id].team_id,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": file.channel_ids,
        "file_access": "visible",
    }
