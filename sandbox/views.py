"""Modals and Home tabs: opening, pushing, updating, publishing and closing them as Slack allows."""

import secrets

from sandbox.conversations import CurrentConversation, current_conversation
from sandbox.form import values_for, with_ids
from sandbox.limits import VIEW_BYTES, view_bytes, view_faults
from sandbox.refusals import RefusedError
from sandbox.state import Json, View
from sandbox.tickets import Trigger, TriggerRefusedError
from sandbox.workspace import Workspace

DEEPEST_STACK = 3


def open_modal(workspace: Workspace, trigger_id: str, content: Json) -> View:
    """Open a modal, in place of any stack the person has open. Raises RefusedError."""
    trigger = _trigger(workspace, trigger_id)
    _check(workspace, content, "modal")
    trigger.is_used = True
    view = _modal(workspace, trigger.user_id, content, None, trigger.channel_id)
    workspace.modals[trigger.user_id] = [view]
    workspace.view_changed(view)
    return view


def push_modal(workspace: Workspace, trigger_id: str, content: Json) -> View:
    """Push a modal onto the stack that the trigger came from. Raises RefusedError."""
    trigger = _trigger(workspace, trigger_id)
    parent = workspace.open_modal(trigger.user_id)
    if trigger.view_id is None or parent is None:
        raise RefusedError("invalid_trigger_id")
    view = push_onto(workspace, parent, content)
    trigger.is_used = True
    return view


def push_onto(workspace: Workspace, parent: View, content: Json) -> View:
    """Put a modal on top of the one a person has before them. Raises RefusedError."""
    stack = workspace.modals[parent.user_id]
    if len(stack) >= DEEPEST_STACK:
        raise RefusedError("push_limit_reached")
    _check(workspace, content, "modal")
    view = _modal(workspace, parent.user_id, content, parent, parent.channel_id)
    stack.append(view)
    workspace.view_changed(view)
    return view


def update_view(workspace: Workspace, view: View, content: Json, hash_seen: str | None = None) -> View:
    """Give a view new content; what is filled in stays where ids and kinds do. Raises RefusedError."""
    if hash_seen and hash_seen != view.hash:
        raise RefusedError("hash_conflict")
    _check(workspace, content, view.kind, updating=view)
    view.content = content | {"blocks": with_ids(content["blocks"])}
    view.values = values_for(view.blocks, view.values, _current(workspace, view))
    view.hash = new_hash(workspace)
    view.errors = {}
    view.trouble = None
    workspace.view_changed(view)
    return view


def publish_home(workspace: Workspace, user_id: str, content: Json, hash_seen: str | None = None) -> View:
    """Show a Home tab to a person. Raises RefusedError."""
    shown = workspace.homes.get(user_id)
    if shown is not None:
        return update_view(workspace, shown, content, hash_seen)
    if hash_seen:
        raise RefusedError("hash_conflict")
    _check(workspace, content, "home")
    stored = content | {"blocks": with_ids(content["blocks"])}
    view_id = new_view_id()
    team_id = workspace.home_team.id
    view = View(view_id, user_id, stored, new_hash(workspace), root_view_id=view_id, team_id=team_id)
    view.values = values_for(view.blocks, {})
    workspace.homes[user_id] = view
    workspace.view_changed(view)
    return view


def close_top(workspace: Workspace, view: View) -> None:
    """Close one modal; the one below, if any, comes back."""
    stack = workspace.modals[view.user_id]
    if view in stack:
        stack.remove(view)
        workspace.view_changed(view)


def close_all(workspace: Workspace, view: View) -> None:
    """Close the whole stack that a modal belongs to."""
    workspace.modals[view.user_id] = []
    workspace.view_changed(view)


def _trigger(workspace: Workspace, trigger_id: str) -> Trigger:
    try:
        return workspace.triggers.check(trigger_id)
    except TriggerRefusedError as refusal:
        raise RefusedError(str(refusal)) from None


def _check(workspace: Workspace, content: Json, kind: str, updating: View | None = None) -> None:
    if view_bytes(content) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    faults = view_faults(content)
    if not faults and content["type"] != kind:
        faults = [f"must be {kind} [json-pointer:/view/type]"]
    if faults:
        raise RefusedError("invalid_arguments", faults)
    external_id = content.get("external_id")
    if external_id:
        holder = workspace.view_by_external_id(external_id)
        if holder is not None and holder is not updating:
            raise RefusedError("duplicate_external_id")


def _modal(
    workspace: Workspace, user_id: str, content: Json, parent: View | None, channel_id: str | None
) -> View:
    view_id = new_view_id()
    stored = content | {"blocks": with_ids(content["blocks"])}
    view = View(
        id=view_id,
        user_id=user_id,
        content=stored,
        hash=new_hash(workspace),
        root_view_id=parent.root_view_id if parent else view_id,
        previous_view_id=parent.id if parent else None,
        channel_id=channel_id,
        team_id=workspace.home_team.id,
    )
    view.values = values_for(view.blocks, {}, _current(workspace, view))
    return view


def _current(workspace: Workspace, view: View) -> CurrentConversation:
    return current_conversation(workspace, view.user_id, view.channel_id)


def new_view_id() -> str:
    return "V" + secrets.token_hex(5).upper()


def new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock())}.{secrets.token_hex(4)}"
