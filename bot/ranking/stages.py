"""The rules of the six steps, as they would be true on paper.

Read, drop one by consent, rank the rest, compare, choose five by consent. A stage
takes answers until it is closed; then it shows its result and the facilitator
chooses how to go on. Nothing is decided over a block.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.records import Answer, QuorumRule, Stage, StageKind

MOST_CHOSEN = 5
"""How many statements the group settles on, when it has ranked more than that."""
COUNTS = ("none", "one", "two", "three", "four", "five")


class Position(StrEnum):
    """Where a person stands on a proposal."""

    SUPPORT = "support"
    ACCEPT = "accept"
    ASIDE = "aside"
    BLOCK = "block"


class Move(StrEnum):
    """What the facilitator can do next."""

    START_DISCARD = "start_discard"
    CLOSE = "close"
    PROPOSE = "propose"
    ASK_AGAIN = "ask_again"
    START_RANK = "start_rank"
    COMPARE = "compare"
    RANK_AGAIN = "rank_again"
    START_CHOOSE = "start_choose"
    DECIDE = "decide"
    NO_CONSENSUS = "no_consensus"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Step:
    """How a stage is counted and called; `{count}` stands for how many are chosen."""

    number: str
    title: str


STEPS: dict[StageKind, Step] = {
    "read": Step("1", "Read and discuss"),
    "discard": Step("2", "Name one to drop"),
    "discard_consent": Step("2b", "Can everybody accept dropping it?"),
    "rank": Step("3", "Put the rest in order"),
    "compare": Step("4", "Compare"),
    "choose": Step("5", "Mark the {count} that matter most"),
    "choose_consent": Step("5b", "Can everybody accept these {count}?"),
}


@dataclass(frozen=True, slots=True)
class Consent:
    """How a proposal was answered.

    `reasons` pairs each person who gave one with position and reason, blocks first.
    """

    counts: dict[Position, int]
    quorum: int
    dissent: tuple[Answer, ...]

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def accepted(self) -> bool:
        """Enough people answered, and nobody blocks."""
        return self.answered >= self.quorum and not self.counts[Position.BLOCK]


def quorum_for(rule: QuorumRule, people: int) -> int:
    """How many of the people who still take part must answer a proposal."""
    if rule == "all":
        return people
    if rule == "two_thirds":
        return -(-2 * people // 3)
    return people // 2 + 1


def weigh_consent(answers: Sequence[Answer], quorum: int) -> Consent:
    """Count the positions on a proposal."""
    given = [answer for answer in answers if answer.complete]
    counts = {position: sum(answer.choice == (position,) for answer in given) for position in Position}
    reasoned = [answer for answer in given if answer.reason or answer.choice == (Position.BLOCK,)]
    order = list(Position)[::-1]
    reasoned.sort(key=lambda answer: order.index(Position(answer.choice[0])))
    return Consent(counts, quorum, tuple(reasoned))


def takes_answers(stage: Stage) -> bool:
    """Whether people can answer now."""
    return stage.closed_at is None and stage.kind not in ("read", "compare")


def moves(stage: Stage, consent: Consent | None = None) -> tuple[Move, ...]:
    """The facilitator's ways on, the likeliest first; `consent` of a closed consent stage."""
    return (*_ways_on(stage, consent), Move.CANCEL)


def _ways_on(stage: Stage, consent: Consent | None) -> tuple[Move, ...]:
    kind = stage.kind
    if kind == "read":
        return (Move.START_DISCARD,)
    if kind == "compare":
        return (Move.START_CHOOSE, Move.RANK_AGAIN)
    if stage.closed_at is None:
        return (Move.COMPARE,) if kind == "rank" else (Move.CLOSE,)
    if kind in ("discard", "choose"):
        return (Move.PROPOSE, Move.ASK_AGAIN)
    if consent is not None and consent.accepted:
        return (Move.START_RANK,) if kind == "discard_consent" else (Move.DECIDE,)
    return (Move.PROPOSE, Move.ASK_AGAIN, Move.NO_CONSENSUS)


def wanted(stage: Stage) -> int:
    """How many statements a complete answer to this stage, or a proposal after it, names."""
    if stage.kind in ("discard", "discard_consent"):
        return 1
    if stage.kind == "rank":
        return len(stage.items)
    return chosen_of(len(stage.items))


def chosen_of(ranked: int) -> int:
    """How many of the ranked statements the group settles on: five, or all but one of fewer."""
    return min(MOST_CHOSEN, ranked - 1)


def asked_again(kind: StageKind) -> StageKind:
    """The stage that another round of this one opens."""
    return "discard" if kind in ("discard", "discard_consent") else "choose"


def consent_kind(kind: StageKind) -> StageKind:
    """The stage in which a proposal made after this one is answered."""
    return "discard_consent" if kind in ("discard", "discard_consent") else "choose_consent"


def round_number(stages: Sequence[Stage], stage: Stage) -> int:
    """1 for the first stage of its kind, 2 for the next round of it, and so on."""
    return sum(other.kind == stage.kind and other.seq <= stage.seq for other in stages)
