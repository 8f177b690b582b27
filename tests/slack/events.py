"""Events as Slack sends them."""

from typing import Any

from tests.slack.people import ANNA, BOT_USER, CHANNEL, DIRECT_MESSAGE, Json, User, numbers


def message_event(
    text: str, user: User = ANNA, channel: str = DIRECT_MESSAGE, ts: str | None = None, **more: Any
) -> Json:
    """Somebody writes to the bot in a direct message."""
    return {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": user.id,
        "team": user.team_id,
        "text": text,
        "ts": ts or f"1700000003.{next(numbers):06}",
        **more,
    }


def mention_event(
    text: str, user: User = ANNA, channel: str = CHANNEL, ts: str | None = None, **more: Any
) -> Json:
    """Somebody mentions the bot in a channel; `text` without the mention."""
    return {
        "type": "app_mention",
        "channel": channel,
        "user": user.id,
        "team": user.team_id,
        "text": f"<@{BOT_USER}> {text}",
        "ts": ts or f"1700000003.{next(numbers):06}",
        **more,
    }


def step_event(callback_id: str, inputs: Json, execution_id: str | None = None) -> Json:
    """A workflow comes to a step of ours."""
    return {
        "type": "function_executed",
        "function": {"id": "Fn0STEP", "callback_id": callback_id, "type": "app", "app_id": "A0APP"},
        "inputs": inputs,
        "function_execution_id": execution_id or f"Fx{next(numbers)}",
        "workflow_execution_id": f"Wx{next(numbers)}",
        "event_ts": f"1700000003.{next(numbers):06}",
        "bot_access_token": "xwfp-test",
    }
