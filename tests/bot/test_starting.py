"""Starting: what Slack refuses is named, and nothing is left running."""

import asyncio
import dataclasses
from copy import deepcopy
from pathlib import Path

import pytest

from bot.outside.server import listen_at
from bot.server import StartError, run_http, run_socket_mode, running_bot
from bot.settings import Settings
from tests.slack import Slack


@pytest.fixture
def ready(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with which the bot could start."""
    return dataclasses.replace(
        settings, app_token="xapp-test", database_url=f"sqlite:///{tmp_path}/commonground.db"
    )


@pytest.mark.parametrize("reason", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_bot_token_that_slack_refuses_is_named(slack: Slack, ready: Settings, reason: str) -> None:
    slack.refuse["auth.test"] = reason
    with pytest.raises(StartError, match=rf"SLACK_BOT_TOKEN \({reason}\)"):
        async with running_bot(ready):
            pytest.fail("it must not start")


async def test_an_app_token_that_slack_refuses_is_named(slack: Slack, ready: Settings) -> None:
    slack.refuse["apps.connections.open"] = "invalid_auth"
    with pytest.raises(StartError, match=r"SLACK_APP_TOKEN \(invalid_auth\)"):
        await run_socket_mode(ready)


async def test_a_slack_that_does_not_answer_is_said_in_words(ready: Settings) -> None:
    gone = dataclasses.replace(ready, slack_api_url="http://127.0.0.1:9/api/")
    with pytest.raises(StartError, match="cannot be reached"):
        async with running_bot(gone):
            pytest.fail("it must not start")


@pytest.mark.parametrize("variable", ["PORT", "METRICS_ADDRESS"])
async def test_an_address_that_is_in_use_is_named(ready: Settings, variable: str) -> None:
    with listen_at(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        both = {"PORT": ready.port, "METRICS_ADDRESS": None, variable: port}
        metrics = ("127.0.0.1", port) if both["METRICS_ADDRESS"] else None
        there = dataclasses.replace(ready, host="127.0.0.1", port=both["PORT"], metrics_address=metrics)
        with pytest.raises(StartError, match=rf"{variable} cannot be used \(Address already in use\)"):
            await run_http(there)


async def test_stopping_ends_every_task_that_was_begun(ready: Settings) -> None:
    before = asyncio.all_tasks()
    async with running_bot(ready):
        assert len(asyncio.all_tasks()) > len(before)
    assert asyncio.all_tasks() == before


async def test_calls_of_slack_share_connections(slack: Slack, ready: Settings) -> None:
    async with running_bot(ready) as bot:
        for _ in range(3):
            await bot.app.client.api_test()
    assert len(slack.called("auth.test") + slack.called("api.test")) >= 4
    assert len(slack.connections) == 1


async def test_what_goes_on_after_an_answer_shares_them_too(slack: Slack, ready: Settings) -> None:
    async with running_bot(ready) as bot:
        await deepcopy(bot.app.client).api_test()
    assert len(slack.connections) == 1
