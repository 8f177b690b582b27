"""The schema, as numbered steps that have the same names on both engines, one module a step.

Every primary key begins with `workspace_id`, and so does every reference, so
that a distributed PostgreSQL can keep one workspace's rows together. The
engines differ only in the search index and in what the planner is told.
"""

import re
from collections.abc import Iterable, Sequence

from storage.database import Engine
from storage.migrations import (
    audit,
    case_studies,
    case_study_work,
    facet_statistics,
    handled_requests,
    installations,
    lookups,
    message_leases,
    messages,
    ranking_rules,
    rankings,
    search,
    section_notes,
)
from storage.store import UnavailableError

# Databases hold what the steps made: one that was released is never edited, another follows it.
_STEPS: dict[str, dict[Engine, tuple[str, ...]]] = {
    "001_messages": {"sqlite": messages.STATEMENTS, "postgresql": messages.STATEMENTS},
    "002_rankings": {"sqlite": rankings.STATEMENTS, "postgresql": rankings.STATEMENTS},
    "003_case_studies": {"sqlite": case_studies.STATEMENTS, "postgresql": case_studies.STATEMENTS},
    "004_search": {"sqlite": search.SQLITE, "postgresql": search.POSTGRESQL},
    "005_lookups": {"sqlite": lookups.STATEMENTS, "postgresql": lookups.STATEMENTS},
    "006_ranking_rules": {"sqlite": ranking_rules.STATEMENTS, "postgresql": ranking_rules.STATEMENTS},
    "007_case_study_work": {"sqlite": case_study_work.STATEMENTS, "postgresql": case_study_work.STATEMENTS},
    "008_section_notes": {"sqlite": section_notes.STATEMENTS, "postgresql": section_notes.STATEMENTS},
    "009_facet_statistics": {"sqlite": (), "postgresql": facet_statistics.POSTGRESQL},
    "010_message_leases": {"sqlite": message_leases.STATEMENTS, "postgresql": message_leases.STATEMENTS},
    "011_installations": {"sqlite": installations.STATEMENTS, "postgresql": installations.STATEMENTS},
    "012_audit": {"sqlite": audit.STATEMENTS, "postgresql": audit.STATEMENTS},
    "013_handled_requests": {
        "sqlite": handled_requests.STATEMENTS,
        "postgresql": handled_requests.STATEMENTS,
    },
}
NAMES = tuple(_STEPS)


def statements(name: str, engine: Engine) -> list[str]:
    """The SQL of one step as `engine` wants it."""
    return [_for_sqlite(sql) if engine == "sqlite" else _for_postgresql(sql) for sql in _STEPS[name][engine]]


def pending(applied: Iterable[str], database: str) -> list[str]:
    """The names still to be applied, in order.

    :raises UnavailableError: a step is unknown here, so a newer version made `database`
    """
    done = set(applied)
    if not done.issubset(NAMES):
        raise UnavailableError(
            f"The database {database} was made by a newer version of Common Ground. "
            "Update the app, or put a backup from this version in its place."
        )
    return [name for name in NAMES if name not in done]


def refuse_pending(names: Sequence[str]) -> None:
    """:raises UnavailableError: there are steps to be applied."""
    if names:
        raise UnavailableError(
            f"The database is not up to date ({', '.join(names)} to do). Run python -m bot migrate first."
        )


def _for_sqlite(sql: str) -> str:
    """Have types checked, and keep rows in the order of their key."""
    if sql.startswith("CREATE TABLE") and not sql.endswith("STRICT"):
        return f"{sql} STRICT, WITHOUT ROWID"
    return sql


def _for_postgresql(sql: str) -> str:
    """Sort text by its bytes, as SQLite does, whatever the server's language."""
    return re.sub(r"\bTEXT\b(?! SEARCH)", 'TEXT COLLATE "C"', sql)
