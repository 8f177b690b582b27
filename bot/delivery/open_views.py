"""Modals that people have open follow what they press.

A press is answered as soon as it is stored; the modal comes after, rendered from what the store
has then. Of several presses in one modal only the last is shown. When there are more modals than
Slack takes calls, whoever waits longest comes first.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.budget import TIERS, Bucket
from bot.delivery.replies import is_temporary, reason_of, retry_after
from bot.errors import UserError

log = logging.getLogger(__name__)

Render: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]

TASK = "open-views"
"""The name of the tasks that are at work while there is something to show."""
AT_ONCE = 4
WAITING = 1_000
"""Modals of a workspace that may wait; beyond that the one that has waited longest is left as it is."""
TRIES = 3
TRY_AGAIN_AFTER = 2.0
"""Seconds, when Slack does not say how long."""


@dataclass(frozen=True, slots=True)
class _Change:
    client: AsyncWebClient
    render: Render
    tries_left: int = TRIES


class OpenViews:
    """Open modals of any workspace."""

    def __init__(self) -> None:
        self._workspaces: dict[str, _Workspace] = defaultdict(_Workspace)

    def follow(self, workspace_id: str, view_id: str, client: AsyncWebClient, render: Render) -> None:
        """Show in this modal, soon, what `render` gives then; nothing if that is a UserError."""
        self._workspaces[workspace_id].add(view_id, _Change(client, render))

    async def overtake(self, workspace_id: str, view_id: str) -> None:
        """Return when nothing that was to follow can come in the way of what is shown in this modal next."""
        await self._workspaces[workspace_id].drop(view_id)

    def waiting(self) -> int:
        """How many modals do not yet show what was pressed in them."""
        return sum(workspace.waiting for workspace in self._workspaces.values())


class _Workspace:
    def __init__(self) -> None:
        self._waiting: dict[str, _Change] = {}
        self._sending: dict[str, asyncio.Event] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._bucket = Bucket(TIERS["views.update"])

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def add(self, view_id: str, change: _Change) -> None:
        self._waiting[view_id] = change
        if len(self._waiting) > WAITING:
            del self._waiting[next(iter(self._waiting))]
        if len(self._working) < AT_ONCE:
            # Of no request: one task shows what many have pressed, and the log must not name one for all.
            task = asyncio.create_task(self._work(), name=TASK, context=Context())
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def drop(self, view_id: str) -> None:
        self._waiting.pop(view_id, None)
        if sent := self._sending.get(view_id):
            await sent.wait()

    async def _work(self) -> None:
        while (view_id := self._next()) is not None:
            if not self._bucket.take(_now()):
                await asyncio.sleep(self._bucket.wait(_now()))
                continue
            self._sending[view_id] = sent = asyncio.Event()
            try:
                await self._send(view_id, self._waiting.pop(view_id))
            finally:
                del self._sending[view_id]
                sent.set()

    def _next(self) -> str | None:
        """The modal that waits longest; one that is being sent comes again when that is done."""
        return next((each for each in self._waiting if each not in self._sending), None)

    async def _send(self, view_id: str, change: _Change) -> None:
        try:
            await change.client.views_update(view_id=view_id, view=await change.render())
        except UserError as refusal:  # the next press says so
            log.debug("A modal is left as it is: %s", type(refusal).__name__)
        except SlackApiError as error:
            if is_temporary(error):
                self._put_back(view_id, change, retry_after(error))
            else:  # most often it has been closed
                log.info("A modal was not updated: %s", reason_of(error))
        except Exception as error:  # what is shown is a courtesy: what was pressed is stored
            log.warning("A modal could not be updated: %s", type(error).__name__)
            self._put_back(view_id, change, 0)

    def _put_back(self, view_id: str, change: _Change, seconds: float) -> None:
        self._bucket.pause(_now(), seconds or TRY_AGAIN_AFTER)
        if change.tries_left > 1:
            self._waiting.setdefault(view_id, replace(change, tries_left=change.tries_left - 1))


def _now() -> float:
    return asyncio.get_running_loop().time()
