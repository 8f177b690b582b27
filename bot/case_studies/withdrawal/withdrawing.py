"""The verbs of withdrawal: who may, and the deed. Plain values in and out."""

from datetime import datetime

from bot.caller import Caller
from bot.case_studies.service import GONE, CaseStudyService
from bot.errors import UserError
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.store import ConflictError, NotFoundError

LONGEST_REASON = 500

NOT_PUBLISHED = (
    "Only a published case study can be withdrawn. This one is a draft, which only the people writing it can "
    "see. To be rid of it, open it and press Delete this draft."
)
WITHDRAWN_ALREADY = "This case study has been withdrawn already. There is nothing left to do."


class Withdrawal:
    """Case studies of any workspace, kept in the store."""

    def __init__(self, service: CaseStudyService, studies: CaseStudyStore) -> None:
        self._service = service
        self._studies = studies

    async def withdrawable(self, caller: Caller, study_id: str) -> CaseStudy:
        """A published case study of the caller's; :raises UserError: it is not theirs, or not published."""
        study = await self._service.own(caller, study_id)
        if study.status != "published":
            raise UserError(WITHDRAWN_ALREADY if study.status == "withdrawn" else NOT_PUBLISHED)
        return study

    async def withdraw(self, caller: Caller, study_id: str, reason: str, *, at: datetime) -> CaseStudy:
        """Take it out of search, lists and filters for good; what shows it becomes a stub.

        :raises UserError: it is not the caller's, or not published
        """
        await self.withdrawable(caller, study_id)
        try:
            return await self._studies.withdraw_case_study(
                caller.workspace_id, study_id, reason=reason, by=caller.person, at=at
            )
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(WITHDRAWN_ALREADY) from None
