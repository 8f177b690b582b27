"""What is told of a ranking when it is over, or so far: plain values, names resolved, fit to be written down.

Statements are named by their `label` everywhere: the title as one line, told apart where two are alike.
In an anonymous ranking nothing but `members`, `facilitator` and `deputies` names anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.ranking.bands import Band
from bot.ranking.counting.ballots import Ballot
from bot.ranking.results import GroupOrder
from storage.records.rankings import RankingStatus, Rules, StageKind

PositionName: TypeAlias = Literal["support", "accept", "aside", "block"]
POSITIONS: tuple[PositionName, ...] = ("support", "accept", "aside", "block")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was worded when the ranking began."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part, as in `Participant`, by the name that is shown of them."""

    name: str
    agency: str = ""
    left_at: datetime | None = None
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """How many named or marked each statement, most first.

    `given` pairs each person's name with what they named; empty in an anonymous ranking.
    """

    counts: tuple[tuple[str, int], ...]
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one person stands on a proposal; `name` is "" in an anonymous ranking."""

    position: PositionName
    reason: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """How a proposal was answered: blocks first, then those who stand aside."""

    proposal: tuple[str, ...]
    stands: tuple[Stand, ...]
    quorum: int
    accepted: bool

    @property
    def counts(self) -> dict[PositionName, int]:
        """How many took each position."""
        return {name: sum(stand.position == name for stand in self.stands) for name in POSITIONS}

    @property
    def dissent(self) -> tuple[Stand, ...]:
        """Those who block or stand aside."""
        return tuple(stand for stand in self.stands if stand.position in ("block", "aside"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's W and the mean rank correlation, each beside what random orders give.

    `w_random` is W's mean over random orders of as many people, `w_chance` the probability that they
    reach this W; random orders have a mean correlation of 0.
    """

    w: float
    w_random: float
    w_chance: float
    correlation: float
    correlation_random: float = 0.0


@dataclass(frozen=True, slots=True)
class AgencyPlaces:
    """The mean place of each statement among one agency's people.

    What somebody left unplaced shares the last places on their ballot.
    `agency` is "" for people without one.
    """

    agency: str
    people: int
    means: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Movement:
    """One statement's place in the round before and in this one."""

    label: str
    before: Band
    after: Band


@dataclass(frozen=True, slots=True)
class Round:
    """One round of ordering.

    `ballots` name people, or number them in an anonymous ranking, in an order that tells nothing.
    Of `agencies` some are `withheld` where the figures of one would tell what fewer than three people think;
    the ballots of those name no agency.
    """

    number: int
    ballots: tuple[Ballot, ...]
    order: GroupOrder
    agreement: Agreement | None
    agencies: tuple[AgencyPlaces, ...]
    withheld: bool
    movement: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True)
class StageReport:
    """One stage: when, what it asked of how many people, and what it came to.

    `result` is None for a stage that asks nothing, is still open, or that nobody answered.
    """

    kind: StageKind
    title: str
    asked: str
    opened_at: datetime
    closed_at: datetime | None
    deadline: datetime | None
    people: int
    answered: int
    result: Marks | Consent | Round | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was announced while the ranking went on, in words."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A ranking, whole. `outcome` is in order and empty unless `status` is "decided".

    `made_at` is when the record was drawn up and `version` that of the app that did.
    """

    title: str
    source: str
    statements: tuple[Statement, ...]
    rules: Rules
    channel: str
    facilitator: str
    deputies: tuple[str, ...]
    members: tuple[Member, ...]
    stages: tuple[StageReport, ...]
    events: tuple[Event, ...]
    status: RankingStatus
    outcome: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None
    made_at: datetime
    version: str

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of ordering, first to last."""
        return tuple(stage.result for stage in self.stages if isinstance(stage.result, Round))

    @property
    def last_consent(self) -> Consent | None:
        """The answer to the last proposal."""
        consents = [stage.result for stage in self.stages if isinstance(stage.result, Consent)]
        return consents[-1] if consents else None
