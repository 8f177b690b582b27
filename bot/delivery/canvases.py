"""Work by the clock: a document as a canvas in its channel, where the workspace has canvases.

Nobody can tell whether a call that was cut off has made one, so it is not made again: whoever asked is
told to look.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients import ClientFor
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import tell
from bot.errors import UserError
from storage.records.work import Work
from storage.store import WorkStore

log = logging.getLogger(__name__)

WAIT = timedelta(seconds=60)
TITLE_LENGTH = 255
REASONS = {
    "missing_scope": "nobody has allowed Common Ground to make canvases here",
    "canvas_disabled_user_team": "canvases are turned off in this workspace",
    "canvas_tab_creation_failed": "this channel cannot hold another canvas",
    "free_team_not_allowed": "this workspace's plan has no canvases",
    "free_teams_cannot_create_non_tabbed_canvases": "this workspace's plan has no more canvases here",
    "free_teams_cannot_create_standalone_canvases": "this workspace's plan has no canvases",
    "team_tier_cannot_create_channel_canvases": "this workspace's plan has no canvases in channels",
    "channel_not_found": "Common Ground is not in that channel any more",
    "not_in_channel": "Common Ground is not in that channel any more",
    "is_archived": "the channel is archived",
}


@dataclass(frozen=True, slots=True)
class Canvas:
    """What everybody in the channel sees; `announcement`, in Slack's markup, says that it is there."""

    channel_id: str
    title: str
    markdown: str
    announcement: str
    thread_ts: str | None = None


MakeCanvas: TypeAlias = Callable[[AsyncWebClient], Awaitable[Canvas]]
"""Writes it; :raises UserError: there will be none, and why."""


class OrderedCanvases:
    """Makes the canvases of one kind; `what` is what they hold, as in "export the ranking again"."""

    def __init__(self, work: WorkStore, client_for: ClientFor, what: str) -> None:
        self._work = work
        self._client_for = client_for
        self._what = what

    async def make(self, work: Work, asked_by: str, canvas: MakeCanvas) -> None:
        """Make it and announce it; `asked_by` is told when there is none."""
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        if work.attempts > 1:
            await tell(client, asked_by, self._cut_off_text())
            return
        try:
            made = await canvas(client)
            await _create(client, made)
        except UserError as refusal:
            await tell(client, asked_by, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):  # planned anew, so that a later try is not taken for one that was cut off
                due_at = datetime.now(UTC) + WAIT
                await self._work.plan(work.workspace_id, work.id, work.kind, work.subject, due_at)
                return
            log.warning("Canvas %s was refused: %s", work.id, reason_of(error))
            await tell(client, asked_by, self._refusal_text(error))
        else:
            await _announce(client, made)

    def _cut_off_text(self) -> str:
        return (
            "I was interrupted while I made the canvas. Please look in the channel whether it is there. "
            f"If it is not, export {self._what} again, as a canvas or as Word."
        )

    def _refusal_text(self, error: SlackApiError) -> str:
        reason = REASONS.get(reason_of(error), f"Slack did not allow it ({reason_of(error)})")
        return (
            f"I could not make the canvas: {reason}. Export {self._what} as Word instead: it holds the same."
        )


async def _create(client: AsyncWebClient, canvas: Canvas) -> None:
    await client.canvases_create(
        title=canvas.title[:TITLE_LENGTH],
        document_content={"type": "markdown", "markdown": canvas.markdown},
        channel_id=canvas.channel_id,
    )


async def _announce(client: AsyncWebClient, canvas: Canvas) -> None:
    try:
        await client.chat_postMessage(
            channel=canvas.channel_id,
            thread_ts=canvas.thread_ts,
            text=canvas.announcement,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:  # the canvas itself is there, and making it again would make two
        log.warning("A canvas was not announced: %s", reason_of(error))
