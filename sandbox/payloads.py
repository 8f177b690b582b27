"""The payloads in which Slack tells an app what people do."""

import secrets
from typing import Literal

from sandbox.form import Field, without_inputs
from sandbox.grants import ORGANISATION_ID, ORGANISATION_NAME, EndKind
from sandbox.shapes import message_json, view_json
from sandbox.state import Channel, Json, Message, View
from sandbox.surface import MessageSurface, Surface
from sandbox.workspace import Workspace

VERIFICATION_TOKEN = "sandbox-verification-token"


def command_payload(workspace: Workspace, user_id: str, channel: Channel, command: str, text: str) -> Json:
    """A slash command, whose values are all strings as in a form."""
    url = workspace.response_urls.mint(user_id, channel.id)
    organisation_id = _organisation(workspace)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.home_team.id,
        "team_domain": workspace.home_team.domain,
        "channel_id": channel.id,
        "channel_name": _shown_name(channel),
        "user_id": user_id,
        "user_name": workspace.people[user_id].name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "enterprise_id": organisation_id or "",
        "is_enterprise_install": "true" if organisation_id else "false",
        "response_url": response_url(workspace, url),
        "trigger_id": workspace.triggers.mint(user_id, channel_id=channel.id),
    }


def response_url(workspace: Workspace, token: str) -> str:
    return f"{workspace.base_url}/response/{token}"


def _shown_name(channel: Channel) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": _shown_name(channel)}


def interaction(workspace: Workspace, kind: str, user_id: str) -> Json:
    """What all interactive payloads share: `team` installed the app, the person's own is in `user`."""
    person, home = workspace.people[user_id], workspace.home_team
    organisation_id = _organisation(workspace)
    return {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": workspace.app_id,
        "team": None if organisation_id else {"id": home.id, "domain": home.domain},
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id,
        },
        "enterprise": {"id": organisation_id, "name": ORGANISATION_NAME} if organisation_id else None,
        "is_enterprise_install": organisation_id is not None,
    }


def _organisation(workspace: Workspace) -> str | None:
    """The organisation for all of which the app is installed, if it is."""
    return ORGANISATION_ID if workspace.grants.is_for_organisation else None


def place_parts(surface: Surface) -> Json:
    """Where something was pressed or typed. Of an ephemeral message the contents are not told."""
    workspace = surface.workspace
    if not isinstance(surface, MessageSurface):
        view = surface.view
        return {
            "container": {"type": "view", "view_id": view.id},
            "view": view_json(workspace, view),
        }
    message = surface.message
    is_ephemeral = message.ephemeral_to is not None
    parts: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": surface.channel.id,
            "is_ephemeral": is_ephemeral,
        },
        "channel": _channel(surface.channel),
    }
    if not is_ephemeral:
        parts["message"] = message_json(workspace, message)
    return parts


def block_actions_payload(surface: Surface, field: Field, chosen: Json) -> Json:
    """A press: `chosen` is the state after it, empty for a button."""
    workspace, user_id = surface.workspace, surface.user_id
    shown = ("text", "value", "style", "url", "placeholder", "initial_option", "initial_options")
    action = {name: field.element[name] for name in shown if name in field.element}
    action |= chosen | {
        "type": field.kind,
        "block_id": field.block_id,
        "action_id": field.action_id,
        "action_ts": workspace.new_ts(),
    }
    payload = interaction(workspace, "block_actions", user_id) | place_parts(surface) | {"actions": [action]}
    if isinstance(surface, MessageSurface):
        url = workspace.response_urls.mint(user_id, surface.channel.id, surface.message.ts)
        payload |= {
            "state": {"values": surface.values},
            "response_url": response_url(workspace, url),
            "trigger_id": workspace.triggers.mint(user_id, channel_id=surface.channel.id),
        }
    else:
        payload["trigger_id"] = workspace.triggers.mint(user_id, surface.view.id, surface.view.channel_id)
    return payload


def suggestion_payload(surface: Surface, field: Field, typed: str) -> Json:
    return (
        interaction(surface.workspace, "block_suggestion", surface.user_id)
        | place_parts(surface)
        | {"action_id": field.action_id, "block_id": field.block_id, "value": typed}
    )


