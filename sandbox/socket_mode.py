"""Slack's end of Socket Mode: websockets at one-off addresses, each payload to one of them."""

import asyncio
import json
import secrets
from typing import Literal

from fastapi import WebSocket, WebSocketDisconnect

from sandbox.delivery import Kind, NotAcknowledgedError, Retry
from sandbox.state import Json

CONNECTION_SECONDS = 18_060

DisconnectReason = Literal["warning", "refresh_requested", "link_disabled"]


class SocketMode:
    """The open connections of the app, used in turn."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._turn = 0
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Json]]] = {}

    @property
    def connections(self) -> int:
        """How many there are now."""
        return len(self._connections)

    def mint_ticket(self) -> str:
        """A ticket that opens one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket, ticket: str) -> None:
        """Keep one connection until either end closes it."""
        if ticket not in self._tickets:
            await socket.close(code=4403)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._connections) + 1,
                "debug_info": {"host": "sandbox", "approximate_connection_time": CONNECTION_SECONDS},
                "connection_info": {"app_id": self._app_id},
            }
        )
        self._connections.append(socket)
        try:
            while True:
                self._acknowledged(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    def _acknowledged(self, frame: str) -> None:
        try:
            answer = json.loads(frame)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        waiting = self._waiting.pop(str(answer.get("envelope_id")), None)
        if waiting is not None and not waiting[1].done():
            payload = answer.get("payload")
            waiting[1].set_result(payload if isinstance(payload, dict) else {})

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._connections:
            self._connections.remove(socket)
        for sent_to, future in self._waiting.values():
            if sent_to is socket and not future.done():
                future.set_exception(NotAcknowledgedError("operation_timeout"))

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        if not self._connections:
            raise NotAcknowledgedError("dispatch_failed")
        self._turn += 1
        socket = self._connections[self._turn % len(self._connections)]
        envelope: Json = {
            "envelope_id": secrets.token_hex(16),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry.attempt if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (socket, future)
        try:
            await socket.send_json(envelope)
            return await future
        except (WebSocketDisconnect, RuntimeError) as error:
            raise NotAcknowledgedError("operation_timeout") from error
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: DisconnectReason) -> None:
        """Send every connection a `disconnect` frame; all but a warning are closed then."""
        for socket in list(self._connections):
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            )
            if reason != "warning":
                self._forget(socket)
                await socket.close()

    async def is_connected(self) -> bool:
        return bool(self._connections)

    async def close(self) -> None:
        for socket in list(self._connections):
            self._forget(socket)
            await socket.close()
