"""views.*: modals and Home tabs."""

from typing import Any

from sandbox.refusals import RefusedError
from sandbox.shapes import view_json
from sandbox.state import Json
from sandbox.views import open_modal, publish_home, push_modal, update_view
from sandbox.web_api.method import Call, method


def _content(call: Call) -> dict[str, Any]:
    content = call.structure("view")
    if not isinstance(content, dict):
        raise RefusedError("invalid_arguments", ["missing required field: view"])
    return content


@method("views.open", tier=4)
def open_view(call: Call) -> Json:
    view = open_modal(call.workspace, call.required("trigger_id"), _content(call))
    return {"ok": True, "view": view_json(call.workspace, view)}


@method("views.push", tier=4)
def push_view(call: Call) -> Json:
    view = push_modal(call.workspace, call.required("trigger_id"), _content(call))
    return {"ok": True, "view": view_json(call.workspace, view)}


@method("views.update", tier=4)
def update(call: Call) -> Json:
    view_id, external_id = call.optional("view_id"), call.optional("external_id")
    if view_id is None and external_id is None:
        raise RefusedError("invalid_arguments", ["missing required field: view_id"])
    if view_id is not None:
        view = call.workspace.view(view_id)
    else:
        view = call.workspace.view_by_external_id(external_id or "")
    if view is None or view.team_id != call.workspace.home_team.id:
        raise RefusedError("not_found")
    update_view(call.workspace, view, _content(call), call.optional("hash"))
    return {"ok": True, "view": view_json(call.workspace, view)}


@method("views.publish", tier=4)
def publish(call: Call) -> Json:
    person = call.workspace.people.get(call.required("user_id"))
    if person is None or person.is_bot:
        raise RefusedError("user_not_found")
    if not call.workspace.manifest.has_home:
        raise RefusedError("not_enabled")
    view = publish_home(call.workspace, person.id, _content(call), call.optional("hash"))
    return {"ok": True, "view": view_json(call.workspace, view)}
