"""What is kept: frozen records, the same from either store.

Times are aware `datetime`s in UTC. Every record of a workspace carries that
installation's `workspace_id`, because a workspace is a wall. Ids of statements
and fields are the content's own (`outcome-4`, `target_group`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

RankingStatus: TypeAlias = Literal["open", "decided", "undecided", "cancelled"]
StageKind: TypeAlias = Literal[
    "read", "discard", "discard_consent", "rank", "compare", "choose", "choose_consent"
]
CaseStudyStatus: TypeAlias = Literal["draft", "published"]
FieldValue: TypeAlias = str | tuple[str, ...]
MissKind: TypeAlias = Literal["nothing", "unhelpful"]


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person is their own workspace and their id in it, never the id alone."""

    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement as it was worded when the ranking began."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group's ranking task.

    `quorum` is the number of answers that a consent needs. `outcome` holds the
    ids that the group settled on, in order, once `status` is "decided".
    """

    workspace_id: str
    id: str
    task_id: str
    title: str
    source: str
    items: tuple[Item, ...]
    channel_id: str
    facilitator: Person
    participants: tuple[Person, ...]
    quorum: int
    status: RankingStatus
    created_at: datetime
    ended_at: datetime | None = None
    outcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a ranking; `seq` counts from 1 and the highest is the current one.

    `items` are the ids in play, `proposal` the ids that a consent stage is about.
    A stage with `closed_at` takes no more answers and shows its result. `answered` is
    how many people have given a complete answer; the store counts it.
    """

    ranking_id: str
    seq: int
    kind: StageKind
    items: tuple[str, ...]
    opened_at: datetime
    proposal: tuple[str, ...] = ()
    closed_at: datetime | None = None
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered in one stage.

    `choice` is the item to drop (one id), the order (best first), the marked ids,
    or a consent's position (one word). An answer counts as given when `complete`.
    """

    person: Person
    choice: tuple[str, ...]
    complete: bool
    answered_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person needs to answer the current stage, read without the whole list of people."""

    ranking_id: str
    title: str
    source: str
    items: tuple[Item, ...]
    status: RankingStatus
    stage: Stage
    takes_part: bool
    answer: Answer | None


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
class FieldAnswer:
    """One field of a case study, with who wrote it last."""

    field_id: str
    value: FieldValue
    author: Person
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """A case study: its answers by field id, and the sections that were sent."""

    workspace_id: str
    id: str
    template_id: str
    owner: Person
    status: CaseStudyStatus
    title: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    answers: Mapping[str, FieldAnswer]


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that did not lead anybody to a strategy, and how often; never who asked, or where.

    `kind` is "nothing" when the search found nothing, "unhelpful" when somebody said that what it
    found was not what they needed. `last_seen` is a day in UTC.
    """

    words: str
    kind: MissKind
    count: int
    last_seen: date
