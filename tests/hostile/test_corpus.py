"""There is a recorded request for whatever the bot listens to, so that all of it is attacked."""

import pytest
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bench.fuzz.corpus import load_corpus, name_of
from bot.listening import ListeningApp
from bot.payloads import read_payload
from tests.hostile.conftest import Target

HOW = "record it: python -m pytest -p tests.hostile.recording TESTS_THAT_USE_IT"


def test_each_press_form_and_menu_has_a_request(target: Target) -> None:
    app = target.inside.app
    assert isinstance(app, ListeningApp)
    recorded = {name_of(body) for body in load_corpus()}
    assert sorted(set(map(" ".join, app.by_id.keys)) - recorded) == [], HOW


def test_each_command_shortcut_and_event_has_a_request(target: Target) -> None:
    requests = [AsyncBoltRequest(body=body, mode="socket_mode") for body in load_corpus()]
    for listener in target.inside.app._async_listeners:
        found = [
            target.runner.run(listener.async_matches(req=request, resp=BoltResponse(status=200)))
            for request in requests
        ]
        assert any(found), f"{listener.ack_function}: {HOW}"


@pytest.mark.parametrize("body", load_corpus(), ids=name_of)
def test_what_slack_sends_is_read(body: dict[str, object]) -> None:
    assert read_payload(body) == {name: value for name, value in body.items() if value is not None}
