"""What is being written, in lists without answers: a person's own, those to review, old drafts."""

from collections.abc import Sequence
from datetime import datetime

from storage.case_study_rows import COLUMNS, plain_columns, summary
from storage.columns import optional_time
from storage.database import Row, Script, in_list
from storage.records.case_studies import CaseStudyStatus, CaseStudySummary, DraftSummary
from storage.records.people import Person

_OWN = f"""
SELECT {COLUMNS}, asked_at FROM case_studies
WHERE workspace_id = :workspace_id AND owner_team = :team_id AND owner_user = :user_id
    AND status IN ({{statuses}})
ORDER BY updated_at DESC, id DESC
LIMIT :limit OFFSET :offset
"""
_WITHDRAWN = f"""
SELECT {COLUMNS} FROM case_studies WHERE workspace_id = :workspace_id AND status = 'withdrawn'
ORDER BY withdrawn_at DESC, id DESC LIMIT :limit OFFSET :offset
"""
_OWNERS = """
SELECT DISTINCT owner_team, owner_user FROM case_studies WHERE workspace_id = :workspace_id
ORDER BY owner_team, owner_user
"""
_TO_REVIEW = f"""
SELECT {COLUMNS} FROM case_studies
WHERE workspace_id = :workspace_id AND reviewer_team = :team_id AND reviewer_user = :user_id
    AND reviewer_user IS NOT NULL
ORDER BY updated_at, id
LIMIT :limit
"""
_UNTOUCHED = f"""
SELECT {COLUMNS}, asked_at FROM case_studies
WHERE status = 'draft' AND updated_at < :before {{after}}
ORDER BY updated_at, workspace_id, id
LIMIT :limit
"""
# Template and year are kept of every published one, so they say nothing.
_WITHOUT_FACETS = """
SELECT s.workspace_id, s.id FROM case_studies s
WHERE s.status = 'published' AND (s.workspace_id, s.id) > (:last_workspace, :last_id) AND NOT EXISTS (
    SELECT 1 FROM case_study_facets f
    WHERE f.workspace_id = s.workspace_id AND f.case_study_id = s.id AND f.facet NOT IN ('template', 'year')
)
ORDER BY s.workspace_id, s.id
LIMIT :limit
"""
_FILLED = """
SELECT workspace_id, case_study_id, field_id FROM case_study_answers
WHERE workspace_id = :workspace_id AND case_study_id IN ({names})
"""


def list_own(
    workspace_id: str, owner: Person, statuses: Sequence[CaseStudyStatus], limit: int, offset: int
) -> Script[list[DraftSummary]]:
    names, values = in_list("status", statuses)
    page: dict[str, object] = {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    ids = {"team_id": owner.team_id, "user_id": owner.user_id}
    return (yield from _drafts((yield _OWN.format(statuses=names), page | ids | values)))


def list_withdrawn(workspace_id: str, limit: int, offset: int) -> Script[list[CaseStudySummary]]:
    rows = yield _WITHDRAWN, {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    return [summary(row) for row in rows]


def list_owners(workspace_id: str) -> Script[list[Person]]:
    rows = yield _OWNERS, {"workspace_id": workspace_id}
    return [Person(row["owner_team"], row["owner_user"]) for row in rows]


def list_to_review(workspace_id: str, person: Person, limit: int) -> Script[list[CaseStudySummary]]:
    ids = {"team_id": person.team_id, "user_id": person.user_id}
    rows = yield _TO_REVIEW, {"workspace_id": workspace_id, "limit": limit} | ids
    return [summary(row) for row in rows]


def drafts_untouched_since(
    before: datetime, limit: int, after: CaseStudySummary | None
) -> Script[list[DraftSummary]]:
    values: dict[str, object] = {"before": before, "limit": limit}
    place = ""
    if after is not None:
        place = "AND (updated_at, workspace_id, id) > (:last_at, :last_workspace, :last_id)"
        values |= {"last_at": after.updated_at, "last_workspace": after.workspace_id, "last_id": after.id}
    return (yield from _drafts((yield _UNTOUCHED.format(after=place), values)))


def published_without_facets(limit: int, after: tuple[str, str]) -> Script[list[tuple[str, str]]]:
    last_workspace, last_id = after
    rows = yield _WITHOUT_FACETS, {"limit": limit, "last_workspace": last_workspace, "last_id": last_id}
    return [(row["workspace_id"], row["id"]) for row in rows]


def _drafts(rows: list[Row]) -> Script[list[DraftSummary]]:
    """Read which fields of these case studies are filled, whatever their workspaces."""
    filled: dict[tuple[str, str], set[str]] = {(row["workspace_id"], row["id"]): set() for row in rows}
    for workspace_id in sorted({workspace_id for workspace_id, _ in filled}):
        names, ids = in_list("id", [study_id for of, study_id in filled if of == workspace_id])
        for row in (yield _FILLED.format(names=names), {"workspace_id": workspace_id} | ids):
            filled[workspace_id, row["case_study_id"]].add(row["field_id"])
    return [
        DraftSummary(
            **plain_columns(row),
            filled=frozenset(filled[row["workspace_id"], row["id"]]),
            asked_at=optional_time(row["asked_at"]),
        )
        for row in rows
    ]
