"""What is sent: each load makes the requests of a round, every one from somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bench.votes.data import SEQ, Form, Subject
from bench.votes.presses import as_echoed, press, submission
from bot.case_studies.ids import FormRef
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
    """So many people a round send the first section of their draft, opened anew, with something new in it."""

    forms: tuple[Form, ...]

    def requests(self, number: int) -> list[bytes]:
        text = f"What we did, told for the {number + 1}. time."
        return [section(form, text, seen=number) for form in self.forms]


def section(form: Form, text: str, seen: int = 0) -> bytes:
    """A form that is sent with this text in its first field for text, opened after so many changes."""
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
    opened = replace(FormRef.decode(form.view["private_metadata"]), seen=seen)
    on_overview = {
        **form.view,
        "private_metadata": opened.encode(),
        "root_view_id": OVERVIEW,
        "previous_view_id": OVERVIEW,
    }
    return submission(form.owner, as_echoed(on_overview, f"V0FORM{form.owner}", values))
