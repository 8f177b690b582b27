"""What was once a fault of the server, and each way of sending something that Slack has not."""

import copy
import json
import logging
import time
from collections.abc import Mapping
from typing import Any

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bench.fuzz.corpus import Json, load_corpus, name_of
from bench.fuzz.mutations import FOREIGN
from bench.fuzz.requests import FORM, JSON, Attack, signed
from bench.fuzz.rows import damage
from bench.votes.presses import TEAM
from bot.payloads import MalformedError, read_payload
from bot.socket_mode import SocketModeEntry
from tests.hostile.conftest import Target

CORPUS = {name_of(body): body for body in load_corpus()}
VOTE = CORPUS["block_actions ranking.ballot.place"]
SECTION = CORPUS["view_submission case_studies.section.save"]
STEP = next(body for body in CORPUS.values() if "function_executed" in str(body.get("event")))
REQUEST_ID = "envelope-1"


def sent(body: Json | bytes, headers: Mapping[str, str] | None = None) -> Attack:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Attack(raw, {"content-type": JSON, **(signed(raw) if headers is None else headers)}, forged=False)


def changed(body: Json, path: str, value: object) -> Json:
    """The payload with something else at this place, such as "view.state"."""
    body = copy.deepcopy(body)
    *outer, last = path.split(".")
    holder: Any = body
    for name in outer:
        holder = holder[int(name)] if name.isdigit() else holder[name]
    holder[int(last) if last.isdigit() else last] = value
    return body


@pytest.mark.parametrize("timestamp", ["", "soon", "-1", "nan", "1e9", "9" * 400, "0"])
def test_a_timestamp_that_is_none_is_refused(target: Target, timestamp: str) -> None:
    headers = {**signed(b"{}"), "x-slack-request-timestamp": timestamp}
    assert target.send(sent(b"{}", headers)) == 401


@pytest.mark.parametrize("seconds", [-310, -(10**9), 330, 10**9])
def test_a_request_is_taken_for_five_minutes(target: Target, seconds: int) -> None:
    body = json.dumps(VOTE).encode()
    assert target.send(sent(body, signed(body, at=time.time() + seconds))) == 401


@pytest.mark.parametrize("name", CORPUS)
def test_another_workspace_changes_nothing(target: Target, name: str) -> None:
    # Only the target's own corpus leads to a Slack that answers; the refusal is sent there.
    (body,) = (body for body in target.inside.corpus if name_of(body) == name)
    before = target.inside.rows()
    foreign = json.loads(json.dumps(body).replace(TEAM, FOREIGN))
    assert target.send(sent(foreign)) == 200
    assert target.inside.rows() == before


@pytest.mark.parametrize(
    ("body", "path", "value"),
    [
        (VOTE, "user", None),
        (VOTE, "user.id", 7),
        (VOTE, "team", "T"),
        (VOTE, "team.id", ["T"]),
        (VOTE, "actions", []),
        (VOTE, "actions", {}),
        (VOTE, "actions.0", None),
        (VOTE, "actions.0.value", 7),
        (VOTE, "actions.0.value", "x" * 3001),
        (VOTE, "container", None),
        (VOTE, "trigger_id", None),
        (VOTE, "response_urls", None),
        (VOTE, "response_url", "file:///etc/passwd"),
        (VOTE, "authorizations", [None]),
        (SECTION, "view", None),
        (SECTION, "view.id", ""),
        (CORPUS["message_action case_studies.message.start"], "channel.id", "x" * 256),
        (CORPUS["message_action case_studies.message.start"], "message.thread_ts", "x"),
        (CORPUS["event_callback tokens_revoked"], "event.tokens", None),
        (SECTION, "view.blocks", [None]),
        (SECTION, "view.private_metadata", None),
        (SECTION, "view.private_metadata", "x" * 3001),
        (SECTION, "view.state", None),
        (SECTION, "view.state.values", []),
        (SECTION, "view.state.values", {"aims": {"aims": {"type": "plain_text_input", "value": 7}}}),
        (SECTION, "view.state.values", {"aims": {"aims": {"type": "checkboxes", "selected_options": [{}]}}}),
        (
            SECTION,
            "view.state.values",
            {"at": {"at": {"type": "datetimepicker", "selected_date_time": 2**63}}},
        ),
        (CORPUS["command /rank"], "text", 7),
        (CORPUS["command /rank"], "user_id", None),
        (CORPUS["command /rank"], "channel_id", "x" * 256),
        (STEP, "event.inputs", None),
        (STEP, "event.function_execution_id", ""),
        (CORPUS["event_callback message"], "event", None),
        (CORPUS["event_callback message"], "event.user", {"id": "U"}),
        (CORPUS["message_action case_studies.message.start"], "message.ts", "soon"),
    ],
)
def test_what_slack_cannot_have_sent_is_not_read(
    target: Target, body: Json, path: str, value: object
) -> None:
    with pytest.raises(MalformedError):
        read_payload(changed(body, path, value))
    assert target.send(sent(changed(body, path, value))) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 400_000,
        b'{"a":' * 150_000,
        b"payload=",
        b"\xff\xfe",
        b"%ff%00",
        b"\0",
    ],
    ids=lambda body: body[:8].decode("latin-1"),
)
def test_bytes_that_are_no_payload_are_no_fault_of_the_server(target: Target, body: bytes) -> None:
    for kind in (FORM, JSON):
        assert target.send(Attack(body, {"content-type": kind, **signed(body)}, forged=False)) < 500


