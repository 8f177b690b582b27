"""Who did what in a workspace, as its admins can read it: ids and plain facts, never anybody's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.people import Person

AuditKind: TypeAlias = Literal[
    "settings",
    "agency_set",
    "agency_renamed",
    "agencies_joined",
    "exported",
    "erasure_asked",
    "erasure_ordered",
    "erased",
    "texts_kept",
    "texts_removed",
    "draft_left",
    "retention",
    "handed_on",
    "handed_over",
    "withdrawn",
    "digest_started",
    "digest_stopped",
    "miss_settled",
    "imported",
    "backed_up",
    "migrated",
    "tokens_resealed",
]
NOBODY = Person("", "")
"""In place of a person: the app itself."""
COMMAND_LINE = Person("", "command line")
"""In place of whoever ran a command: who that is cannot be known."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line; `subject` is the id of what it is about, "" for the whole workspace.

    `detail` is JSON that holds numbers, yes and no, ids and our own words only; a person in it is
    `[team, user]`.
    """

    workspace_id: str
    at: datetime
    kind: AuditKind
    actor: Person
    subject: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
