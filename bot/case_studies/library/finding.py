"""Looking through what the workspace has published; for its own people only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.caller import Caller
from bot.case_studies.library.facets import FacetNames
from bot.case_studies.library.wanted import Wanted
from bot.case_studies.service import CaseStudyService
from knowledge.model import Library
from storage.published_store import PublishedStore
from storage.records.published import Facet, SearchHit

STUDIES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was wanted. `total` are on all pages together, `published` without words and filters."""

    wanted: Wanted
    hits: Sequence[SearchHit]
    total: int
    published: int

    @property
    def last(self) -> int:
        """The place of the last one on this page, counted from 1."""
        return self.wanted.offset + len(self.hits)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by, with how many case studies have it."""

    value: str
    name: str
    number: int


class Finding:
    """Every verb refuses people of other workspaces with a UserError."""

    def __init__(self, service: CaseStudyService, published: PublishedStore, library: Library) -> None:
        self._service = service
        self._published = published
        self.names = FacetNames(library)

    async def find(self, caller: Caller, wanted: Wanted) -> Found:
        """With words the best first, without them the newest; past the end, the last page."""
        self._service.check_member(caller)
        workspace_id, words, filters = caller.workspace_id, wanted.words, wanted.filters
        total = await self._published.count(workspace_id, filters=filters, query=words)
        last_page = max(0, total - 1) // STUDIES_A_PAGE * STUDIES_A_PAGE
        wanted = replace(wanted, offset=min(max(wanted.offset, 0), last_page))
        published = await self._published.count(workspace_id)
        return Found(wanted, await self._page(workspace_id, wanted), total, published)

    async def _page(self, workspace_id: str, wanted: Wanted) -> list[SearchHit]:
        if wanted.words:
            return await self._published.search(
                workspace_id,
                wanted.words,
                filters=wanted.filters,
                limit=STUDIES_A_PAGE,
                offset=wanted.offset,
            )
        studies = await self._published.list_case_studies(
            workspace_id, filters=wanted.filters, limit=STUDIES_A_PAGE, offset=wanted.offset
        )
        return [SearchHit(study, "", ()) for study in studies]

    async def choices(self, caller: Caller, facet: Facet, typed: str, *, limit: int) -> list[Choice]:
        """The values whose name has the typed words, the most frequent first."""
        self._service.check_member(caller)
        values = (await self._published.facet_values(caller.workspace_id)).get(facet, {})
        choices = [Choice(value, self.names.name(facet, value), values[value]) for value in values]
        wanted = " ".join(typed.split()).casefold()
        return [choice for choice in choices if wanted in choice.name.casefold()][:limit]
