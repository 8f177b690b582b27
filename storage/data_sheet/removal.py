"""What goes after a time that the admins of a workspace set, by its kind; and what no time takes."""

from collections.abc import Mapping

from storage.records.workspace_settings import RetentionKind

LABELS: Mapping[RetentionKind, str] = {
    "drafts": "drafts that nobody has written on",
    "ballots": "people and reasons in ballots of ended rankings",
    "withdrawn": "withdrawn case studies",
    "misses": "words looked for in vain",
    "audit": "lines of the audit log",
}
_OF_A_STUDY = (
    "case_studies",
    "case_study_answers",
    "case_study_changes",
    "case_study_events",
    "case_study_sections",
)
GOES: Mapping[RetentionKind, tuple[str, ...]] = {
    "drafts": _OF_A_STUDY,
    "ballots": ("answers",),
    "withdrawn": _OF_A_STUDY,
    "misses": ("misses",),
    "audit": ("audit",),
}
"""The tables from which each kind removes something."""
STAYS = frozenset(
    {
        "case_study_facet_counts",
        "case_study_facets",
        "case_study_words",
        "deputies",
        "digests",
        "handled_requests",
        "installations",
        "message_leases",
        "messages",
        "organisation_workspaces",
        "participants",
        "people",
        "ranking_events",
        "ranking_keys",
        "ranking_setups",
        "rankings",
        "saved_strategies",
        "stages",
        "used_install_states",
        "work",
        "workspace_settings",
        "write_checks",
    }
)
"""Tables that no time set by admins empties: each says itself how long its rows stay."""


def kinds_of(table: str) -> list[RetentionKind]:
    """What removes rows of the table, or what they hold."""
    return [kind for kind, tables in GOES.items() if table in tables]
