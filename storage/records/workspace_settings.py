"""What the admins of a workspace decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from storage.records.people import Person

RetentionKind: TypeAlias = Literal["drafts", "ballots", "withdrawn", "misses", "audit"]
"""Drafts nobody writes on, ballots of ended rankings, withdrawn case studies, words looked for in vain,
and the audit log."""
RETENTION_KINDS: tuple[RetentionKind, ...] = get_args(RetentionKind)


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What the admins of a workspace decide; days are whole days.

    `starters` may start rankings, beside the admins; None: everybody may. `curators` look after the content
    and the case studies of people who have left, beside the admins. `retention` is after how many days each
    kind is removed; what it does not name is never removed.
    """

    approval_required: bool = False
    ask_about_drafts_after_days: int = 30
    starters: tuple[Person, ...] | None = None
    curators: tuple[Person, ...] = ()
    retention: Mapping[RetentionKind, int] = field(default_factory=dict)
