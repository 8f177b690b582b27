"""The verbs of a channel's digests: ask for them, look at them, stop them."""

from datetime import UTC, datetime

from bot.caller import Caller
from bot.case_studies.service import CaseStudyService
from bot.daytime import first_working_morning
from bot.errors import UserError
from bot.slack_people import SlackPeople
from storage.published_store import DigestStore
from storage.records.digests import Digest

ONLY_OURS = (
    "Only people of the workspace that runs Common Ground can stop this message. Ask one of them who is in "
    "this channel."
)
JOIN_FIRST = (
    "Only somebody who is in that channel can choose this for it. Join it first, or ask somebody in it."
)
NOT_TOLD = "That channel is not told of new case studies any more, so nothing was changed."


class Subscribing:
    """Digests of any workspace."""

    def __init__(self, service: CaseStudyService, digests: DigestStore, people: SlackPeople) -> None:
        self._service = service
        self._digests = digests
        self._people = people

    def check_member(self, caller: Caller) -> None:
        """:raises UserError: the person comes from a connected workspace."""
        self._service.check_member(caller)

    async def find(self, caller: Caller, channel_id: str) -> Digest | None:
        """What a channel has been promised; :raises UserError: the caller is from another workspace."""
        self.check_member(caller)
        return await self._digests.get_digest(caller.workspace_id, channel_id)

    async def subscribe(self, caller: Caller, channel_id: str, at: datetime) -> tuple[Digest, bool]:
        """Have a channel told from `at` on what is published; False when it was told before.

        :raises UserError: the caller is from another workspace, or not in the channel
        """
        self.check_member(caller)
        await self._check_in(caller, channel_id)
        since = at.replace(microsecond=0)
        zone = await self._people.zone_of(caller.workspace_id, caller.person) or UTC
        digest = Digest(
            caller.workspace_id, channel_id, caller.person, since, first_working_morning(since, zone)
        )
        if await self._digests.subscribe(digest):
            return digest, True
        return await self._digests.get_digest(caller.workspace_id, channel_id) or digest, False

    async def stop(self, caller: Caller, channel_id: str, at: datetime) -> None:
        """Tell the channel no more; :raises UserError: not allowed, or it is not told."""
        if not self._service.is_member(caller):
            raise UserError(ONLY_OURS)
        await self._check_in(caller, channel_id)
        stopped = await self._digests.unsubscribe(caller.workspace_id, channel_id, by=caller.person, at=at)
        if not stopped:
            raise UserError(NOT_TOLD)

    async def _check_in(self, caller: Caller, channel_id: str) -> None:
        user_id = caller.person.user_id
        if await self._people.missing_from(caller.workspace_id, channel_id, [user_id]):
            raise UserError(JOIN_FIRST)
