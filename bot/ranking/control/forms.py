"""The forms behind the facilitator's menu: the end of a step, and who takes part, helps and facilitates."""

from datetime import datetime

from slackblocks import (
    Block,
    DateTimePicker,
    Element,
    InputBlock,
    ModalView,
    UserMultiSelectMenu,
    UserSelectMenu,
)

from bot.blocks import plain, section
from bot.ranking import ids
from bot.ranking.people.changes import MOST_HELPERS
from bot.ranking.snapshot import Snapshot


def deadline_modal(snapshot: Snapshot, suggested: datetime) -> ModalView:
    """When the current step ends; Slack shows the time in the reader's own time zone."""
    deadline = snapshot.stage.deadline or suggested
    picker = DateTimePicker(action_id=ids.DEADLINE_FIELD, initial_datetime=int(deadline.timestamp()))
    words = (
        "At this time the step ends by itself, unless nobody has answered. Everybody is told in the thread. "
        "Leave it empty to end the step yourself."
    )
    question = InputBlock(
        plain("The step ends"),
        picker,
        hint=plain("In your own time zone."),
        block_id=ids.DEADLINE_FIELD,
        optional=True,
    )
    return _form(snapshot, "The end of this step", words, question, "Set the end", ids.SEND_DEADLINE)


def adding_modal(snapshot: Snapshot) -> ModalView:
    """Who takes part from now on, too."""
    words = "They can answer the step that is open now and all that follow. Everybody is told in the thread."
    menu = UserMultiSelectMenu(placeholder=plain("Choose people"), action_id=ids.PEOPLE_FIELD)
    question = _question("Who joins", menu, ids.PEOPLE_FIELD, "They must be in the channel.")
    return _form(snapshot, "Add people", words, question, "Add", ids.SEND_ADDING)


def leaving_modal(snapshot: Snapshot) -> ModalView:
    """Who no longer takes part."""
    words = (
        "Nobody waits for their answer any more, and what they answered so far stands. Everybody is told in "
        "the thread. You can add them again."
    )
    menu = UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.PERSON_FIELD)
    question = _question("Who has left", menu, ids.PERSON_FIELD, "Somebody who takes part now.")
    return _form(snapshot, "Somebody has left", words, question, "Record it", ids.SEND_LEAVING)


def handover_modal(snapshot: Snapshot) -> ModalView:
    """Who facilitates from now on."""
    words = "They start and end each step from now on. Everybody is told in the thread."
    menu = UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.PERSON_FIELD)
    question = _question("The new facilitator", menu, ids.PERSON_FIELD, "They must be in the channel.")
    return _form(snapshot, "Hand over", words, question, "Hand over", ids.SEND_HANDOVER)


def helpers_modal(snapshot: Snapshot) -> ModalView:
    """Who may do what the facilitator may."""
    words = "Helpers may do all that the facilitator may. Everybody is told in the thread."
    menu = UserMultiSelectMenu(
        placeholder=plain("Nobody"),
        action_id=ids.PEOPLE_FIELD,
        initial_users=[person.user_id for person in snapshot.ranking.deputies] or None,
        max_selected_items=MOST_HELPERS,
    )
    hint = "They must be in the channel. Leave it empty for none."
    question = _question("Helpers", menu, ids.PEOPLE_FIELD, hint, optional=True)
    return _form(snapshot, "Name helpers", words, question, "Save", ids.SEND_HELPERS)


def _question(
    label: str, element: Element, block_id: str, hint: str, *, optional: bool = False
) -> InputBlock:
    return InputBlock(plain(label), element, hint=plain(hint), block_id=block_id, optional=optional)


def _form(
    snapshot: Snapshot, title: str, words: str, question: InputBlock, submit: str, callback_id: str
) -> ModalView:
    blocks: list[Block] = [section(plain(words)), question]
    return ModalView(
        title=plain(title),
        blocks=blocks,
        submit=plain(submit),
        close=plain("Back"),
        callback_id=callback_id,
        private_metadata=ids.Ref(snapshot.ranking.id, snapshot.stage.seq).encode(),
    )
