"""A plugin that records what Slack would send to each listener, from the tests of the bot:

python -m pytest -p tests.hostile.recording tests/bot/strategies tests/bot/ranking tests/bot/case_studies
"""

from collections.abc import Mapping

import pytest
from slack_bolt.response import BoltResponse

from bench.fuzz.corpus import CORPUS, load_recorded, save_corpus
from tests.slack import Bot, Json

_recorded: list[Json] = load_recorded() if CORPUS.exists() else []
_send = Bot.send


async def _send_and_record(
    self: Bot, body: Json, headers: Mapping[str, list[str]] | None = None
) -> BoltResponse:
    _recorded.append(body)
    return await _send(self, body, headers)


def pytest_configure() -> None:
    """Stand between the tests' people and the bot."""
    Bot.send = _send_and_record  # type: ignore[method-assign]  # that is what is recorded


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was recorded, beside what was known."""
    save_corpus(_recorded)
