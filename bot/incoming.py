"""What comes in over HTTP, looked at before Bolt sees it.

Anybody can send anything here. Only a body of a sensible size that Slack has signed
within the last minutes is read; the rest is refused without being understood.
"""

from typing import Any

import orjson
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from yarl import query_to_pairs

from bot.payloads import read_payload

LARGEST_BODY = 1_000_000
"""Bytes; Slack's own requests stay far below."""


class SlackEndpoint:
    """The address that Slack sends to."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def answer(self, request: Request) -> Response:
        """Bolt's answer, or 4xx for what Slack cannot have sent."""
        body = await _read(request)
        if body is None:
            return PlainTextResponse("The request is too large.", status_code=413)
        headers = dict(request.headers)
        if not self._is_signed(headers, body):
            return PlainTextResponse("The request is not signed by Slack.", status_code=401)
        try:
            payload = read_payload(_payload(body))
        except (ValueError, RecursionError):
            return PlainTextResponse("The request cannot be read.", status_code=400)
        # As in Socket Mode, Bolt is given what has been verified and parsed, so it does neither again.
        bolt_request = AsyncBoltRequest(body=payload, headers={**headers}, mode="socket_mode")
        return to_starlette_response(await self._app.async_dispatch(bolt_request))

    def _is_signed(self, headers: dict[str, str], body: bytes) -> bool:
        try:
            return self._verifier.is_valid_request(body, headers)
        # A timestamp that is no number, or beyond all numbers, or a body that is no text.
        except (ValueError, OverflowError):
            return False


async def _read(request: Request) -> bytes | None:
    """The body; None as soon as it is longer than it may be."""
    pieces: list[bytes] = []
    left = LARGEST_BODY
    async for piece in request.stream():
        left -= len(piece)
        if left < 0:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _payload(body: bytes) -> dict[str, Any]:
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
