"""Every press and form of the rankings: who may do it, and in which state of a ranking."""

from dataclasses import dataclass
from typing import Literal

from bot.ranking import ids
from bot.ranking.stages import Move, Position
from tests.bot.ranking.running import CARA
from tests.slack import BEN, PIA, Json

Right = Literal["facilitator", "participant", "helper", "anybody"]

NOT_ABOUT_A_RANKING = {
    ids.LIST_MESSAGE,
    ids.OPEN_SETUP,
    ids.SEND_SETUP,
    ids.RESUME_SETUP,
    ids.RESTART_SETUP,
    ids.OPEN_RULES,
    ids.SEND_RULES,
    ids.START,
    ids.CHANGE_AGENCY,
    ids.SEND_AGENCY,
    ids.DECLINE_AGENCY,
    ids.LIST_ALL,
    ids.NEWER_RANKINGS,
    ids.OLDER_RANKINGS,
    ids.NEWER_ENDED,
    ids.OLDER_ENDED,
}
"""What is a person's own and stands before a ranking, or lists several: no ranking can refuse it."""


@dataclass(frozen=True)
class Press:
    """A button: who may press it, and in which state of the ranking (a method of `Ready`).

    `reads` shows something and changes nothing. `by_stage` is refused once the ranking has moved on,
    `after_end` is allowed when it has ended.
    """

    action_id: str
    right: Right
    ready: str
    item: str = ""
    place: int = 0
    reads: bool = False
    by_stage: bool = True
    after_end: bool = False


@dataclass(frozen=True)
class Form:
    """A modal that is sent: the press that opens it, and what is filled in."""

    callback_id: str
    opened_by: Press
    values: Json
    by_stage: bool = True
    after_end: bool = False


def reading(action_id: str, ready: str, right: Right = "anybody") -> Press:
    return Press(action_id, right, ready, reads=True, by_stage=False, after_end=right != "participant")


def opening(action_id: str, ready: str, *, by_stage: bool) -> Press:
    return Press(action_id, "facilitator", ready, reads=True, by_stage=by_stage)


OPEN_ANSWER = reading(ids.OPEN_ANSWER, "proposed", "participant")
OPEN_PROPOSAL = opening(ids.OPEN_PROPOSAL, "named", by_stage=True)
OPEN_DISSENT = opening(ids.OPEN_DISSENT, "blocked", by_stage=True)
OPEN_DEADLINE = opening(ids.OPEN_DEADLINE, "naming", by_stage=True)
OPEN_ADDING = opening(ids.OPEN_ADDING, "naming", by_stage=False)
OPEN_LEAVING = opening(ids.OPEN_LEAVING, "naming", by_stage=False)
OPEN_HANDOVER = opening(ids.OPEN_HANDOVER, "naming", by_stage=False)
OPEN_HELPERS = opening(ids.OPEN_HELPERS, "naming", by_stage=False)
OPEN_EXPORT = reading(ids.OPEN_EXPORT, "naming", "facilitator")

PRESSES = (
    reading(ids.OPEN_STATEMENTS, "naming"),
    reading(ids.OPEN_REASONS, "blocked"),
    reading(ids.OPEN_COMPARE, "compared"),
    reading(ids.OPEN_CONTROLS, "naming", "facilitator"),
    reading(ids.SHOW_MORE, "naming", "facilitator"),
    reading(ids.SHOW_FIRST, "naming", "facilitator"),
    OPEN_ANSWER,
    Press(ids.PLACE, "participant", "naming", "s-2", 1),
    Press(ids.UP, "participant", "naming", "s-2", 1),
    Press(ids.DOWN, "participant", "naming", "s-2", 1),
    Press(ids.REMOVE, "participant", "answered", "s-1"),
    Press(ids.MOVE, "facilitator", "read", Move.START_DISCARD),
    Press(ids.MOVE, "facilitator", "answered", Move.CLOSE),
    Press(ids.MOVE, "facilitator", "named", Move.ASK_AGAIN),
    Press(ids.MOVE, "facilitator", "compared", Move.RANK_AGAIN),
    Press(ids.MOVE, "facilitator", "compared", Move.START_CHOOSE),
    Press(ids.MOVE, "facilitator", "naming", Move.CANCEL),
    Press(ids.REMIND, "facilitator", "naming"),
    Press(ids.PAUSE, "facilitator", "naming"),
    Press(ids.RESUME, "facilitator", "paused"),
    Press(ids.TAKE_OVER, "helper", "left_alone", by_stage=False),
    OPEN_PROPOSAL,
    OPEN_DISSENT,
    OPEN_DEADLINE,
    OPEN_ADDING,
    OPEN_LEAVING,
    OPEN_HANDOVER,
    OPEN_HELPERS,
    OPEN_EXPORT,
)

FORMS = (
    Form(ids.SEND_CONSENT, OPEN_ANSWER, {ids.POSITION_FIELD: Position.SUPPORT}),
    Form(ids.SEND_PROPOSAL, OPEN_PROPOSAL, {ids.place_field(1): "s-2"}),
    Form(ids.SEND_DISSENT, OPEN_DISSENT, {ids.WORDS_FIELD: "We meet again"}),
    Form(ids.SEND_DEADLINE, OPEN_DEADLINE, {ids.DEADLINE_FIELD: 0}),
    Form(ids.SEND_ADDING, OPEN_ADDING, {ids.PEOPLE_FIELD: [CARA.id]}, by_stage=False),
    Form(ids.SEND_LEAVING, OPEN_LEAVING, {ids.PERSON_FIELD: PIA.id}, by_stage=False),
    Form(ids.SEND_HANDOVER, OPEN_HANDOVER, {ids.PERSON_FIELD: BEN.id}, by_stage=False),
    Form(ids.SEND_HELPERS, OPEN_HELPERS, {ids.PEOPLE_FIELD: [BEN.id]}, by_stage=False),
    Form(
        ids.SEND_EXPORT,
        OPEN_EXPORT,
        {ids.FORMS_FIELD: ["csv"], ids.TARGET_FIELD: "me"},
        by_stage=False,
        after_end=True,
    ),
)

EVERY = (*PRESSES, *FORMS)

ON_THE_BOARD = {
    ids.OPEN_ANSWER,
    ids.OPEN_STATEMENTS,
    ids.OPEN_REASONS,
    ids.OPEN_COMPARE,
    ids.OPEN_CONTROLS,
    ids.TAKE_OVER,
}


def name_of(one: Press | Form) -> str:
    if isinstance(one, Form):
        return one.callback_id
    return f"{one.action_id} {one.item}".strip()


def right_of(one: Press | Form) -> Right:
    return one.right if isinstance(one, Press) else one.opened_by.right
