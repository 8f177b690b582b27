"""The bot as a child process: started, stopped, killed, and failing to start; the sandbox on the command
line.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import __main__ as command_line
from sandbox.bot_process import BotDidNotStartError, BotProcess, environment
from sandbox.harness import Harness, running_harness
from sandbox.running import Options
from sandbox.state import MessagePlace
from tests.sandbox.blocks import actions, button, modal, section
from tests.sandbox.conftest import MANIFEST, ORLA, SHARED

TINY = [sys.executable, "-m", "tests.sandbox.tiny_bot"]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    options = Options(manifest=MANIFEST, bot_command=TINY)
    async with running_harness(f"sqlite:///{tmp_path}/x.db", options=options) as running:
        yield running


async def told_process(harness: Harness) -> str:
    assert await harness.acts.run_command(ORLA, SHARED, "/tiny") is None
    return harness.visible_messages(ORLA, SHARED)[-1].text


async def test_the_bot_runs_on_its_environment_alone(harness: Harness) -> None:
    assert await told_process(harness) == f"I am process {harness.sandbox.bot.pid}."
    assert harness.sandbox.bot.status == "running"


async def test_a_killed_bot_comes_back_and_open_modals_are_still_there(harness: Harness) -> None:
    await harness.acts.run_command(ORLA, SHARED, "/tiny")
    trigger_id = harness.workspace.triggers.mint(ORLA)
    client = harness.client()
    await client.views_open(trigger_id=trigger_id, view=modal(section(), callback_id="form"))
    view = harness.open_view(ORLA)
    assert view is not None
    first = harness.sandbox.bot.pid
    await harness.kill_bot()
    assert harness.sandbox.bot.status == "killed"
    assert not await harness.sandbox.delivery.is_connected()
    failed = await harness.acts.run_command(ORLA, SHARED, "/tiny")
    assert failed is not None
    assert "failed with the error" in failed
    assert list(await harness.acts.submit(ORLA, view.id)) == [""]
    await harness.start_bot()
    assert harness.sandbox.bot.pid != first
    assert await harness.submit(ORLA) == {}
    assert harness.open_view(ORLA) is None


async def test_a_stopped_bot_is_stopped(harness: Harness) -> None:
    await harness.stop_bot()
    assert (harness.sandbox.bot.status, harness.sandbox.bot.pid) == ("stopped", None)
    await harness.stop_bot()
    await harness.sandbox.bot.restart()
    assert harness.sandbox.bot.status == "running"


async def test_the_harness_finds_what_a_person_sees(harness: Harness) -> None:
    client = harness.client()
    blocks = [actions(button(value="1"), button(value="2") | {"action_id": "other"}) | {"block_id": "b"}]
    answer = await client.chat_postMessage(channel=SHARED, text="t", blocks=blocks)
    spot = harness.find_button(ORLA, "Go", SHARED, value="2")
    assert spot is not None
    assert spot.place == MessagePlace(SHARED, answer["ts"])
    assert (spot.block_id, spot.action_id, spot.label) == ("b", "other", "Go")
    assert harness.find_button(ORLA, "Nowhere") is None
    assert await harness.click(ORLA, "Go", SHARED) is None
    assert [message.ts for message in harness.bot_messages(ORLA, SHARED)] == [answer["ts"]]
    with pytest.raises(AssertionError, match="Waited in vain for a thing"):
        await harness.until(lambda: None, "a thing", seconds=0.05)


async def test_a_bot_that_ends_shows_its_last_words() -> None:
    async def never() -> bool:
        return False

    script = "import sys; print('no token'); sys.exit(1)"
    bot = BotProcess([sys.executable, "-c", script], {}, never)
    with pytest.raises(BotDidNotStartError, match=r"ended with code 1(.|\n)*no token"):
        await bot.start()
    assert bot.status == "stopped"


def test_the_environment_has_no_proxies_and_no_other_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "real")
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    given = environment({"SLACK_BOT_TOKEN": "xoxb-sandbox"})
    assert given["SLACK_BOT_TOKEN"] == "xoxb-sandbox"
    assert "SLACK_CLIENT_ID" not in given
    assert "https_proxy" not in given
    assert given["PATH"] == os.environ["PATH"]


def test_a_port_in_use_is_named_with_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert command_line.main(["--port", str(port), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is in use" in said
    assert "python -m sandbox --port" in said


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def children_of(pid: int) -> list[int]:
    """The process ids of a process's children."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_starts_the_real_bot_and_ends_with_it(tmp_path: Path, by: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--data", str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            first = await process.stdout.readline()
            assert first.startswith(b"The sandbox is at http://127.0.0.1:")
            [bot_pid] = children_of(process.pid)
            process.send_signal(by)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    with pytest.raises(ProcessLookupError):
        os.kill(bot_pid, 0)
    assert {"sandbox.db", "commonground.db", "bot.log"} <= names_in(tmp_path)
