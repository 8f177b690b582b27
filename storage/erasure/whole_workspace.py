"""Everything of one workspace, once the app has been removed from it."""

from collections.abc import Mapping

from storage.data_sheet.tables import TABLES
from storage.database import Script
from storage.store import ConflictError

# What refers to a row goes before it.
_FIRST = (
    "answers",
    "stages",
    "participants",
    "deputies",
    "ranking_keys",
    "ranking_events",
    "case_study_answers",
    "case_study_changes",
    "case_study_events",
    "case_study_sections",
    "case_study_facets",
    "case_study_words",
)
_ACTIVE = """
SELECT status FROM installations WHERE workspace_id = :workspace_id AND status = 'active'
UNION SELECT enterprise_id FROM organisation_workspaces WHERE workspace_id = :workspace_id
"""


def count_rows(workspace_id: str) -> Script[Mapping[str, int]]:
    """How many rows each table holds of it; tables without any are left out."""
    found = {}
    for table in _in_order():
        rows = yield (
            f"SELECT COUNT(*) AS n FROM {table} WHERE workspace_id = :workspace_id",
            {"workspace_id": workspace_id},
        )
        found[table] = int(rows[0]["n"])
    return {table: number for table, number in found.items() if number}


def forget_workspace(workspace_id: str) -> Script[None]:
    """:raises ConflictError: the app is installed there."""
    key = {"workspace_id": workspace_id}
    if (yield _ACTIVE, key):
        raise ConflictError(f"the app is installed in {workspace_id}")
    for table in _in_order():
        yield f"DELETE FROM {table} WHERE workspace_id = :workspace_id", key


def _in_order() -> list[str]:
    return [*_FIRST, *sorted(set(TABLES) - set(_FIRST))]
