"""Names of this feature's actions, forms and messages, and what their values carry.

A value carries ids only, and never a right: every press is checked against the rows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.values import number, pieces, pressed_value

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
LIST_MESSAGE = "ranking.message.list"
SEND_SETUP = "ranking.setup.send"
RESUME_SETUP = "ranking.setup.resume"
RESTART_SETUP = "ranking.setup.restart"
OPEN_RULES = "ranking.setup.rules"
SEND_RULES = "ranking.rules.send"
START = "ranking.preview.start"
CHANGE_AGENCY = "ranking.home.agency"
SEND_AGENCY = "ranking.agency.send"
DECLINE_AGENCY = "ranking.agency.decline"
LIST_ALL = "ranking.home.list"
NEWER_RANKINGS = "ranking.list.newer"
OLDER_RANKINGS = "ranking.list.older"
NEWER_ENDED = "ranking.ended.newer"
OLDER_ENDED = "ranking.ended.older"

OPEN_EXPORT = "ranking.export.open"
SEND_EXPORT = "ranking.export.send"

CANVAS_FIELD = "canvas"
AGENCY_FIELD = "agency"
OTHER_AGENCY_FIELD = "other_agency"
SOURCE_FIELD = "source"
TITLE_FIELD = "title"
STATEMENTS_FIELD = "statements"
CHANNEL_FIELD = "channel"
FORMS_FIELD = "forms"
UNNAMED_FIELD = "unnamed"
TARGET_FIELD = "target"
PEOPLE_FIELD = "people"
NAMES_FIELD = "names"
STEPS_FIELD = "steps"
WEIGHTS_FIELD = "weights"
QUORUM_FIELD = "quorum"
BLOCKS_FIELD = "blocks"
HOURS_FIELD = "hours"
REMIND_FIELD = "remind"
PIN_FIELD = "pin"
SETUP_CHOICES = (CHANNEL_FIELD, PEOPLE_FIELD, NAMES_FIELD)
"""Choices in the set-up form, each stored at once; the source changes the form too."""
RULE_CHOICES = (
    STEPS_FIELD,
    WEIGHTS_FIELD,
    QUORUM_FIELD,
    BLOCKS_FIELD,
    HOURS_FIELD,
    REMIND_FIELD,
    PIN_FIELD,
)
"""Choices in the form of the rules, each stored at once."""

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
CANVAS_KIND = "ranking.canvas"
EXPORT_KIND = "ranking.export"


def setup_action(field: str) -> str:
    """What the set-up form sends when this choice is made."""
    return f"ranking.setup.{field}"


def rule_action(field: str) -> str:
    """What the form of the rules sends when this choice is made."""
    return f"ranking.rules.{field}"


def list_value(channel_id: str, page: int) -> str:
    """A page of a channel's rankings, or with "" of the reader's own."""
    return f"{channel_id}|{page}"


def place_field(number: int) -> str:
    """The input for the proposal's `number`-th statement."""
    return f"place_{number}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Which ranking, and where in it: the stage, and perhaps an item and a place (from 1) or a move."""

    ranking_id: str
    seq: int = 0
    item: str = ""
    place: int = 0

    def encode(self) -> str:
        """As it goes into a button's value or a modal's metadata."""
        return f"{self.ranking_id}|{self.seq}|{self.item}|{self.place}"

    @classmethod
    def decode(cls, value: str) -> "Ref":
        """:raises OutdatedError: the value was not made by `encode`."""
        ranking_id, seq, item, place = pieces(value, 4)
        return cls(ranking_id, number(seq), item, number(place))


def pressed_ref(body: dict[str, Any]) -> Ref:
    """What the button that was pressed is about."""
    return Ref.decode(pressed_value(body))


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
