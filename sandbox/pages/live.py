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

    def __init__(self, workspace: Workspace, user_id: str, refresh: Refresh) -> None:
        self._user_id = user_id
        self._refresh = refresh
        self._waiting: set[Change] = set()
        self._flush: asyncio.TimerHandle | None = None
        self._unsubscribe = workspace.subscribe(self._note)

    def close(self) -> None:
        """End the updates."""
        self._unsubscribe()
        if self._flush:
            self._flush.cancel()

    def _note(self, change: Change) -> None:
        if change.user_id not in (None, self._user_id):
            return
        self._waiting.add(change)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(_GATHER_SECONDS, self._hand_over)

    def _hand_over(self) -> None:
        self._flush = None
        changes, self._waiting = frozenset(self._waiting), set()
        self._refresh(changes)
