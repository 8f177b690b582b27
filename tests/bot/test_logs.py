"""What goes into the log."""

import logging
import subprocess
import sys

import pytest

from bot.logs import NamelessFormatter

SCRIPT = """
import logging
from bot.logs import start_logging

start_logging({level!r})
for name in ("bot.ranking.service", "bolt", "slack_bolt.App", "slack_sdk.web.async_client", "uvicorn"):
    for told in (logging.DEBUG, logging.INFO, logging.WARNING):
        logging.getLogger(name).log(told, "%s at %s", name, logging.getLevelName(told))
"""


def lines_at(level: str) -> set[tuple[str, str]]:
    """The names and levels of what is written, each library's as well as ours."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(level=level)], capture_output=True, text=True, check=True
    )
    found = set()
    for line in done.stderr.splitlines():
        name, _, told = line.partition(": ")[2].partition(" at ")
        found.add((name, told))
    return found


def test_at_debug_no_library_writes_the_requests_that_say_who_pressed_what() -> None:
    lines = lines_at("DEBUG")
    assert ("bot.ranking.service", "DEBUG") in lines
    assert {name for name, told in lines if told == "DEBUG"} == {"bot.ranking.service"}
    assert ("slack_bolt.App", "INFO") in lines


@pytest.mark.parametrize(("level", "told"), [("INFO", {"INFO", "WARNING"}), ("WARNING", {"WARNING"})])
def test_any_other_level_holds_for_all(level: str, told: set[str]) -> None:
    lines = lines_at(level)
    assert {name for name, _told in lines} >= {"bot.ranking.service", "bolt", "uvicorn"}
    assert {level for _name, level in lines} == told


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Message home:T0HOME:U0ANNA was refused", "Message home:T0HOME:U… was refused"),
        (
            "Work remind:r1:2:1700000000:T0AWAY:W012AB34 failed",
            "Work remind:r1:2:1700000000:T0AWAY:W… failed",
        ),
        ("Channel D0ANNA12: not_found, trying again", "Channel D…: not_found, trying again"),
        ("WARNING of UTF8 at C0PARTNERS", "WARNING of UTF8 at C0PARTNERS"),
    ],
)
def test_no_line_says_who_it_is_about(message: str, line: str) -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "%s", (message,), None)
    assert NamelessFormatter().format(record) == line


def test_nothing_from_outside_looks_like_a_line_of_the_log() -> None:
    forged = "not_found\n2026-03-02 09:30:00 ERROR bot: all is lost\r\x1b[2Kgone\u2028and more"
    record = logging.LogRecord("bot", logging.INFO, "", 0, "Slack refused: %s", (forged,), None)
    first, *others = NamelessFormatter("%(levelname)s %(message)s").format(record).splitlines()
    assert first == "INFO Slack refused: not_found"
    assert others == ["    2026-03-02 09:30:00 ERROR bot: all is lost??[2Kgone?and more"]
