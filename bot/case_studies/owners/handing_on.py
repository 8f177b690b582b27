"""The verbs of ownership: who may hand a case study on, and to whom it goes. Plain values in and out.

The owner may. Once the owner has left, those who write it with them may, and the workspace's curators and
admins.
"""

from datetime import datetime

from bot.caller import Caller
from bot.case_studies import ids, message_ids
from bot.case_studies.service import GONE, CaseStudyService
from bot.errors import UserError
from storage.records.case_studies import CaseStudy, DraftSummary
from storage.records.case_study_access import Access
from storage.records.messages import Message
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store

STILL_HERE = (
    "Only <@{owner}>, who owns this case study, can hand it on: their account is open. Ask them. Once it is "
    "closed, those who write the case study with them can do it, and so can curators and admins of this "
    "workspace."
)
NOT_A_WRITER = (
    "<@{owner}>, who owned this case study, has left. Those who wrote it with them can hand it on, and the "
    "curators and admins of this workspace. Ask one of them."
)
THEIRS_ALREADY = "They own this case study already. Choose somebody else."
HANDED_ON_MEANWHILE = (
    "Somebody else has handed this case study on meanwhile, so nothing was changed. Open it anew to see who "
    "owns it."
)


class Owners:
    """Owners of case studies of any workspace, kept in the store."""

    def __init__(self, service: CaseStudyService, store: Store) -> None:
        self._service = service
        self._studies = store.case_studies
        self._sections = store.sections

    async def access(self, caller: Caller, study_id: str) -> Access:
        """What the caller is to the case study, readable for them or not; :raises UserError: no such one."""
        access = await self._sections.get_access(caller.workspace_id, study_id, caller.person)
        if access is None:
            raise self._service.no_such(caller)
        return access

    async def check_stand_in(
        self, caller: Caller, study_id: str, access: Access, *, may_curate: bool, owner_left: bool
    ) -> None:
        """:raises UserError: the caller, who is not the owner, may not hand it on in their place"""
        if owner_left and (may_curate or access.is_writer):
            return
        await self._service.access(caller, study_id)
        words = NOT_A_WRITER if owner_left else STILL_HERE
        raise UserError(words.format(owner=access.owner.user_id))

    async def hand_on(
        self, caller: Caller, study_id: str, to: Person, *, before: Person, at: datetime
    ) -> CaseStudy:
        """Make somebody of any agency the owner in place of `before`, and tell them.

        Whether the caller may has been asked before. :raises UserError: it cannot go to them, or is gone
        """
        message = Message(
            workspace_id=caller.workspace_id,
            id=message_ids.owner_message_id(study_id, to, at),
            kind=ids.OWNER_KIND,
            subject=message_ids.subject(study_id),
            channel_id=to.user_id,
        )
        if to == before:
            raise UserError(THEIRS_ALREADY)
        try:
            return await self._studies.set_owner(
                caller.workspace_id,
                study_id,
                to,
                before=before,
                by=caller.person,
                at=at,
                messages=[message],
            )
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(HANDED_ON_MEANWHILE) from None

    async def owned(self, caller: Caller, *, limit: int, offset: int = 0) -> list[DraftSummary]:
        """What the caller owns and has published, withdrawn ones too, the last changed first."""
        return await self._studies.list_own(
            caller.workspace_id,
            caller.person,
            statuses=("published", "withdrawn"),
            limit=limit,
            offset=offset,
        )
