"""The store gives up before Slack does, so that people read our words and not Slack's."""

from storage import postgres
from storage.sqlite_connection import PRESS_SECONDS

SLACKS_PATIENCE = 3.0


def test_a_press_is_refused_while_slack_still_waits() -> None:
    # A press may have queued behind one that waited as long.
    assert 2 * PRESS_SECONDS < SLACKS_PATIENCE
    assert max(postgres._WAIT_SECONDS, postgres._LOCK_SECONDS) < SLACKS_PATIENCE
