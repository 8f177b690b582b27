"""Modals opened, looked at and filled in."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.state import View, ViewPlace
from tests.sandbox.blocks import Json, asked, modal, plain, text_input
from tests.sandbox.conftest import ORLA, SHARED, Engine


def form(*blocks: Json, **more: Any) -> Json:
    return modal(*blocks, callback_id="form", **more)


def question(block_id: str = "name", **more: Any) -> Json:
    return asked(text_input(**more), block_id=block_id)


async def trigger(engine: Engine) -> str:
    """A fresh trigger id, from a command."""
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    return str(engine.bot.last("command")["trigger_id"])


async def opened(engine: Engine, content: Json) -> View:
    await engine.client.views_open(trigger_id=await trigger(engine), view=content)
    return visible(engine)


def visible(engine: Engine) -> View:
    view = engine.workspace.open_modal(ORLA)
    assert view is not None
    return view


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def fill(engine: Engine, view: View, block_id: str, action_id: str, value: Any) -> None:
    assert await engine.acts.set_input(ORLA, ViewPlace(view.id), block_id, action_id, value) is None


def a_button() -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", "value": "v"}


def ids_of(view: View) -> tuple[str, str]:
    return view.blocks[0]["block_id"], "go"
