"""What is sent: each load makes the requests of a round, every one from somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bench.votes.data import SEQ, Form, Subject
from bench.votes.presses import as_echoed, press, submission
from bot.ranking.ids import PLACE, Ref

OVERVIEW = "V0OVERVIEW"
"""The view under each form."""


class Load(Protocol):
    """Requests by round; those of one round are sent to the bare app and to ours."""

    def requests(self, number: int) -> list[bytes]:
        """The requests of this round, signed now."""


@dataclass(frozen=True, slots=True)
class Anew:
    """Each round its own load, in the state in which the round before found its own."""

    loads: Sequence[Load]

    def requests(self, number: int) -> list[bytes]:
        return self.loads[number].requests(0)


@dataclass(frozen=True, slots=True)
class Votes:
    """So many people a round name a statement for the first time, in these rankings by turns."""

    rankings: tuple[Subject, ...]
    a_round: int

    def requests(self, number: int) -> list[bytes]:
        return [self._vote(at) for at in range(number * self.a_round, (number + 1) * self.a_round)]

    def _vote(self, at: int) -> bytes:
        turn, which = divmod(at, len(self.rankings))
        ranking = self.rankings[which]
        item = ranking.items[at % len(ranking.items)]
        action = {
            "type": "button",
            "action_id": PLACE,
            "block_id": item,
            "value": Ref(ranking.ranking_id, SEQ, item, 1).encode(),
            "text": {"type": "plain_text", "text": "Drop", "emoji": True},
        }
        return press(ranking.voter(ranking.answered + turn), ranking.view, action, ranking.workspace_id)


@dataclass(frozen=True, slots=True)
class Sections:
    """So many people a round send the first section of their draft, with something new in it."""

    forms: tuple[Form, ...]

    def requests(self, number: int) -> list[bytes]:
        return [section(form, f"What we did, told for the {number + 1}. time.") for form in self.forms]


def section(form: Form, text: str) -> bytes:
    """A form that is sent with this text in its first field for text."""
    values = {
        block["block_id"]: {
            block["element"]["action_id"]: {
                "type": block["element"]["type"],
                "value": text if block["block_id"] == form.field else None,
            }
        }
        for block in form.view["blocks"]
        if block["type"] == "input"
    }
    on_overview = {**form.view, "root_view_id": OVERVIEW, "previous_view_id": OVERVIEW}
    return submission(form.owner, as_echoed(on_overview, f"V0FORM{form.owner}", values))
