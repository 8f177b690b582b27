"""A group's ranking: what it is about, who takes part, its stages, answers and events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.people import Person

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
    task_id: str = ""


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
