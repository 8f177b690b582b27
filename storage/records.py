"""What is kept: frozen records, the same from either store.

Times are aware `datetime`s in UTC. Every record of a workspace carries that
installation's `workspace_id`, because a workspace is a wall. Ids of statements
and fields are the content's own (`outcome-4`, `target_group`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

RankingStatus: TypeAlias = Literal["open", "decided", "undecided", "cancelled"]
StageKind: TypeAlias = Literal[
    "read", "discard", "discard_consent", "rank", "compare", "choose", "choose_consent"
]
StepName: TypeAlias = Literal["read", "discard", "compare", "choose"]
Weights: TypeAlias = Literal["person", "agency"]
QuorumRule: TypeAlias = Literal["half", "two_thirds", "all"]
EventKind: TypeAlias = Literal[
    "added",
    "left",
    "deadline",
    "paused",
    "resumed",
    "facilitator",
    "deputies",
    "reminded",
    "unattended",
    "closing",
]
CaseStudyStatus: TypeAlias = Literal["draft", "in_review", "published", "withdrawn"]
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
class Rules:
    """What a group agreed before it began, and nobody changes afterwards.

    `quorum` is the share of those still taking part who must answer a proposal: more than half,
    at least two thirds, or all. `blocks_needed` is how many blocks stop it. `steps` are the steps
    that are kept; ordering always is. `stage_hours` is how long a stage takes answers and
    `remind_hours` the interval between reminders; None: no deadline, no reminders.
    """

    anonymous: bool = False
    weights: Weights = "person"
    quorum: QuorumRule = "half"
    blocks_needed: int = 1
    steps: tuple[StepName, ...] = ("read", "discard", "compare", "choose")
    stage_hours: int | None = None
    remind_hours: int | None = None
    pin: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on a ranking's list, with the agency they answer for ("": not known).

    `added_at` is set for those who came after the first answer had been given.
    """

    person: Person
    agency: str = ""
    left_at: datetime | None = None
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group's ranking task.

    `deputies` may do what the facilitator may. `outcome` holds the ids that the group
    settled on, in order, once `status` is "decided". While `paused_at` is set no deadline runs.
    """

    workspace_id: str
    id: str
    task_id: str
    title: str
    source: str
    items: tuple[Item, ...]
    channel_id: str
    facilitator: Person
    participants: tuple[Participant, ...]
    status: RankingStatus
    created_at: datetime
    ended_at: datetime | None = None
    outcome: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    paused_at: datetime | None = None
    deputies: tuple[Person, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the list, those who have left too."""
        return tuple(each.person for each in self.participants)

    @property
    def active(self) -> tuple[Person, ...]:
        """Those who still take part."""
        return tuple(each.person for each in self.participants if each.left_at is None)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a ranking; `seq` counts from 1 and the highest is the current one.

    `items` are the ids in play, `proposal` the ids that a consent stage is about.
    A stage with `closed_at` takes no more answers and shows its result. `answered` is
    how many people have given a complete answer; the store counts it. `deadline` is when it
    is to be closed by the clock.
    """

    ranking_id: str
    seq: int
    kind: StageKind
    items: tuple[str, ...]
    opened_at: datetime
    proposal: tuple[str, ...] = ()
    closed_at: datetime | None = None
    answered: int = 0
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered in one stage.

    `choice` is the item to drop (one id), the order (best first), the marked ids,
    or a consent's position (one word). An answer counts as given when `complete`.
    In the list of an anonymous ranking `person` is `Person("", hash)` and `agency` the group of
    at least three people that the answer counts in; `answered_at` is when the stage was opened.
    """

    person: Person
    choice: tuple[str, ...]
    complete: bool
    answered_at: datetime
    reason: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person needs to answer the current stage, read without the whole list of people.

    Those who have left take no part.
    """

    ranking_id: str
    title: str
    source: str
    items: tuple[Item, ...]
    status: RankingStatus
    stage: Stage
    takes_part: bool
    answer: Answer | None
    rules: Rules = field(default_factory=Rules)
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RankingEvent:
    """What was announced about a ranking after it began; `number` counts from 1.

    `actor` is `Person("", "")` for the clock. `detail` is JSON: `people` and `person` hold
    `[team, user]`, `deadline` and `before` ISO times or null. "closing" is what was said with an end
    without consensus: `words`, which count if the ranking ended at stage `seq`.
    """

    workspace_id: str
    ranking_id: str
    number: int
    at: datetime
    kind: EventKind
    actor: Person
    detail: Mapping[str, object]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudySummary:
    """What a list shows of a case study.

    `reviewer` is whom its review waits for. A withdrawn one keeps when it was published.
    """

    workspace_id: str
    id: str
    template_id: str
    owner: Person
    status: CaseStudyStatus
    title: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    reviewer: Person | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary(CaseStudySummary):
    """A draft in a list, with the ids of the fields that have an answer.

    `asked_at` is when its owner was last asked what is to become of it.
    """

    filled: frozenset[str] = frozenset()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy(CaseStudySummary):
    """A case study with its answers by field id.

    `last_change` is the number of the newest change of any field, 0 when there is none. A form that
    is opened on this record keeps it, to tell the store later what its editor had seen.
    """

    answers: Mapping[str, FieldAnswer]
    last_change: int = field(default=0, compare=False)

    @property
    def filled(self) -> frozenset[str]:
        """The ids of the fields that have an answer."""
        return frozenset(field_id for field_id, answer in self.answers.items() if answer.value)

    @property
    def authors(self) -> tuple[Person, ...]:
        """The owner, then everybody whose text stands, the earliest first."""
        standing = sorted(self.answers.values(), key=lambda each: (each.updated_at, each.field_id))
        return tuple(dict.fromkeys([self.owner, *(answer.author for answer in standing)]))


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
