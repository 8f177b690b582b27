"""Who may have a case study as files, and who with its history."""

from dataclasses import dataclass

from bot.admins import Admins
from bot.caller import Caller
from bot.case_studies.service import CaseStudyService
from storage.records.case_studies import CaseStudy
from storage.section_store import SectionStore


@dataclass(frozen=True, slots=True)
class Exportable:
    """`is_told`: with who wrote what, and what was said on the way."""

    study: CaseStudy
    is_told: bool


class ExportRights:
    """Whoever may read it may have it. Admins answer requests for information: of what was published they
    have the history, and of what was withdrawn all that its authors have."""

    def __init__(self, service: CaseStudyService, sections: SectionStore, admins: Admins) -> None:
        self._service = service
        self._sections = sections
        self._admins = admins

    async def check(self, caller: Caller, study_id: str) -> Exportable:
        """:raises UserError: there is no such case study for the caller"""
        access = await self._sections.get_access(caller.workspace_id, study_id, caller.person)
        was_public = access is not None and access.status in {"published", "withdrawn"}
        is_admin = was_public and await self._admins.is_admin(caller)
        if not is_admin:
            access = await self._service.access(caller, study_id)
        study = await self._service.existing(caller, study_id)
        return Exportable(study, is_admin or bool(access and access.is_author))
