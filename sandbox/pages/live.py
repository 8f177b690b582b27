"""Pushes the workspace's changes to one page, many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sandbox.state import Change
from sandbox.workspace import Workspace

_GATHER_SECONDS = 0.03

Refresh = Callable[[frozenset[Change]], None]


class LiveUpdates:
    """Gathers the changes that a person can see and hands them over together."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self._user_id = user_id
        self._refresh: Refresh = lambda changes: None
        self._waiting: set[Change] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._unsubscribe = workspace.subscribe(self._note)

    def start(self, refresh: Refresh) -> None:
        """Hand what changes from now on to `refresh`."""
        self._refresh = refresh

    def flush(self) -> None:
        """Hand over at once what has been gathered."""
        if self._timer:
            self._timer.cancel()
            self._hand_over()

    def close(self) -> None:
        """End the updates."""
        self._unsubscribe()
        if self._timer:
            self._timer.cancel()

    def _note(self, change: Change) -> None:
        if change.user_id not in (None, self._user_id):
            return
        self._waiting.add(change)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_GATHER_SECONDS, self._hand_over)

    def _hand_over(self) -> None:
        self._timer = None
        changes, self._waiting = frozenset(self._waiting), set()
        self._refresh(changes)
