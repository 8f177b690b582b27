"""The rules of the six steps, as they would be true on paper.

Read, drop one by consent, rank the rest, compare, choose five by consent; a group can leave
out all but the ranking. A stage takes answers until it is closed; then it shows its result and
the facilitator chooses how to go on. Nothing is decided over the blocks that the group agreed
stop a proposal. Without the choice the outcome is the order that was counted, and is called that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from storage.records.rankings import Answer, QuorumRule, Ranking, Stage, StageKind, StepName

MOST_CHOSEN = 5
"""How many statements the group settles on, when it has ranked more than that."""
ALL_STEPS: tuple[StepName, ...] = ("read", "discard", "compare", "choose")
"""The steps that can be left out."""
ORDERED_STEPS = ("read", "discard", "rank", "compare", "choose")
Basis: TypeAlias = Literal["consent", "count"]
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
    RECORD_ORDER = "record_order"
    NO_CONSENSUS = "no_consensus"
    CANCEL = "cancel"


TITLES: dict[StageKind, str] = {
    "read": "Read and discuss",
    "discard": "Name one to drop",
    "discard_consent": "Can everybody accept dropping it?",
    "rank": "Put them in order",
    "compare": "Compare",
    "choose": "Mark the {count} that matter most",
    "choose_consent": "Can everybody accept these {count}?",
}
"""What each stage is called; `{count}` stands for how many are chosen."""


class Verdict(StrEnum):
    """What the answers to a proposal come to."""

    ACCEPTED = "accepted"
    BLOCKED = "blocked"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Consent:
    """How a proposal was answered.

    `quorum` is how many answers it takes and `blocks_needed` how many blocks stop it. `dissent` holds the
    answers that block or give a reason, blocks first.
    """

    counts: dict[Position, int]
    quorum: int
    blocks_needed: int
    dissent: tuple[Answer, ...]

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def missing(self) -> int:
        """How many more answers the quorum takes."""
        return max(0, self.quorum - self.answered)

    @property
    def verdict(self) -> Verdict:
        """Accepted, or why not; blocks come before a missed quorum, because waiting does not lift them."""
        if self.counts[Position.BLOCK] >= self.blocks_needed:
            return Verdict.BLOCKED
        return Verdict.TOO_FEW if self.missing else Verdict.ACCEPTED

    @property
    def accepted(self) -> bool:
        """Enough people answered, and fewer block it than it takes to stop it."""
        return self.verdict is Verdict.ACCEPTED


def quorum_for(rule: QuorumRule, people: int) -> int:
    """How many of the people who still take part must answer a proposal."""
    if rule == "all":
        return people
    if rule == "two_thirds":
        return -(-2 * people // 3)
    return people // 2 + 1


def taking_part(ranking: Ranking, stage: Stage) -> int:
    """How many people took part when the stage was closed, or now: who leaves later changes no result."""
    at = stage.closed_at
    return sum(
        (each.left_at is None or (at is not None and each.left_at > at))
        and (each.added_at is None or at is None or each.added_at <= at)
        for each in ranking.participants
    )


def weigh_consent(answers: Sequence[Answer], quorum: int, blocks_needed: int = 1) -> Consent:
    """Count the positions on a proposal; the answers of people who have left since stand."""
    given = [answer for answer in answers if answer.complete]
    counts = {position: sum(answer.choice == (position,) for answer in given) for position in Position}
    reasoned = [answer for answer in given if answer.reason or answer.choice == (Position.BLOCK,)]
    order = list(Position)[::-1]
    reasoned.sort(key=lambda answer: order.index(Position(answer.choice[0])))
    return Consent(counts, quorum, blocks_needed, tuple(reasoned))


def takes_answers(stage: Stage) -> bool:
    """Whether people can answer now."""
    return stage.closed_at is None and stage.kind not in ("read", "compare")


def first_kind(steps: Collection[StepName]) -> StageKind:
    """The stage that a ranking with these steps begins with."""
    if "read" in steps:
        return "read"
    return "discard" if "discard" in steps else "rank"


def moves(
    stage: Stage, consent: Consent | None = None, steps: Collection[StepName] = ALL_STEPS
) -> tuple[Move, ...]:
    """The facilitator's ways on, the likeliest first; `consent` of a closed consent stage.

    `steps` are those that the group keeps; ordering always is.
    """
    return (*_ways_on(stage, consent, steps), Move.CANCEL)


def _ways_on(stage: Stage, consent: Consent | None, steps: Collection[StepName]) -> tuple[Move, ...]:
    kind = stage.kind
    if kind == "read":
        return (Move.START_DISCARD if "discard" in steps else Move.START_RANK,)
    if kind in ("rank", "compare"):
        return _ways_on_with_order(stage, steps)
    if stage.closed_at is None:
        return (Move.CLOSE,)
    if kind in ("discard", "choose"):
        return (Move.PROPOSE, Move.ASK_AGAIN)
    if consent is not None and consent.accepted:
        return (Move.START_RANK,) if kind == "discard_consent" else (Move.DECIDE,)
    return (Move.PROPOSE, Move.ASK_AGAIN, Move.NO_CONSENSUS)


def _ways_on_with_order(stage: Stage, steps: Collection[StepName]) -> tuple[Move, ...]:
    if stage.kind == "rank" and "compare" in steps:
        return (Move.COMPARE,)
    if takes_answers(stage):
        return (Move.CLOSE,)
    return (Move.START_CHOOSE if "choose" in steps else Move.RECORD_ORDER, Move.RANK_AGAIN)


def decided_by(stage: Stage) -> Basis:
    """What a ranking that is decided in this stage rests on: the group's consent, or the plain count."""
    return "consent" if stage.kind == "choose_consent" else "count"


def step_place(kind: StageKind, steps: Collection[StepName] = ALL_STEPS) -> tuple[str, int]:
    """The stage's number among the steps that are kept, such as "2b", and how many steps there are.

    The outcome is the last step.
    """
    kept = [name for name in ORDERED_STEPS if name == "rank" or name in steps]
    asked = kind.removesuffix("_consent")
    letter = "b" if kind.endswith("_consent") else ""
    return f"{kept.index(asked) + 1}{letter}", len(kept) + 1


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
