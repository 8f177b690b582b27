"""The form that asks which template a message begins, and what of it is kept."""

from collections.abc import Sequence

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
NOTHING_YET = "Nothing is kept until you press Start. Only you see the draft."


def quote_modal(templates: Sequence[Template], quote: str) -> Modal:
    """The templates, and the quoted message to go into the field that each names for it."""
    options = [Option(plain(cut(template.title, OPTION_LENGTH)), template.id) for template in templates]
    blocks: list[Block] = [
        section(NOTHING_YET),
        InputBlock(
            label=plain("Template"),
            element=RadioButtonGroup(ids.TEMPLATE_FIELD, options, initial_option=options[0]),
            block_id=ids.TEMPLATE_FIELD,
        ),
        *field_blocks(QUOTE, quote),
    ]
    return modal("Start a case study", blocks, callback_id=ids.BEGIN_WITH_QUOTE, submit="Start")
