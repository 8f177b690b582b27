"""Methods about the app itself: who it is and where it is connected."""

from sandbox.grants import ORGANISATION_ID
from sandbox.refusals import RefusedError
from sandbox.state import Json
from sandbox.web_api.method import Call, method


@method("api.test", token="none")
def api_test(call: Call) -> Json:
    if call.text("error"):
        raise RefusedError(call.text("error"))
    return {"ok": True, "args": {name: str(value) for name, value in call.params.items()}}


@method("auth.test")
def auth_test(call: Call) -> Json:
    workspace = call.workspace
    is_for_organisation = call.place_id == ORGANISATION_ID
    team = workspace.home_team if is_for_organisation else workspace.teams[call.place_id]
    return {
        "ok": True,
        "url": f"{workspace.base_url}/",
        "team": team.name,
        "user": workspace.people[workspace.bot_user_id].name,
        "team_id": ORGANISATION_ID if is_for_organisation else team.id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": is_for_organisation,
    }


@method("apps.connections.open", token="app", tier=1)
def open_connection(call: Call) -> Json:
    if call.socket_mode is None:
        raise RefusedError("socket_mode_not_enabled")
    address = call.workspace.base_url.replace("http://", "ws://", 1)
    ticket = call.socket_mode.mint_ticket()
    return {"ok": True, "url": f"{address}/socket/?ticket={ticket}&app_id={call.workspace.app_id}"}


@method("team.info", "team:read", tier=3)
def team_info(call: Call) -> Json:
    team = call.workspace.teams.get(call.text("team") or call.workspace.home_team.id)
    if team is None:
        raise RefusedError("team_not_found")
    return {"ok": True, "team": {"id": team.id, "name": team.name, "domain": team.domain, "icon": {}}}
