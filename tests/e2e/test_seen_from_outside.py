"""The bot as a process, seen by a balancer and by Prometheus: both ways of running, on both engines."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.bot_process import BotDidNotStartError
from sandbox.harness import running_harness
from tests.databases import postgres_database
from tests.e2e.ranking import CHANNEL, ORLA

SAMPLE = re.compile(r'^[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? ([0-9.e+-]+|NaN)$')


@pytest.fixture
def metrics_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/commonground.db"
    else:
        with postgres_database() as address:
            yield address


async def figures(port: int) -> dict[str, float]:
    """Every sample by its name with its labels."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert not [line for line in samples if not SAMPLE.match(line)]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in samples)}


async def statuses(port: int, *paths: str) -> list[int]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        return [(await client.get(path)).status_code for path in paths]


@pytest.mark.parametrize("is_http", [False, True], ids=["socket mode", "signed requests"])
async def test_figures_are_served_at_an_address_of_their_own_until_the_end(
    database_url: str, metrics_port: int, is_http: bool
) -> None:
    settings = {"METRICS_ADDRESS": f"127.0.0.1:{metrics_port}", "LOG_FORMAT": "json"}
    async with running_harness(database_url, is_http=is_http, bot_settings=settings) as harness:
        await harness.acts.run_command(ORLA, CHANNEL, "/rank")
        await harness.until(lambda: harness.open_view(ORLA), "the form")
        found = await figures(metrics_port)
        assert found['commonground_requests_total{kind="command",result="answered"}'] == 1
        assert found['commonground_answer_seconds_count{kind="command"}'] == 1
        assert found['commonground_slack_calls_total{method="views.open",result="ok"}'] == 1
        assert found["commonground_commit_writes_count"] >= 1
        assert found["commonground_commit_seconds_count"] == found["commonground_commit_writes_count"]
        assert found["commonground_store_writable"] == 1
        assert found["commonground_slack_reachable"] == 1
        assert found["commonground_oldest_work_seconds"] < 60
        assert found["process_resident_memory_bytes"] > 0
        assert await statuses(metrics_port, "/live", "/health", "/slack/events") == [200, 200, 404]
        if is_http:
            port = harness.sandbox.bot_port
            assert await statuses(port, "/live", "/health", "/metrics") == [200, 200, 404]
        await harness.stop_bot()
        lines = [json.loads(line) for line in harness.bot_log.splitlines()]
        assert lines[-1]["message"] == "Stopped."
        with pytest.raises(httpx.ConnectError):
            await figures(metrics_port)


async def test_an_address_that_another_process_has_is_named(tmp_path: Path, metrics_port: int) -> None:
    settings = {"METRICS_ADDRESS": f"127.0.0.1:{metrics_port}"}
    url = f"sqlite:///{tmp_path}/commonground.db"
    with socket.create_server(("127.0.0.1", metrics_port)):
        async with running_harness(url, bot_settings=settings, with_bot=False) as harness:
            with pytest.raises(BotDidNotStartError, match="METRICS_ADDRESS cannot be used"):
                await harness.start_bot()
