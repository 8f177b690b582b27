"""The form that asks which template a message begins, and what of it is kept."""

from collections.abc import Sequence
from dataclasses import replace

from slackblocks import Block, InputBlock, Option, RadioButtonGroup

from bot.blocks import OPTION_LENGTH, cut, plain, section
from bot.case_studies import ids
from bot.case_studies.fields.inputs import field_blocks
from bot.case_studies.modals import Modal, modal
from knowledge.model import Field, Template

QUOTE = Field(
    id="quote",
    label="What you take from the message",
    kind="text",
    help="Shorten it as you like, and take out whoever could be recognised. You can change it later too.",
    example="What happened, and what came of it",
    required=False,
    options=(),
)
RANKING_QUOTE = replace(QUOTE, label="What you take from the ranking")
NOTHING_YET = "Nothing is kept until you press Start. Only you see the draft."
STRATEGIES_TOO = "The strategies that the group settled on go with it. You can change them in the draft."


def quote_modal(
    templates: Sequence[Template], quote: str, field: Field = QUOTE, strategies: Sequence[str] = ()
) -> Modal:
    """The templates, and the words to go into the field that each names for them.

    `field` is QUOTE with a label of its own; `strategies` are the ids of those that go with the words.
    """
    options = [Option(plain(cut(template.title, OPTION_LENGTH)), template.id) for template in templates]
    blocks: list[Block] = [
        section(NOTHING_YET),
        InputBlock(
            label=plain("Template"),
            element=RadioButtonGroup(ids.TEMPLATE_FIELD, options, initial_option=options[0]),
            block_id=ids.TEMPLATE_FIELD,
        ),
        *field_blocks(field, quote),
        *([section(STRATEGIES_TOO)] if strategies else []),
    ]
    return modal(
        "Start a case study",
        blocks,
        metadata="|".join(strategies),
        callback_id=ids.BEGIN_WITH_QUOTE,
        submit="Start",
    )
