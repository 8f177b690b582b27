"""What Slack shows and must follow rows."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A Slack message or Home tab that must follow rows.

    `id` is made by the feature that owns it (`ranking.board:R1`); `subject` is what
    it shows, and a change of the subject raises `version`. It is dirty while
    `version` is above `sent_version`. `parent_id` names the message whose thread it
    belongs to. `ts` is Slack's, once it has been posted.
    """

    workspace_id: str
    id: str
    kind: str
    subject: str
    channel_id: str
    parent_id: str | None = None
    ts: str | None = None
    version: int = 1
    sent_version: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """That messages of one kind are dirty in a channel; `is_posted` says whether Slack has them already."""

    workspace_id: str
    channel_id: str
    kind: str
    is_posted: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages of all workspaces are dirty, and since when the oldest of them is."""

    waiting: int
    oldest: datetime | None
