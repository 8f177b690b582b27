"""What comes in over HTTP, looked at before Bolt sees it.

Anybody can send anything here. Only a body of a sensible size that Slack has signed
within the last minutes is read; the rest is refused without being understood.
"""

import time
from typing import Any

import orjson
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.types import Receive, Scope, Send
from yarl import query_to_pairs

from bot.outside.figures import count_refusal
from bot.outside.incoming import Incoming
from bot.payloads import read_payload

LARGEST_BODY = 1_000_000
"""Bytes; Slack's own requests stay far below."""
_TEXT = "text/plain;charset=utf-8"


class SlackEndpoint:
    """The address that Slack sends to: an ASGI application."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send Bolt's answer, or 4xx for what Slack cannot have sent."""
        if scope["method"] != "POST":
            await _send(send, 405, "Slack sends its requests by POST.")
            return
        began = time.perf_counter()
        body = await _read(receive)
        if body is None:
            count_refusal("too large")
            await _send(send, 413, "The request is too large.")
            return
        if not self._is_signed(dict(scope["headers"]), body):
            count_refusal("not signed")
            await _send(send, 401, "The request is not signed by Slack.")
            return
        try:
            payload = read_payload(decode_body(body))
        except (ValueError, RecursionError):
            count_refusal("unreadable")
            await _send(send, 400, "The request cannot be read.")
            return
        # As in Socket Mode, Bolt is given what has been verified and parsed, so it does neither again.
        with Incoming(payload, began):
            answer = await self._app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
            await _send(send, answer.status, answer.body, answer.headers.get("content-type", [_TEXT])[0])

    def _is_signed(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        timestamp = headers.get(b"x-slack-request-timestamp", b"").decode("latin-1")
        signature = headers.get(b"x-slack-signature", b"").decode("latin-1")
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        # A timestamp that is no number, or beyond all; a body that is no text; a signature not in ASCII.
        except (ValueError, OverflowError, TypeError):
            return False


async def _read(receive: Receive) -> bytes | None:
    """The body; None as soon as it is longer than it may be."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return None
        more = message.get("more_body", False)
    return bytes(body)


async def _send(send: Send, status: int, text: str, content_type: str = _TEXT) -> None:
    body = text.encode()
    headers = [(b"content-type", content_type.encode()), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def decode_body(body: bytes) -> dict[str, Any]:
    """What Slack sent: JSON, a form, or JSON in a form's field; :raises ValueError: it is none of these."""
    text = body.decode()
    if text.startswith("{"):
        return _object(text)
    # yarl does in C what takes urllib.parse longer than a vote takes to be stored.
    fields = dict(query_to_pairs(text))
    return _object(fields["payload"]) if "payload" in fields else fields


def _object(text: str) -> dict[str, Any]:
    found = orjson.loads(text)
    if not isinstance(found, dict):
        raise ValueError("a payload is an object")
    return found
