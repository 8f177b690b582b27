"""What is counted of requests: each once, under names of ours alone."""

import json
from urllib.parse import quote_plus, urlencode

import httpx
import pytest
from prometheus_client import REGISTRY

from bot.delivery.open_views import OpenViews
from bot.outside.figures import watch_forms
from bot.outside.incoming import KINDS
from tests.bot.test_server import COMMAND, post, signed
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Bot, Json, Slack

REQUESTS = "commonground_requests_total"
ANSWERS = "commonground_answer_seconds_count"


def figure(name: str, **labels: str) -> float:
    """The figure so far, 0 when there is none."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def press(action_id: str, *, team: str = TEAM) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": team},
        "user": {"id": ANNA.id, "team_id": team},
        "trigger_id": "t",
        "response_url": "http://127.0.0.1:1/",
        "container": {"type": "message"},
        "actions": [{"type": "button", "block_id": "b", "action_id": action_id, "value": "x"}],
    }


def in_form(payload: Json) -> str:
    return urlencode({"payload": json.dumps(payload)})


@pytest.mark.parametrize(
    ("body", "kind", "result"),
    [
        (COMMAND, "command", "answered"),
        (in_form(press("none.such.button")), "block_actions", "outdated"),
        (in_form(press("ranking.board.discard")), "block_actions", "outdated"),
        (in_form(press("x", team="T0NOWHERE")), "block_actions", "not installed"),
        ('{"type": "url_verification", "challenge": "abc"}', "url_verification", "answered"),
    ],
)
async def test_each_request_is_counted_by_kind_and_by_what_became_of_it(
    http: httpx.AsyncClient, slack: Slack, body: str, kind: str, result: str
) -> None:
    body = body.replace(quote_plus("http://127.0.0.1:1/"), quote_plus(slack.response_url()))
    before = figure(REQUESTS, kind=kind, result=result), figure(ANSWERS, kind=kind)
    assert (await post(http, body, signed(body))).status_code == 200
    after = figure(REQUESTS, kind=kind, result=result), figure(ANSWERS, kind=kind)
    assert after == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("body", "is_signed", "result"),
    [
        (COMMAND, False, "not signed"),
        ("{", True, "unreadable"),
        ("x" * 1_000_001, False, "too large"),
    ],
)
async def test_what_is_refused_unread_is_counted_too(
    http: httpx.AsyncClient, body: str, is_signed: bool, result: str
) -> None:
    before = figure(REQUESTS, kind="unread", result=result)
    await post(http, body, signed(body) if is_signed else {})
    assert figure(REQUESTS, kind="unread", result=result) == before + 1


async def test_a_refusal_in_words_is_no_failure(http: httpx.AsyncClient, slack: Slack) -> None:
    slack.users[ANNA.id] = {"is_restricted": True}
    body = COMMAND.replace("%2Fcommonground", "%2Frank")
    refused = figure(REQUESTS, kind="command", result="refused")
    failed = figure(REQUESTS, kind="command", result="failed")
    assert (await post(http, body, signed(body))).status_code == 200
    assert figure(REQUESTS, kind="command", result="refused") == refused + 1
    assert figure(REQUESTS, kind="command", result="failed") == failed


async def test_no_label_is_anything_that_was_sent(http: httpx.AsyncClient) -> None:
    made_up = ["zebra.one.press", "zebra.two.press", "zebra three"]
    bodies = [in_form(press(name)) for name in made_up]
    bodies += [in_form({**press("x"), "type": name}) for name in made_up]
    bodies += [in_form({**press("x"), "team": {"id": "T0ZEBRA1"}, "user": {"id": "U0ZEBRA1"}})]
    bodies += [COMMAND.replace("%2Fcommonground", "%2Fzebra"), COMMAND.replace("text=", "text=zebra")]
    for body in bodies:
        await post(http, body, signed(body))
    shown = (await http.get("/metrics")).text.lower()
    assert "commonground_requests_total" in shown
    assert not [word for word in ("zebra", TEAM, ANNA.id, CHANNEL) if word.lower() in shown]


async def test_labels_have_few_values_whatever_comes(http: httpx.AsyncClient) -> None:
    kinds = {
        sample.labels["kind"]
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == REQUESTS
    }
    assert kinds <= KINDS | {"command", "other", "unread"}


async def test_the_figures_say_what_the_rows_and_the_forms_say(http: httpx.AsyncClient, bot: Bot) -> None:
    views = OpenViews()
    watch_forms(views.waiting)
    await bot.command("/commonground", user=BEN)
    answer = await http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert "commonground_store_writable 1.0" in lines
    assert "commonground_messages_waiting 0.0" in lines
    assert "commonground_oldest_message_seconds 0.0" in lines
    assert "commonground_oldest_work_seconds 0.0" in lines
    assert "commonground_open_forms_waiting 0.0" in lines