def submission_payload(workspace: Workspace, view: View) -> Json:
    """A submitted modal, with a response URL for each conversation chosen in an element that asks for one."""
    urls = []
    for block in view.blocks:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            state = view.values[block["block_id"]][element["action_id"]]
            channel_id = state.get("selected_conversation") or state.get("selected_channel")
            if channel_id:
                token = workspace.response_urls.mint(view.user_id, channel_id)
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel_id,
                        "response_url": response_url(workspace, token),
                    }
                )
    return interaction(workspace, "view_submission", view.user_id) | {
        "trigger_id": workspace.triggers.mint(view.user_id, view.id, view.channel_id),
        "view": view_json(workspace, view),
        "response_urls": urls,
    }


def closed_payload(workspace: Workspace, view: View, is_cleared: bool) -> Json:
    """A closed modal; Slack does not tell what was in its input blocks."""
    values = without_inputs(view.blocks, view.values)
    return interaction(workspace, "view_closed", view.user_id) | {
        "view": view_json(workspace, view, values),
        "is_cleared": is_cleared,
    }


def shortcut_payload(workspace: Workspace, user_id: str, callback_id: str) -> Json:
    return interaction(workspace, "shortcut", user_id) | {
        "callback_id": callback_id,
        "action_ts": workspace.new_ts(),
        "trigger_id": workspace.triggers.mint(user_id),
    }


def message_shortcut_payload(
    workspace: Workspace, user_id: str, callback_id: str, channel: Channel, message: Message
) -> Json:
    url = workspace.response_urls.mint(user_id, channel.id, message.ts)
    return interaction(workspace, "message_action", user_id) | {
        "callback_id": callback_id,
        "action_ts": workspace.new_ts(),
        "trigger_id": workspace.triggers.mint(user_id, channel_id=channel.id),
        "response_url": response_url(workspace, url),
        "channel": _channel(channel),
        "message_ts": message.ts,
        "message": message_json(workspace, message),
    }


def event_payload(workspace: Workspace, event: Json, channel: Channel | None = None) -> Json:
    """The envelope of an event, with what says whose it is."""
    organisation_id = _organisation(workspace)
    return {
        "token": VERIFICATION_TOKEN,
        "type": "event_callback",
        "team_id": workspace.home_team.id,
        "context_team_id": workspace.home_team.id,
        "context_enterprise_id": organisation_id,
        "api_app_id": workspace.app_id,
        "event": event,
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": organisation_id,
                "team_id": workspace.home_team.id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": organisation_id is not None,
            }
        ],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": secrets.token_urlsafe(24),
    }


def removal_event(workspace: Workspace, kind: EndKind, place_id: str) -> Json:
    """What is told of a place that took the app's tokens back; the app has none to be told with."""
    is_for_organisation = place_id == ORGANISATION_ID
    event: Json = {"type": kind}
    if kind == "tokens_revoked":
        event["tokens"] = {"oauth": [], "bot": [workspace.bot_user_id]}
    team_id = workspace.home_team.id if is_for_organisation else place_id
    return event_payload(workspace, event) | {
        "team_id": team_id,
        "context_team_id": team_id,
        "authorizations": [
            {
                "enterprise_id": ORGANISATION_ID if is_for_organisation else None,
                "team_id": None if is_for_organisation else team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": is_for_organisation,
            }
        ],
    }


def message_event(
    workspace: Workspace, kind: Literal["message", "app_mention"], channel: Channel, message: Message
) -> Json:
    """A posted message, as the event of this kind shows it."""
    event = message_json(workspace, message) | {
        "type": kind,
        "channel": channel.id,
        "event_ts": message.ts,
        "client_msg_id": secrets.token_hex(16),
    }
    if kind == "message":
        event["channel_type"] = {"public": "channel", "private": "group"}.get(channel.kind, channel.kind)
    if channel.is_ext_shared:
        team_id = workspace.people[message.user_id].team_id
        event |= {"user_team": team_id, "source_team": team_id}
    return event_payload(workspace, event, channel)
