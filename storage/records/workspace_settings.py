"""What the admins of a workspace decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What the admins of a workspace decide; days are whole days."""

    approval_required: bool = False
    ask_about_drafts_after_days: int = 30