@pytest.mark.parametrize(
    "value",
    [
        "",
        "|",
        "||||",
        "r-rank|x||1",
        "r-rank|-1||1",
        "r-rank|99999999999|s-1|1",
        "nothing",
        "\0|\0|\0|\0",
        "r-rank",
    ],
)
def test_a_value_that_we_did_not_write_is_refused_in_words(target: Target, value: str) -> None:
    before, began = target.inside.rows(), len(target.inside.faults)
    for body in target.inside.corpus:
        if body.get("type") == "block_actions":
            pressed = changed(changed(body, "actions.0.value", value), "user.id", "U0MALLORY")
            assert target.send(sent(pressed)) == 200
    assert target.inside.faults[began:] == []
    assert damage(before, target.inside.rows()) == []


def test_the_same_request_again_stores_a_vote_once(target: Target) -> None:
    vote = json.loads(json.dumps(VOTE))
    vote["user"] = {"id": "U0ANNA", "team_id": TEAM}
    vote["actions"][0]["value"] = "r-discard|2|s-1|1"
    request = sent(vote)
    assert target.send(request) == 200
    once = target.inside.rows()
    assert any(("user_id", "U0ANNA") in row and ("ranking_id", "r-discard") in row for row in once["answers"])
    for _ in range(3):
        assert target.send(request) == 200
    assert [_untimed(once["answers"]), once["stages"]] == [
        _untimed(target.inside.rows()["answers"]),
        target.inside.rows()["stages"],
    ]


def _untimed(rows: Any) -> set[tuple[object, ...]]:
    return {tuple(pair for pair in row if pair[0] != "answered_at") for row in rows}


class Connection:
    """Slack's side of Socket Mode: remembers what was acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []
        self.logger = logging.getLogger("connection")

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self.acknowledged.append(response.envelope_id)


def over_socket(target: Target, payload: Json) -> list[str]:
    """Send it as Slack does over a connection; returns what was acknowledged."""

    async def send() -> list[str]:
        connection = Connection()
        client: Any = connection
        entry = SocketModeEntry(target.inside.app, "xapp-test")
        try:
            await entry.handle(client, SocketModeRequest("interactive", REQUEST_ID, payload))
        finally:
            await entry.finish()
            await entry.close_async()
        return connection.acknowledged

    return target.runner.run(send())


def test_socket_mode_acknowledges_what_slack_sends(target: Target) -> None:
    assert over_socket(target, CORPUS["command /commonground"]) == [REQUEST_ID]


@pytest.mark.parametrize(
    "payload",
    [
        changed(VOTE, "user.id", 7),
        changed(VOTE, "actions", []),
        changed(SECTION, "view.state.values", []),
    ],
)
def test_socket_mode_leaves_alone_what_cannot_be_read(target: Target, payload: Json) -> None:
    before = target.inside.rows()
    assert over_socket(target, payload) == []
    assert target.inside.rows() == before


def test_half_a_character_over_socket_mode_is_no_fault(target: Target) -> None:
    began = len(target.inside.faults)
    asked = changed(CORPUS["command /strategies"], "text", "people \ud83d keep leaving\0")
    assert over_socket(target, asked) == [REQUEST_ID]
    assert target.inside.faults[began:] == []
