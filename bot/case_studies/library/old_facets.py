"""Case studies that were published before their answers could be filtered by.

At every start they are looked through, a page at a time, so that a large library holds nothing up. What has
no answer to filter by stays as it is.
"""

from contextlib import suppress
from datetime import UTC, datetime

from bot.case_studies.library.facets import facets_of
from knowledge.model import Library
from storage.case_study_store import CaseStudyStore
from storage.records.work import Work
from storage.store import ConflictError, NotFoundError, WorkStore

FILL_FACETS = "case_studies.fill_facets"
PAGE = 200
EVERYWHERE = ""
"""In place of a workspace: the work looks at the case studies of all."""


class OldFacets:
    """What the clock does about them; the work's subject is the last one looked at."""

    def __init__(self, studies: CaseStudyStore, work: WorkStore, library: Library) -> None:
        self._studies = studies
        self._work = work
        self._library = library

    async def plan(self, at: datetime, after: str = "|") -> None:
        """Look at a page then; from the first on, unless told after which."""
        await self._work.plan(EVERYWHERE, FILL_FACETS, FILL_FACETS, after, at)

    async def fill(self, work: Work) -> None:
        """Let a page of case studies be found by what they say, and plan the next page."""
        workspace_id, study_id = work.subject.split("|")
        page = await self._studies.published_without_facets(PAGE, (workspace_id, study_id))
        for found in page:
            await self._fill_one(*found)
        if len(page) == PAGE:
            await self.plan(datetime.now(UTC), "|".join(page[-1]))

    async def _fill_one(self, workspace_id: str, study_id: str) -> None:
        study = await self._studies.get_case_study(workspace_id, study_id)
        if study is None:
            return
        facets = facets_of(self._library.template(study.template_id), study.answers)
        if any(facets.values()):
            with suppress(NotFoundError, ConflictError):  # withdrawn in between
                await self._studies.set_facets(workspace_id, study_id, facets)
