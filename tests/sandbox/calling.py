"""Calls to the stand-in for Slack."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.blocks import Json
from tests.sandbox.conftest import SHARED, Engine


async def refused(call: Awaitable[Any]) -> Json:
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: Json = caught.value.response.data
    return answer


async def own_message(engine: Engine, channel: str = SHARED, **more: Any) -> str:
    answer = await engine.client.chat_postMessage(channel=channel, text="Ours", **more)
    return str(answer["ts"])
