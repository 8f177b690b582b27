"""Requests as Slack sends them, signed and whole, as the bytes that go over the wire."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

SECRET = "bench"
TEAM = "T0BENCH"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

_VERIFIER = SignatureVerifier(SECRET)


def press(user_id: str, view: Mapping[str, Any], action: Mapping[str, Any], team_id: str = TEAM) -> bytes:
    """The press of a button in a modal, with all of the modal, as Slack sends it."""
    return interaction(
        {
            **envelope("block_actions", user_id, team_id),
            "container": {"type": "view", "view_id": view["id"]},
            "enterprise": None,
            "is_enterprise_install": False,
            "view": view,
            "actions": [{**action, "action_ts": "1700000000.000100"}],
        }
    )


def submission(user_id: str, view: Mapping[str, Any]) -> bytes:
    """A form that is sent, with what was entered in the view's `state`."""
    return interaction({**envelope("view_submission", user_id), "view": view, "response_urls": []})


def as_echoed(view: Mapping[str, Any], view_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A view as Slack sends it back."""
    return {
        "id": view_id,
        "team_id": TEAM,
        "callback_id": "",
        "private_metadata": "",
        "hash": "1700000000.abcdefgh",
        "root_view_id": view_id,
        "previous_view_id": None,
        "app_id": "A0BENCH",
        "bot_id": "B0BENCH",
        **view,
        "state": {"values": values},
    }


def envelope(kind: str, user_id: str, team_id: str = TEAM) -> dict[str, Any]:
    """What every interaction begins with."""
    return {
        "type": kind,
        "team": {"id": team_id, "domain": "bench"},
        "user": {"id": user_id, "username": user_id.lower(), "name": user_id.lower(), "team_id": team_id},
        "api_app_id": "A0BENCH",
        "token": "no-longer-used",
        "trigger_id": "1234567890.1234567890.0123456789abcdef0123456789abcdef",
    }


def interaction(payload: Mapping[str, Any]) -> bytes:
    """Whatever somebody did in Slack."""
    return signed(urlencode({"payload": json.dumps(payload, separators=(",", ":"))}), FORM)


def signed(body: str, content_type: str) -> bytes:
    """A request of Slack's with this body, signed now."""
    timestamp = str(int(time.time()))
    signature = _VERIFIER.generate_signature(timestamp=timestamp, body=body)
    head = (
        "POST /slack/events HTTP/1.1\r\n"
        "Host: bench\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
        "Accept: application/json,*/*\r\n"
        f"Content-Type: {content_type}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\n"
        f"X-Slack-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return f"{head}{body}".encode()
