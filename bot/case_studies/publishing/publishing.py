"""Opening a case study to its workspace, and keeping what it is found by true."""

from contextlib import suppress
from datetime import datetime

from bot.caller import Caller
from bot.case_studies.answers import missing_fields
from bot.case_studies.library.facets import facets_of
from bot.case_studies.service import GONE, WITHDRAWN, CaseStudyService
from bot.errors import UserError
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.store import ConflictError, NotApprovedError, NotFoundError

NOT_APPROVED = (
    "Somebody else has to approve this case study as it is now before it is published. Open it and press Ask "
    "for approval."
)


class Publishing:
    """Publication of case studies of any workspace."""

    def __init__(self, service: CaseStudyService, studies: CaseStudyStore) -> None:
        self._service = service
        self._studies = studies

    async def publish(self, caller: Caller, study_id: str, *, at: datetime) -> CaseStudy:
        """Open the draft to the workspace; what comes back is still a draft if something is missing."""
        study = await self._service.own(caller, study_id)
        template = self._service.template_of(study)
        if missing_fields(template, study.filled):
            return study
        facets = facets_of(template, study.answers)
        try:
            return await self._studies.publish_case_study(caller.workspace_id, study_id, at, facets=facets)
        except NotFoundError:
            raise UserError(GONE) from None
        except NotApprovedError:
            raise UserError(NOT_APPROVED) from None
        except ConflictError:
            raise UserError(WITHDRAWN) from None

    async def refresh_facets(self, study: CaseStudy) -> None:
        """Let a published case study be found by what it says now."""
        if study.status != "published":
            return
        facets = facets_of(self._service.template_of(study), study.answers)
        with suppress(NotFoundError, ConflictError):  # withdrawn in between: nothing is filtered any more
            await self._studies.set_facets(study.workspace_id, study.id, facets)
