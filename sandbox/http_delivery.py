"""Payloads by HTTP: POST requests to the app's request URL, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import aiohttp

from sandbox.delivery import Kind, NotAcknowledgedError, Retry
from sandbox.state import Json

FORM = "application/x-www-form-urlencoded"


def sign(signing_secret: str, timestamp: str, body: str) -> str:
    """The value of `X-Slack-Signature` for a request body."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """The request URL that stands in the app's configuration, for all kinds of payload."""

    def __init__(self, request_url: str, signing_secret: str) -> None:
        self._request_url = request_url
        self._signing_secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        body, content_type = encode(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._signing_secret, timestamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(self._request_url, data=body.encode(), headers=headers) as answer:
                text = await answer.text()
                if answer.status != HTTPStatus.OK:
                    raise NotAcknowledgedError("dispatch_failed")
                return decode(text)
        except aiohttp.ClientError as error:
            raise NotAcknowledgedError("dispatch_failed") from error

    async def is_connected(self) -> bool:
        """Whether anything listens at the request URL."""
        address = urlsplit(self._request_url)._replace(path="/health").geturl()
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.get(address):
                return True
        except aiohttp.ClientError:
            return False

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def encode(kind: Kind, payload: Json) -> tuple[str, str]:
    """The request body and its content type: JSON for events, a form for the rest."""
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    if kind == "slash_commands":
        return urlencode(payload), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


def decode(text: str) -> Json:
    """The body of an answer; words that are not a JSON object are a message's text."""
    if not text.strip():
        return {}
    try:
        document = json.loads(text)
    except ValueError:
        return {"text": text}
    return document if isinstance(document, dict) else {"text": text}
