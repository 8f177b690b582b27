"""The Web API over HTTP: /api/<method> in any of the encodings that Slack's clients use."""

import asyncio
import base64
import json
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from sandbox import web_api
from sandbox.refusals import RefusedError
from sandbox.socket_mode import SocketMode
from sandbox.state import Json
from sandbox.trouble import CallLog, Fault, FaultPlan, LoggedCall, RateLimits
from sandbox.web_api.method import METHODS, Call, Method
from sandbox.workspace import Workspace

FIRST_FAILING_STATUS = 400
SECRETS = frozenset({"client_secret", "code", "code_verifier", "refresh_token", "token"})
"""Parameters that are in no log."""


class WebApi:
    """Answers the app's calls; `faults` and `log` are there for tests and demonstrations."""

    def __init__(
        self, workspace: Workspace, socket_mode: SocketMode | None, has_strict_rates: bool = False
    ) -> None:
        self.workspace = workspace
        self.socket_mode = socket_mode
        self.faults = FaultPlan()
        self.log = CallLog()
        self._rates = RateLimits(workspace.clock) if has_strict_rates else None

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/api/{name}", self.answer, methods=["GET", "POST"])
        return router

    async def answer(self, name: str, request: Request) -> Response:
        params = await read_params(request) | _client(request)
        token = _token(request, params)
        if name == "oauth.v2.exchange":
            params["token"] = token
        fault = self.faults.take(name)
        if fault is not None and not fault.is_performed:
            self._note(name, params, _fault_status(fault), fault.kind)
            return await _troubled(fault)
        status, body, headers = self._perform(name, params, token)
        if fault is not None:
            self._note(name, params, _fault_status(fault), fault.kind)
            return await _troubled(fault)
        self._note(name, params, status, body.get("error"))
        return JSONResponse(body, status, headers)

    def _perform(self, name: str, params: Json, token: str) -> tuple[int, Json, dict[str, str]]:
        method = METHODS.get(name)
        if method is None:
            return HTTPStatus.OK, {"ok": False, "error": "unknown_method", "req_method": name}, {}
        if self._rates is not None:
            wait = self._rates.wait_for(name, method.per_minute, params.get("channel"))
            if wait:
                return HTTPStatus.TOO_MANY_REQUESTS, _ratelimited(), {"Retry-After": str(wait)}
        headers: dict[str, str] = {}
        try:
            call = self._authorise(method, token, params)
            headers = {"x-oauth-scopes": ",".join(sorted(call.scopes))}
            if method.scopes and not call.scopes.intersection(method.scopes):
                call.demand_scope(method.scopes[0])
            return HTTPStatus.OK, method.handler(call), headers
        except RefusedError as refusal:
            return HTTPStatus.OK, refusal.answer(), headers

    def _authorise(self, method: Method, token: str, params: Json) -> Call:
        """The call with what its token may do; a workflow step's own token works as the bot's does."""
        workspace, home_id = self.workspace, self.workspace.home_team.id
        if method.token == "none":
            return Call(workspace, self.socket_mode, params)
        if not token:
            raise RefusedError("not_authed")
        run = workspace.step_runs.of_token(token)
        if run is not None and run.outcome.done():
            raise RefusedError("token_revoked")
        if (token == workspace.app_token) != (method.token == "app"):
            if token != workspace.app_token and run is None:
                workspace.grants.of_token(token)
            raise RefusedError("not_allowed_token_type")
        if run is not None or method.token == "app":
            return Call(workspace, self.socket_mode, params, run, workspace.manifest.scopes, home_id)
        grant = workspace.grants.of_token(token)
        scopes = grant.scopes & workspace.manifest.scopes
        seat = workspace.seat(grant.place_id)
        return Call(seat, self.socket_mode, params, None, scopes, grant.place_id)

    def _note(self, name: str, params: Json, status: int, error: str | None) -> None:
        told = {key: value for key, value in params.items() if key not in SECRETS}
        self.log.calls.append(LoggedCall(name, told, self.workspace.clock(), status, error))


async def read_params(request: Request) -> Json:
    """The parameters of a call from its query string and its body, JSON or form."""
    params: Json = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        try:
            document: Any = json.loads(await request.body() or b"{}")
        except ValueError:
            document = {}
        if isinstance(document, dict):
            params |= document
    elif request.method == "POST":
        form = await request.form()
        params |= {key: value for key, value in form.items() if isinstance(value, str)}
    return params


def _token(request: Request, params: Json) -> str:
    in_params = params.pop("token", "")
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return credentials if scheme.lower() == "bearer" and credentials else str(in_params)


def _client(request: Request) -> Json:
    """The app's id and secret, where a call has them in place of a token."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    client_id, _, client_secret = base64.b64decode(credentials).decode().partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def _fault_status(fault: Fault) -> int:
    match fault.kind:
        case "status":
            return fault.status
        case "timeout":
            return HTTPStatus.GATEWAY_TIMEOUT
    return HTTPStatus.OK


async def _troubled(fault: Fault) -> Response:
    status = _fault_status(fault)
    if fault.kind == "broken_json":
        return Response('{"ok": tru', status, media_type="application/json")
    if fault.kind == "timeout":
        await asyncio.sleep(fault.seconds)
        return Response("", status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return JSONResponse(_ratelimited(), status, {"Retry-After": str(fault.retry_after)})
    if status >= FIRST_FAILING_STATUS:
        return Response("Server error", status)
    return JSONResponse({"ok": False, "error": fault.error}, status)


def _ratelimited() -> Json:
    return {"ok": False, "error": "ratelimited"}


web_api.register()
