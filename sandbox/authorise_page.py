"""Where somebody allows the app to be installed: a plain page, as Slack's own stands outside its client."""

from html import escape
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from sandbox.grants import ORGANISATION_ID, ORGANISATION_NAME
from sandbox.workspace import Workspace

PATH = "/oauth/v2/authorize"
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}"
    "label{display:block;padding:.25rem 0}button{font:inherit;padding:.5rem 1.25rem;margin:1rem .75rem 0 0}"
    "select{font:inherit;max-width:100%}"
)
_SENT_BACK = ("state", "code_challenge")


def add_authorise_page(server: FastAPI, workspace: Workspace) -> None:
    """The page at which the app's link leads, and what its two buttons do."""

    @server.get(PATH)
    async def ask(request: Request) -> Response:
        given = dict(request.query_params)
        trouble = _trouble(workspace, given)
        if trouble:
            return HTMLResponse(_page("This link does not work", f"<p>{escape(trouble)}</p>"), 400)
        return HTMLResponse(_page(f"{workspace.manifest.name} asks to be installed", _form(workspace, given)))

    @server.post(PATH)
    async def answer(request: Request) -> Response:
        form = await request.form()
        back = {"state": str(form.get("state", ""))}
        if form.get("answer") != "allow":
            return _send_back(workspace, {"error": "access_denied", **back})
        asked = set(str(form.get("scope", "")).split(","))
        kept = {str(scope) for scope in form.getlist("optional")}
        scopes = frozenset(asked - workspace.manifest.optional_scopes | asked & kept)
        place_id = str(form.get("place"))
        home_id = workspace.home_team.id if place_id == ORGANISATION_ID else place_id
        user_id = next(person.id for person in workspace.members() if person.team_id == home_id)
        challenge = str(form.get("code_challenge", ""))
        code = workspace.grants.allow(place_id, user_id, scopes, challenge)
        return _send_back(workspace, {"code": code, **back})


def _trouble(workspace: Workspace, given: dict[str, str]) -> str:
    """What Slack would say of the link itself."""
    if given.get("client_id") != workspace.grants.client_id:
        return "Slack knows no app with this client_id."
    if given.get("redirect_uri", workspace.grants.redirect_url) != workspace.grants.redirect_url:
        return "The redirect_uri is not one of the app's."
    unknown = {scope for scope in given.get("scope", "").split(",") if scope} - workspace.manifest.scopes
    return f"The app's manifest does not ask for {', '.join(sorted(unknown))}." if unknown else ""


def _form(workspace: Workspace, given: dict[str, str]) -> str:
    asked = [scope for scope in given.get("scope", "").split(",") if scope]
    places = {team.id: team.name for team in workspace.teams.values()} | {ORGANISATION_ID: ORGANISATION_NAME}
    options = "".join(f'<option value="{escape(id)}">{escape(name)}</option>' for id, name in places.items())
    needed = "".join(
        f"<li>{escape(scope)}</li>" for scope in asked if scope not in workspace.manifest.optional_scopes
    )
    optional = "".join(
        f'<label><input type="checkbox" name="optional" value="{escape(scope)}" checked> '
        f"{escape(scope)}</label>"
        for scope in asked
        if scope in workspace.manifest.optional_scopes
    )
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(given.get(name, ""))}">'
        for name in (*_SENT_BACK, "scope")
    )
    return (
        f'<form method="post" action="{PATH}">{hidden}'
        f'<label>Install in <select name="place">{options}</select></label>'
        f"<h2>It needs</h2><ul>{needed}</ul><h2>You may leave out</h2>{optional or '<p>Nothing.</p>'}"
        '<button name="answer" value="allow">Allow</button>'
        '<button name="answer" value="cancel">Cancel</button></form>'
    )


def _page(title: str, content: str) -> str:
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _send_back(workspace: Workspace, given: dict[str, str]) -> Response:
    address = f"{workspace.grants.redirect_url}?{urlencode(given)}"
    return RedirectResponse(address, status_code=HTTPStatus.FOUND)
