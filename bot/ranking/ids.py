"""Names of this feature's actions, forms and messages, and what their values carry.

A value carries ids only, and never a right: every press is checked against the rows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

OPEN_ANSWER = "ranking.board.answer"
OPEN_STATEMENTS = "ranking.board.statements"
OPEN_REASONS = "ranking.board.reasons"
OPEN_COMPARE = "ranking.board.compare"
OPEN_CONTROLS = "ranking.board.controls"
PLACE = "ranking.ballot.place"
UP = "ranking.ballot.up"
DOWN = "ranking.ballot.down"
REMOVE = "ranking.ballot.remove"
SEND_CONSENT = "ranking.consent.send"
MOVE = "ranking.controls.move"
OPEN_PROPOSAL = "ranking.controls.propose"
SEND_PROPOSAL = "ranking.proposal.send"
OPEN_DISSENT = "ranking.controls.no_consensus"
SEND_DISSENT = "ranking.dissent.send"
SHOW_MORE = "ranking.controls.more"
SHOW_FIRST = "ranking.controls.first"
OPEN_DEADLINE = "ranking.controls.deadline"
SEND_DEADLINE = "ranking.deadline.send"
REMIND = "ranking.controls.remind"
PAUSE = "ranking.controls.pause"
RESUME = "ranking.controls.resume"
OPEN_ADDING = "ranking.controls.add"
SEND_ADDING = "ranking.adding.send"
OPEN_LEAVING = "ranking.controls.leave"
SEND_LEAVING = "ranking.leaving.send"
OPEN_HANDOVER = "ranking.controls.hand_over"
SEND_HANDOVER = "ranking.handover.send"
OPEN_HELPERS = "ranking.controls.helpers"
SEND_HELPERS = "ranking.helpers.send"
TAKE_OVER = "ranking.note.take_over"
OPEN_SETUP = "ranking.home.setup"
SEND_SETUP = "ranking.setup.send"

CHANNEL_FIELD = "channel"
PEOPLE_FIELD = "people"
POSITION_FIELD = "position"
REASON_FIELD = "reason"
WORDS_FIELD = "words"
SUGGESTION_FIELD = "suggestion"
OWN_PROPOSAL = "own"
PERSON_FIELD = "person"
DEADLINE_FIELD = "deadline"

BOARD_KIND = "ranking.board"
STAGE_KIND = "ranking.stage"
OUTCOME_KIND = "ranking.outcome"
NOTE_KIND = "ranking.note"
NOTICE_KIND = "ranking.notice"
REMINDER_KIND = "ranking.reminder"


def place_field(number: int) -> str:
    """The input for the proposal's `number`-th statement."""
    return f"place_{number}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Which ranking, and where in it: the stage, and perhaps an item and a place or a move."""

    ranking_id: str
    seq: int = 0
    item: str = ""
    place: int = 0

    def encode(self) -> str:
        """As it goes into a button's value or a modal's metadata."""
        return f"{self.ranking_id}|{self.seq}|{self.item}|{self.place}"

    @classmethod
    def decode(cls, value: str) -> "Ref":
        """:raises ValueError: the value was not made by `encode`."""
        ranking_id, seq, item, place = value.split("|")
        return cls(ranking_id, int(seq), item, int(place))


def pressed_ref(body: dict[str, Any]) -> Ref:
    """What the button that was pressed is about."""
    return Ref.decode(body["actions"][0]["value"])


def subject(ranking_id: str) -> str:
    """What all messages about a ranking are about."""
    return f"ranking:{ranking_id}"


def board_id(ranking_id: str) -> str:
    """The message in the channel."""
    return f"{BOARD_KIND}:{ranking_id}"


def stage_id(ranking_id: str, seq: int) -> str:
    """The message in the thread about one stage."""
    return f"{STAGE_KIND}:{ranking_id}:{seq}"


def outcome_id(ranking_id: str) -> str:
    """The message with what was decided."""
    return f"{OUTCOME_KIND}:{ranking_id}"


def note_id(ranking_id: str) -> str:
    """The messages in the thread that announce events; the store adds the event's number."""
    return f"{NOTE_KIND}:{ranking_id}"


def notice_id(ranking_id: str, what: str, seq: int, at: datetime) -> str:
    """A direct message to the facilitator: `what` happened to a stage, and when."""
    return f"{NOTICE_KIND}:{ranking_id}:{what}:{seq}:{int(at.timestamp())}"
