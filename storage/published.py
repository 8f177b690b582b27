"""What has been published: listed, filtered, searched, counted, always without whole case studies."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage import search
from storage.case_study_rows import COLUMNS, rows_with_ids, summary, with_answers
from storage.database import Database, Engine, Row, Script, in_list
from storage.facets import facet_values, filter_clause
from storage.records.case_studies import CaseStudySummary
from storage.records.published import Facet, Filters, SearchHit
from storage.snippets import make_snippet

# Up to so many are sorted by date; above that, walking them by date finds a page sooner.
_FEW = 5_000
# Only the ids, which are in the index: rows that are passed over are not read.
_ALL = """
SELECT id FROM case_studies s
WHERE workspace_id = :workspace_id AND status = 'published' {filters}
ORDER BY published_at DESC, id DESC
LIMIT :limit OFFSET :offset
"""
_WALK = f"""
SELECT {COLUMNS} FROM case_studies s
WHERE workspace_id = :workspace_id AND status = 'published' {{after}} {{filters}} {{found}}
ORDER BY published_at DESC, id DESC
LIMIT :limit
"""
_OF_VALUE = """
SELECT {distinct} d.case_study_id AS id, d.published_at FROM case_study_facets d
WHERE d.workspace_id = :workspace_id AND d.facet = :by_facet AND d.value {values} {filters}
"""
_PAGE_OF_VALUE = f"""{_OF_VALUE}
ORDER BY d.published_at DESC, d.case_study_id DESC
LIMIT :limit OFFSET :offset
"""
_COUNT_OF_VALUE = f"SELECT COUNT(*) AS number FROM ({_OF_VALUE}) AS found"
_SINCE = f"""
SELECT {COLUMNS} FROM case_studies
WHERE workspace_id = :workspace_id AND status = 'published' AND published_at >= :since
    AND published_at < :until
ORDER BY published_at DESC, id DESC
LIMIT :limit
"""
_COUNT_SINCE = """
SELECT COUNT(*) AS number FROM case_studies
WHERE workspace_id = :workspace_id AND status = 'published' AND published_at >= :since
    AND published_at < :until
