"""A modal that somebody has open follows what they press: the last state, within Slack's tier."""

import asyncio
import logging
from collections.abc import Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import open_views
from bot.delivery.budget import TIERS, Tier
from bot.delivery.open_views import OpenViews, Render
from bot.errors import UserError
from tests.slack import TEAM, Slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token="xoxb-test", base_url=slack.api_url)


def showing(title: str) -> Render:
    async def render() -> dict[str, object]:
        return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": []}

    return render


def shown(slack: Slack) -> list[tuple[str, str]]:
    return [(each["view_id"], each["view"]["title"]["text"]) for each in slack.called("views.update")]


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


async def test_of_many_presses_in_one_modal_the_last_is_shown(slack: Slack, client: AsyncWebClient) -> None:
    views = OpenViews()
    for number in range(1, 21):
        views.follow(TEAM, "V1", client, showing(f"State {number}"))
    await until(lambda: ("V1", "State 20") in shown(slack))
    assert shown(slack)[-1] == ("V1", "State 20")
    assert len(shown(slack)) < 4


async def test_what_is_shown_at_once_is_not_taken_away_by_what_was_to_follow(
    slack: Slack, client: AsyncWebClient
) -> None:
    views, gate = OpenViews(), asyncio.Event()

    async def slow() -> dict[str, object]:
        await gate.wait()
        return await showing("Before")()

    views.follow(TEAM, "V1", client, slow)
    await asyncio.sleep(0)
    views.follow(TEAM, "V1", client, showing("Never"))
    overtaking = asyncio.create_task(views.overtake(TEAM, "V1"))
    await asyncio.sleep(0)
    assert not overtaking.done()
    gate.set()
    await overtaking
    assert shown(slack) == [("V1", "Before")]
    assert views.waiting() == 0


async def test_a_press_while_the_modal_is_being_sent_is_shown_after_it(
    slack: Slack, client: AsyncWebClient
) -> None:
    views, gate = OpenViews(), asyncio.Event()

    async def slow() -> dict[str, object]:
        await gate.wait()
        return await showing("First")()

    views.follow(TEAM, "V1", client, slow)
    views.follow(TEAM, "V2", client, showing("Other"))
    await until(lambda: bool(shown(slack)))
    views.follow(TEAM, "V1", client, showing("Second"))
    gate.set()
    await until(lambda: len(shown(slack)) == 3)
    assert shown(slack) == [("V2", "Other"), ("V1", "First"), ("V1", "Second")]


async def test_a_workspace_gets_no_more_calls_than_its_tier_and_who_waits_longest_first(
    slack: Slack, client: AsyncWebClient
) -> None:
    at_once = int(TIERS["views.update"].capacity)
    views = OpenViews()
    for number in range(at_once + 50):
        views.follow(TEAM, f"V{number}", client, showing("Mine"))
    await until(lambda: len(shown(slack)) == at_once)
    views.follow("T0OTHER", "V0OTHER", client, showing("Elsewhere"))
    await until(lambda: len(shown(slack)) > at_once)
    sent = [view_id for view_id, _ in shown(slack)]
    assert set(sent[:at_once]) == {f"V{number}" for number in range(at_once)}
    assert sent[at_once:] == ["V0OTHER"]


async def test_what_was_too_much_at_once_comes_bit_by_bit(
    slack: Slack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TIERS, "views.update", Tier(600, burst=0.01, flow=0.9))
    views = OpenViews()
    for number in range(12):
        views.follow(TEAM, f"V{number}", client, showing("Mine"))
    await until(lambda: len(shown(slack)) == 12)


async def test_the_longest_wait_is_given_up_when_too_many_wait(
    slack: Slack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_views, "WAITING", 3)
    views = OpenViews()
    for number in range(5):
        views.follow(TEAM, f"V{number}", client, showing("Mine"))
    await until(lambda: len(shown(slack)) == 3)
    assert {view_id for view_id, _ in shown(slack)} == {"V2", "V3", "V4"}


async def test_what_slack_refuses_for_now_is_tried_again(
    slack: Slack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_views, "TRY_AGAIN_AFTER", 0.01)
    slack.refuse["views.update"] = "ratelimited"
    views = OpenViews()
    views.follow(TEAM, "V1", client, showing("Mine"))
    await until(lambda: len(shown(slack)) == 1)
    del slack.refuse["views.update"]
    await until(lambda: len(shown(slack)) == 2)


@pytest.mark.parametrize("refusal", ["not_found", "ratelimited"])
async def test_a_modal_that_cannot_be_updated_is_left(
    slack: Slack,
    client: AsyncWebClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    refusal: str,
) -> None:
    monkeypatch.setattr(open_views, "TRY_AGAIN_AFTER", 0.01)
    slack.refuse["views.update"] = refusal
    views = OpenViews()
    with caplog.at_level(logging.INFO, "bot"):
        views.follow(TEAM, "V1", client, showing("Mine"))
        await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == open_views.TASK])
    assert len(shown(slack)) == (1 if refusal == "not_found" else open_views.TRIES)
    assert not [record for record in caplog.records if record.levelno > logging.WARNING]


async def test_what_can_no_longer_be_shown_is_left_and_others_follow(
    slack: Slack, client: AsyncWebClient
) -> None:
    async def refuse() -> dict[str, object]:
        raise UserError("This stage has ended.")

    views = OpenViews()
    views.follow(TEAM, "V1", client, showing("Mine"))
    views.follow(TEAM, "V2", client, refuse)
    await until(lambda: bool(shown(slack)))
    assert shown(slack) == [("V1", "Mine")]
