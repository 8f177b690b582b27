"""Workspaces in which nothing can be sent until the app is installed there again."""

import asyncio
import logging

log = logging.getLogger(__name__)

ASK_EVERY = 30.0
"""Seconds between two looks whether the installation has changed."""


class Halts:
    """Remembers each workspace with the token that Slack refused; None when there was none."""

    def __init__(self) -> None:
        self._halted: dict[str, tuple[str | None, float]] = {}

    def halt(self, workspace_id: str, token: str | None, reason: str) -> None:
        """Send nothing there for now; said once for each token."""
        known = self._halted.get(workspace_id)
        self._halted[workspace_id] = token, asyncio.get_running_loop().time() + ASK_EVERY
        if known is None or known[0] != token:
            log.error("Messages of %s wait until the app is installed there again: %s", workspace_id, reason)

    def is_halted(self, workspace_id: str) -> bool:
        """False as well when it is time to look whether there is another token."""
        halted = self._halted.get(workspace_id)
        return halted is not None and asyncio.get_running_loop().time() < halted[1]

    def refuses(self, workspace_id: str, token: str | None) -> bool:
        """Whether this is the token that Slack refused; a new one ends the halt."""
        halted = self._halted.get(workspace_id)
        if halted is not None and halted[0] != token:
            del self._halted[workspace_id]
            return False
        return halted is not None
