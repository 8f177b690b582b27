"""Log lines as people and as machines read them: what a line is about, and nothing that anybody wrote."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import asyncio, logging, time, warnings
from bot.logs import log_unhandled, start_logging
from bot.outside.incoming import Incoming, note_listener, note_workspace

start_logging("DEBUG", {log_format!r})
log = logging.getLogger("bot.somewhere")
with Incoming({{"command": "/rank", "text": "what Anna typed"}}, time.perf_counter()):
    note_listener("/rank")
    note_workspace("T0HOME")
    log.error("Reference %s", "1234abcd", extra={{"reference": "1234abcd"}})
    try:
        try:
            raise KeyError("what Anna typed")
        except KeyError as error:
            raise ValueError("what U0ANNA typed") from error
    except ValueError as error:
        log.exception("It failed: %s", error)
with Incoming({{"type": "Anna's own"}}, time.perf_counter() - {slow}):
    pass
warnings.warn("old way")

async def forget():
    asyncio.get_running_loop().set_exception_handler(log_unhandled)
    asyncio.create_task(fail())
    await asyncio.sleep(0)

async def fail():
    raise ValueError("what Anna typed")

asyncio.run(forget())
"""


def written(log_format: str, slow: float = 0.0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(log_format=log_format, slow=slow)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stdout
    return done.stderr


def test_json_is_one_object_a_line_with_what_it_is_about() -> None:
    lines = [json.loads(line) for line in written("json").splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    told = [line for line in lines if line["logger"] == "bot.somewhere"]
    assert [line["level"] for line in told] == ["ERROR", "ERROR"]
    assert told[0]["reference"] == "1234abcd"
    assert all((line["workspace"], line["listener"]) == ("T0HOME", "/rank") for line in told)
    answered, other = (line for line in lines if line["logger"] == "bot.outside.incoming")
    assert (answered["level"], answered["listener"], answered["result"]) == ("DEBUG", "/rank", "answered")
    assert answered["seconds"] > 0
    assert "listener" not in other
    assert any(line["logger"] == "py.warnings" for line in lines)


@pytest.mark.parametrize("log_format", ["plain", "json"])
def test_of_an_exception_there_is_its_type_and_the_place_and_never_what_it_says(log_format: str) -> None:
    text = written(log_format)
    assert "KeyError" in text
    assert text.count("ValueError") >= 2
    assert "<string>" in text
    assert "Anna" not in text
    assert "U0ANNA" not in text


def test_a_request_that_took_long_is_a_warning() -> None:
    lines = [json.loads(line) for line in written("json", slow=2.5).splitlines()]
    (slow,) = (line for line in lines if line["level"] == "WARNING" and "seconds" in line)
    assert slow["seconds"] > 2
    assert slow["message"].startswith("Request other of no listener: answered in 2.")
