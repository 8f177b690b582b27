"""A ranking as it stands: its rows, and what its stages came to."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.ranking.results import GroupOrder, Marks
from bot.ranking.stages import Consent, Move, moves, round_number
from storage.records.people import Person
from storage.records.rankings import Item, Ranking, Stage

Result: TypeAlias = Marks | GroupOrder | Consent | None
"""What a stage's answers come to; None while it is open, or when it has none to count."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of one ranking, read together.

    `answered` are the people who have answered the current stage (empty when names are not
    shown: `stage.answered` is the number), `result` is what
    the current stage came to once it is closed (for "compare", the last order).
    """

    ranking: Ranking
    stages: tuple[Stage, ...]
    answered: tuple[Person, ...]
    result: Result

    @property
    def stage(self) -> Stage:
        """The current stage."""
        return self.stages[-1]

    @property
    def round(self) -> int:
        """Which round of its kind the current stage is."""
        return round_number(self.stages, self.stage)

    def item(self, item_id: str) -> Item:
        """The statement as it was worded; :raises StopIteration: it is not part of this ranking."""
        return next(item for item in self.ranking.items if item.id == item_id)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The facilitator's ways on: none once the ranking has ended, only to stop it while it is paused."""
        if self.ranking.status != "open":
            return ()
        if self.ranking.paused_at:
            return (Move.CANCEL,)
        consent = self.result if isinstance(self.result, Consent) else None
        return moves(self.stage, consent, self.ranking.rules.steps)

    @property
    def agreed(self) -> tuple[str, ...]:
        """What the outcome is if the group decides now: the proposal, or without one the order counted."""
        return self.result.items if isinstance(self.result, GroupOrder) else self.stage.proposal

    @property
    def dropped(self) -> tuple[str, ...]:
        """What the group has dropped so far."""
        in_play = next((stage.items for stage in self.stages if stage.kind == "rank"), None)
        if in_play is None:
            return ()
        return tuple(item.id for item in self.ranking.items if item.id not in in_play)

    @property
    def tried(self) -> tuple[str, ...]:
        """What was proposed to be dropped before."""
        return tuple(
            item for stage in self.stages if stage.kind == "discard_consent" for item in stage.proposal
        )