"""
# Every published case study has exactly one template.
_COUNT = """
SELECT COALESCE(SUM(number), 0) AS number FROM case_study_facet_counts
WHERE workspace_id = :workspace_id AND facet = 'template'
"""
_COUNT_VALUES = """
SELECT value, number FROM case_study_facet_counts
WHERE workspace_id = :workspace_id AND facet = :facet AND number > 0 AND value IN
"""


class SqlPublished:
    """`PublishedStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_case_studies(
        self, workspace_id: str, *, filters: Filters | None = None, limit: int = 50, offset: int = 0
    ) -> list[CaseStudySummary]:
        engine = self._database.engine
        return await self._database.read(_list, engine, workspace_id, filters or {}, limit, offset)

    async def count(self, workspace_id: str, *, filters: Filters | None = None, query: str = "") -> int:
        engine = self._database.engine
        return await self._database.read(_count, engine, workspace_id, filters or {}, query)

    async def search(
        self,
        workspace_id: str,
        query: str,
        *,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> list[SearchHit]:
        engine = self._database.engine
        return await self._database.read(_search, engine, workspace_id, query, filters or {}, limit, offset)

    async def walk(
        self,
        workspace_id: str,
        *,
        filters: Filters | None = None,
        query: str = "",
        after: CaseStudySummary | None = None,
        limit: int = 500,
    ) -> list[CaseStudySummary]:
        engine = self._database.engine
        return await self._database.read(_walk, engine, workspace_id, filters or {}, query, after, limit)

    async def facet_values(self, workspace_id: str) -> Mapping[Facet, Mapping[str, int]]:
        return await self._database.read(facet_values, workspace_id)

    async def count_using(self, workspace_id: str, strategy_ids: Sequence[str]) -> dict[str, int]:
        return await self._database.read(_counts, workspace_id, "strategy", strategy_ids)

    async def studies_using(
        self, workspace_id: str, strategy_id: str, *, limit: int = 10, offset: int = 0
    ) -> list[CaseStudySummary]:
        return await self.list_case_studies(
            workspace_id, filters={"strategy": [strategy_id]}, limit=limit, offset=offset
        )

    async def published_between(
        self, workspace_id: str, since: datetime, until: datetime, *, limit: int = 50
    ) -> list[CaseStudySummary]:
        return await self._database.read(_between, workspace_id, since, until, limit)

    async def count_between(self, workspace_id: str, since: datetime, until: datetime) -> int:
        return await self._database.read(_count_between, workspace_id, since, until)


def _list(
    engine: Engine, workspace_id: str, filters: Filters, limit: int, offset: int
) -> Script[list[CaseStudySummary]]:
    page = {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    facet, number = yield from _narrowest(workspace_id, filters)
    if facet is None or (number > _FEW and len(filters[facet]) > 1):
        clause, values = filter_clause(engine, filters, "s.id")
        sql = _ALL.format(filters=clause)
    else:
        sql, values = _by_value(engine, _PAGE_OF_VALUE, facet, filters)
    ids = [row["id"] for row in (yield sql, page | values)]
    return [summary(row) for row in (yield from rows_with_ids(workspace_id, ids))]


def _count(engine: Engine, workspace_id: str, filters: Filters, query: str) -> Script[int]:
    if query:
        return (yield from search.count_found(engine, workspace_id, query, filters))
    key = {"workspace_id": workspace_id}
    facet, _ = yield from _narrowest(workspace_id, filters)
    if facet is None:
        return int((yield _COUNT, key)[0]["number"])
    sql, values = _by_value(engine, _COUNT_OF_VALUE, facet, filters)
    return int((yield sql, key | values)[0]["number"])


def _walk(
    engine: Engine,
    workspace_id: str,
    filters: Filters,
    query: str,
    last: CaseStudySummary | None,
    limit: int,
) -> Script[list[CaseStudySummary]]:
    clause, values = filter_clause(engine, filters, "s.id")
    values |= {"workspace_id": workspace_id, "limit": limit}
    found, after = "", ""
    if query:
        found, match = yield from search.found_clause(engine, workspace_id, query, filters)
        values |= match
    if last is not None:
        after = "AND (published_at, id) < (:last_at, :last_id)"
        values |= {"last_at": last.published_at, "last_id": last.id}
    rows = yield _WALK.format(after=after, filters=clause, found=found), values
    return [summary(row) for row in rows]


def _search(
    engine: Engine, workspace_id: str, query: str, filters: Filters, limit: int, offset: int
) -> Script[list[SearchHit]]:
    found = yield from search.find(engine, workspace_id, query, filters, limit, offset)
    rows = yield from rows_with_ids(workspace_id, [each.study_id for each in found])
    studies = yield from with_answers(rows)
    return [
        SearchHit(summary(row), *make_snippet(study.answers, each))
        for row, study, each in zip(rows, studies, found, strict=True)
    ]


def _between(
    workspace_id: str, since: datetime, until: datetime, limit: int
) -> Script[list[CaseStudySummary]]:
    values = {"workspace_id": workspace_id, "since": since, "until": until, "limit": limit}
    return [summary(row) for row in (yield _SINCE, values)]


def _count_between(workspace_id: str, since: datetime, until: datetime) -> Script[int]:
    values = {"workspace_id": workspace_id, "since": since, "until": until}
    return int((yield _COUNT_SINCE, values)[0]["number"])


def _counts(workspace_id: str, facet: Facet, values: Sequence[str]) -> Script[dict[str, int]]:
    """How many have each of these values of a facet; those that nothing has are left out."""
    if not values:
        return {}
    names, given = in_list("value", values)
    rows: list[Row] = yield (
        f"{_COUNT_VALUES} ({names})",
        {"workspace_id": workspace_id, "facet": facet} | given,
    )
    return {row["value"]: row["number"] for row in rows}


def _narrowest(workspace_id: str, filters: Filters) -> Script[tuple[Facet | None, int]]:
    """The filter that leaves the fewest, and about how many; None without filters."""
    best: tuple[Facet | None, int] = (None, 0)
    for facet, values in filters.items():
        if values:
            number = sum((yield from _counts(workspace_id, facet, values)).values())
            if best[0] is None or number < best[1]:
                best = (facet, number)
    return best


def _by_value(engine: Engine, sql: str, facet: Facet, filters: Filters) -> tuple[str, dict[str, object]]:
    """A query that reads off the values of one facet, in the order of their index when there is only one."""
    wanted = filters[facet]
    others, values = filter_clause(
        engine, {name: given for name, given in filters.items() if name != facet}, "d.case_study_id"
    )
    names, given = in_list("by_value", wanted)
    is_one = len(wanted) == 1
    return (
        sql.format(
            distinct="" if is_one else "DISTINCT",
            values=f"= {names}" if is_one else f"IN ({names})",
            filters=others,
        ),
        values | given | {"by_facet": facet},
    )
