"""Channels that are told what has been published."""

from dataclasses import dataclass
from datetime import datetime

from storage.records.people import Person


@dataclass(frozen=True, slots=True)
class Digest:
    """A channel that is told at `next_at` what has been published since `since`."""

    workspace_id: str
    channel_id: str
    subscribed_by: Person
    since: datetime
    next_at: datetime
