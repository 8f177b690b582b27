"""Slack's requests over HTTP: signed ones are answered, all others change nothing and get no 5xx."""

import json
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.incoming import LARGEST_BODY
from bot.server import create_http
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Slack

FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode(
    {
        "command": "/commonground",
        "text": "",
        "user_id": ANNA.id,
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "trigger_id": "t",
        "response_url": "http://127.0.0.1:1/response",
    }
)


@pytest.fixture
async def http(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_http(bot.app, "secret"))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
        yield client


def signed(body: str, *, secret: str = "secret", at: float | None = None, kind: str = FORM) -> dict[str, str]:
    """The headers that Slack sends with this body."""
    timestamp = str(int(at if at is not None else time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    assert signature is not None
    return {"content-type": kind, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature}


async def post(http: httpx.AsyncClient, body: str, headers: dict[str, str]) -> httpx.Response:
    return await http.post("/slack/events", content=body.encode(), headers=headers)


async def test_a_signed_command_is_answered(http: httpx.AsyncClient) -> None:
    answer = await post(http, COMMAND, signed(COMMAND))
    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert "/strategies" in answer.json()["text"]


async def test_a_form_is_read_whatever_its_letters(http: httpx.AsyncClient, slack: Slack) -> None:
    words = "Größe + 100% & more=less; 😀 “quoted”"
    pressed = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": ANNA.id, "team_id": TEAM},
        "response_url": slack.response_url(),
        "trigger_id": "t",
        "container": {"type": "message"},
        "actions": [{"type": "button", "block_id": words, "action_id": "none.such.button"}],
    }
    body = urlencode({"payload": json.dumps(pressed, ensure_ascii=False), "": "", "rest": words})
    assert (await post(http, body, signed(body))).status_code == 200
    assert "older version" in slack.last("response_url")["text"]


async def test_slacks_question_about_the_address_is_answered(http: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})
    answer = await post(http, body, signed(body, kind="application/json"))
    assert answer.json() == {"challenge": "abc"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-signature": "v0=1", "x-slack-request-timestamp": str(int(time.time()))},
        signed(COMMAND, secret="another"),
        signed(COMMAND, at=0),
        {**signed(COMMAND), "x-slack-request-timestamp": "soon"},
    ],
    ids=["unsigned", "made up", "another secret", "stale", "no number"],
)
async def test_a_request_that_slack_did_not_sign_is_refused(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await post(http, COMMAND, {"content-type": FORM, **headers})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "{}",
        "[]",
        "null",
        "payload=%7B",
        "payload=1",
        "payload=%5B%5D",
        f"payload={'[' * 100_000}",
        '{"a":' * 100_000,
        "payload=",
        "\ud83d".encode("utf-8", "replace").decode(),
    ],
)
async def test_a_signed_request_that_makes_no_sense_is_no_fault_of_the_server(
    http: httpx.AsyncClient, body: str
) -> None:
    for kind in (FORM, "application/json"):
        answer = await post(http, body, signed(body, kind=kind))
        assert answer.status_code < 500


async def test_a_signature_that_is_not_in_ascii_is_refused(http: httpx.AsyncClient) -> None:
    headers = {b"x-slack-request-timestamp": b"%d" % time.time(), b"x-slack-signature": "v0=é".encode()}
    assert (await http.post("/slack/events", content=COMMAND.encode(), headers=headers)).status_code == 401


async def test_bytes_that_are_no_text_are_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/slack/events", content=b"\xff\xfe", headers={"content-type": FORM})
    assert answer.status_code == 401


async def test_a_giant_request_is_refused_before_it_is_read(http: httpx.AsyncClient) -> None:
    body = "x" * (LARGEST_BODY + 1)
    assert (await post(http, body, signed(body))).status_code == 413


async def test_a_giant_request_without_a_length_is_refused_too(http: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 100_000 + 1):
            yield b"x" * 100_000

    answer = await http.post("/slack/events", content=pieces(), headers={"content-type": FORM})
    assert answer.status_code == 413


async def test_other_addresses_are_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/")).status_code == 404
    assert (await http.get("/metrics")).status_code == 404
    assert (await http.get("/slack/events")).status_code == 405
