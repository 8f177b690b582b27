"""The facilitator at the menu, at a time that stands still."""

from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun import freeze_time

from tests.bot.ranking.running import Run, said

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


def told(run: Run) -> str:
    """What the last refusal or notice said, wherever it was shown."""
    calls = [
        call
        for call in run.slack.calls
        if call.method in ("views.open", "views.push", "response_url", "answer")
    ]
    arguments = calls[-1].arguments
    return said((arguments.get("view") or arguments)["blocks"])
