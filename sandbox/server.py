"""The sandbox's one web server: Web API, Socket Mode, response URLs, files, and controls for tests."""

import json
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Header, Request, Response, WebSocket
from fastapi.responses import JSONResponse, PlainTextResponse

from sandbox.answers import use_response_url
from sandbox.api_routes import WebApi
from sandbox.authorise_page import add_authorise_page
from sandbox.refusals import RefusedError
from sandbox.socket_mode import DisconnectReason, SocketMode
from sandbox.state import Json
from sandbox.tickets import ResponseUrlRefusedError
from sandbox.trouble import Fault
from sandbox.web_api.files import receive
from sandbox.workspace import Workspace


def build_server(workspace: Workspace, web_api: WebApi, socket_mode: SocketMode | None) -> FastAPI:
    """All but the pages; `socket_mode` is None where the app is reached by HTTP."""
    server = FastAPI(title="Sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    server.include_router(web_api.router())
    add_authorise_page(server, workspace)
    _add_response_urls(server, workspace)
    _add_files(server, workspace)
    _add_controls(server, web_api, socket_mode)
    if socket_mode is not None:
        _add_socket(server, socket_mode)
    return server


def _add_socket(server: FastAPI, socket_mode: SocketMode) -> None:
    @server.websocket("/socket/")
    async def connect(socket: WebSocket, ticket: str = "") -> None:
        await socket_mode.serve(socket, ticket)


def _add_response_urls(server: FastAPI, workspace: Workspace) -> None:
    @server.post("/response/{token}")
    async def respond(token: str, request: Request) -> Response:
        try:
            answer = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", HTTPStatus.BAD_REQUEST)
        try:
            use_response_url(workspace.seat_of_response_url(token), token, answer)
        except ResponseUrlRefusedError as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)}, HTTPStatus.NOT_FOUND)
        except RefusedError as refusal:
            return JSONResponse(refusal.answer(), HTTPStatus.BAD_REQUEST)
        return PlainTextResponse("ok")


SHOWN_BY_BROWSERS = frozenset({"image/gif", "image/jpeg", "image/png"})
"""Pictures that can be looked at in full size; nothing in them can run."""


def _add_files(server: FastAPI, workspace: Workspace) -> None:
    @server.post("/upload/{file_id}")
    async def upload(file_id: str, request: Request) -> Response:
        file = workspace.files.get(file_id)
        if file is None:
            return PlainTextResponse("file_not_found", HTTPStatus.NOT_FOUND)
        content = await _uploaded_bytes(request)
        receive(workspace, file, content)
        return PlainTextResponse(f"OK - {len(content)}")

    @server.get("/files/{file_id}/{name}")
    async def private_download(file_id: str, authorization: Annotated[str, Header()] = "") -> Response:
        """`url_private`: for the app, with its token."""
        if not _is_app(workspace, authorization):
            return PlainTextResponse("Sign in to see this file.", HTTPStatus.FORBIDDEN)
        return _file_answer(workspace, file_id)

    @server.get("/sandbox/files/{file_id}/{name}")
    async def download(file_id: str) -> Response:
        """The same file for the person in the browser."""
        return _file_answer(workspace, file_id)


def _is_app(workspace: Workspace, authorization: str) -> bool:
    try:
        workspace.grants.of_token(authorization.removeprefix("Bearer "))
    except RefusedError:
        return False
    return True


async def _uploaded_bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    form = await request.form()
    parts = [part for part in form.values() if not isinstance(part, str)]
    return await parts[0].read() if parts else b""


def _file_answer(workspace: Workspace, file_id: str) -> Response:
    file = workspace.files.get(file_id)
    if file is None or not file.is_uploaded:
        return PlainTextResponse("This file is not here.", HTTPStatus.NOT_FOUND)
    name = file.name.encode("ascii", "replace").decode().replace('"', "'")
    way = "inline" if file.mimetype in SHOWN_BY_BROWSERS else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return Response(workspace.file_content[file_id], media_type=file.mimetype, headers=headers)


def _add_controls(server: FastAPI, web_api: WebApi, socket_mode: SocketMode | None) -> None:
    @server.post("/sandbox/faults")
    async def add_fault(fault: Fault) -> Json:
        web_api.faults.add(fault)
        return {"ok": True}

    @server.delete("/sandbox/faults")
    async def clear_faults() -> Json:
        web_api.faults.clear()
        return {"ok": True}

    @server.get("/sandbox/calls")
    async def calls(method: str = "") -> list[Json]:
        logged = web_api.log.of(method) if method else list(web_api.log.calls)
        return [asdict(call) for call in logged]

    @server.post("/sandbox/disconnect")
    async def disconnect(reason: DisconnectReason = "refresh_requested") -> Json:
        if socket_mode is not None:
            await socket_mode.disconnect(reason)
        return {"ok": socket_mode is not None}
