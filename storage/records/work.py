"""What is to be done at a time, whichever process does it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be done at a time: the first to claim it does it, until `claimed_until`.

    `attempts` counts the claims so far.
    """

    workspace_id: str
    id: str
    kind: str
    subject: str
    due_at: datetime
    claimed_until: datetime | None = None
    attempts: int = 0
