"""Hostile requests as they come over HTTP."""

import hmac
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.fuzz.corpus import Json
from bench.fuzz.mutations import ODD_TEXTS, broken_bytes, foreign, hostile
from bench.votes.presses import SECRET

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Attack:
    """A request; `forged` when Slack cannot have signed it, so that it must be refused outright."""

    body: bytes
    headers: Mapping[str, str]
    forged: bool
    method: str = "POST"
    path: str = "/slack/events"


def attack(rng: random.Random, corpus: Sequence[Json]) -> Attack:
    """Four in five are signed and come from a stranger; the rest are foreign, broken, forged or stale.

    A few come from a browser, to the addresses by which workspaces install the app.
    """
    way = rng.random()
    if way > 0.97:
        return _visit(rng)
    body = as_sent(rng, foreign(rng, corpus) if way < 0.05 else hostile(rng, corpus))
    if 0.05 <= way < 0.1:
        body = broken_bytes(rng, body)
    kind = JSON if body.startswith(b"{") else FORM
    if 0.1 <= way < 0.2:
        return Attack(body, {"content-type": kind, **_forged(rng, body)}, forged=True)
    return Attack(
        body, {"content-type": rng.choice((kind, kind, FORM, JSON, "text/plain")), **signed(body)}, False
    )


def as_sent(rng: random.Random, payload: Json) -> bytes:
    """Commands as a form, events as JSON, everything else as JSON within a form."""
    if payload.get("type") in ("event_callback", "url_verification") or rng.random() < 0.02:
        return json.dumps(payload).encode()
    if "command" in payload and "type" not in payload:
        texts = {
            str(name): value if isinstance(value, str) else json.dumps(value)
            for name, value in payload.items()
        }
        return urlencode(texts, errors="surrogatepass").encode()
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack signs this body."""
    timestamp = str(int(time.time() if at is None else at))
    # Slack's own helper signs texts only, and these bytes need not be one.
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, "sha256").hexdigest()
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={digest}"}


def _visit(rng: random.Random) -> Attack:
    """A visit to where an installation begins and ends; none has been begun in this browser."""
    told = {name: rng.choice(ODD_TEXTS)[:200] for name in ("code", "state", "error") if rng.random() < 0.6}
    cookie = {"cookie": f"commonground-install={rng.getrandbits(64):x}"} if rng.random() < 0.5 else {}
    path = rng.choice(("/slack/install", "/slack/oauth_redirect", "/slack/oauth_redirect", "/slack", "/"))
    method = rng.choice(("GET", "GET", "GET", "HEAD", "POST", "DELETE"))
    return Attack(b"", cookie, False, method, f"{path}?{urlencode(told, errors='replace')}")


def _forged(rng: random.Random, body: bytes) -> dict[str, str]:
    now, headers = time.time(), signed(body)
    timestamp, signature = "x-slack-request-timestamp", "x-slack-signature"
    ways: Sequence[dict[str, str]] = (
        {},
        {timestamp: headers[timestamp]},
        {signature: headers[signature]},
        signed(body, secret="another"),
        signed(body, at=now - rng.choice((310, 3600, 10**9))),
        signed(body, at=now + rng.choice((330, 3600, 10**9))),
        signed(body + b" "),
        {**headers, timestamp: rng.choice(("", "soon", "-1", "1e9", "nan", "9" * 400))},
        {**headers, signature: rng.choice(("", "v0=", "v0=00", headers[signature].replace("v0", "v1")))},
    )
    return rng.choice(ways)
