"""Files that somebody ordered, made by the clock: what is tried again, and what whoever asked is told."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients import ClientFor
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import FileSharing, Parcel, refused_text, tell
from bot.errors import UserError
from storage.records.work import Work

log = logging.getLogger(__name__)

MOST_TRIES = 8
"""Tries, over about half an hour, before somebody is told that there will be no files."""

MakeParcel: TypeAlias = Callable[[AsyncWebClient], Awaitable[Parcel | None]]
"""Makes and uploads the files, or a part of them: then it has planned the rest itself and returns None.

:raises UserError: there will be none, and why
"""
Tell: TypeAlias = Callable[[AsyncWebClient, str, str], Awaitable[None]]
"""Tells a person, named by their id, why there are no files."""


@dataclass(frozen=True, slots=True)
class Regrets:
    """What stands in the place of files that could not be made.

    `instead` is what else there is when Slack refuses them; `by_reason` says more for some of its reasons.
    """

    given_up: str
    instead: str
    by_reason: Mapping[str, str] = field(default_factory=dict)

    def instead_of(self, error: SlackApiError) -> str:
        """What else there is after this refusal."""
        return self.by_reason.get(reason_of(error), self.instead)


class OrderedFiles:
    """Makes what was ordered, and has it shared."""

    def __init__(self, sharing: FileSharing, client_for: ClientFor) -> None:
        self._sharing = sharing
        self._client_for = client_for

    async def make(
        self, work: Work, asked_by: str, parcel: MakeParcel, regrets: Regrets, say: Tell = tell
    ) -> None:
        """Try it once; what will not succeed later either is told to `asked_by`.

        :raises SlackApiError: worth another try
        """
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        if work.attempts > MOST_TRIES:
            log.warning("Work %s is given up", work.id)
            await say(client, asked_by, regrets.given_up)
            return
        try:
            made = await parcel(client)
        except UserError as refusal:
            await say(client, asked_by, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("Work %s was refused: %s", work.id, reason_of(error))
            await say(client, asked_by, refused_text(error, regrets.instead_of(error)))
        else:
            if made is not None:
                await self._sharing.plan(work, made)
