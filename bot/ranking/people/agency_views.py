"""The question which agency a person answers for."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, Option, PlainTextInput, StaticSelectMenu

from bot.blocks import actions, button, context, plain, section
from bot.ranking import ids
from bot.ranking.people.agency_names import LONGEST

MOST_OFFERED = 100
QUESTION = "Which agency or service do you answer for?"
WHY = (
    "This is asked once. The message in the channel shows who takes part by agency, and a group can agree "
    "that each agency counts once."
)
CHANGED_AT_HOME = "You can change it in my Home tab."


def agency_modal(offered: Sequence[str], chosen: str, door: str, *, is_outside: bool = False) -> ModalView:
    """Known agencies to choose from, a field for another one, and a way to say nothing.

    Somebody from outside has no Home tab here.
    `door` names what the person was about to do, and comes back with the answer.
    """
    blocks: list[Block] = [
        section(f"*{QUESTION}*"),
        context(WHY if is_outside else f"{WHY} {CHANGED_AT_HOME}"),
    ]
    options = [Option(plain(name), value=name) for name in offered[:MOST_OFFERED]]
    if options:
        blocks.append(
            InputBlock(
                plain("Your agency"),
                StaticSelectMenu(
                    placeholder=plain("Choose your agency"),
                    action_id=ids.AGENCY_FIELD,
                    options=options,
                    initial_option=next((one for one in options if one.value == chosen), None),
                ),
                block_id=ids.AGENCY_FIELD,
                optional=True,
            )
        )
    blocks.append(
        InputBlock(
            plain("Another one" if options else "Your agency"),
            PlainTextInput(
                action_id=ids.OTHER_AGENCY_FIELD,
                max_length=LONGEST,
                placeholder=plain("Such as Hillside Primary School"),
            ),
            hint=plain("If it is not in the list, type its name here.") if options else None,
            block_id=ids.OTHER_AGENCY_FIELD,
            optional=True,
        )
    )
    blocks.append(actions(button("Rather not say", ids.DECLINE_AGENCY)))
    return ModalView(
        title=plain("Your agency"),
        blocks=blocks,
        submit=plain("Save" if not door else "Save and go on"),
        close=plain("Not now"),
        callback_id=ids.SEND_AGENCY,
        private_metadata=door or None,
    )
