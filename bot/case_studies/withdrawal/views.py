"""The form with which an owner withdraws a case study, and what they are told then."""

from slackblocks import Block, CheckboxGroup, InputBlock, Option, PlainTextInput

from bot.blocks import header, plain, section
from bot.case_studies import ids
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from bot.case_studies.withdrawal.withdrawing import LONGEST_REASON
from storage.records.case_studies import CaseStudy

SURE = "sure"
WHAT_HAPPENS = (
    "It goes from search, lists and filters. In each channel where it was shared, a note takes the place of "
    "its card: the title, the day, your name and your reason. Those who wrote it can still read all of it."
)
DONE = (
    "It can no longer be found or read by others. The cards in channels say so in a moment. Those who wrote "
    "it can still read all of it."
)


def withdraw_modal(study: CaseStudy) -> Modal:
    """What withdrawal means, the reason, and the box that makes sure."""
    reason = InputBlock(
        label=plain("Why it is withdrawn"),
        element=PlainTextInput(
            action_id=ids.WITHDRAWAL_REASON, multiline=True, min_length=1, max_length=LONGEST_REASON
        ),
        block_id=ids.WITHDRAWAL_REASON,
        hint=plain("Whoever could read the case study can read this. Write it so that it harms nobody."),
    )
    sure = InputBlock(
        label=plain("This cannot be taken back"),
        element=CheckboxGroup(ids.SURE_FIELD, [Option(plain("Withdraw it for good"), SURE)]),
        block_id=ids.SURE_FIELD,
    )
    blocks: list[Block] = [header(short_title(study)), section(WHAT_HAPPENS), reason, sure]
    return modal(
        "Withdraw it",
        blocks,
        metadata=study.id,
        callback_id=ids.SEND_WITHDRAWAL,
        submit="Withdraw",
        close="Back",
    )


def withdrawn_modal(study: CaseStudy) -> Modal:
    """Said to the owner alone: it is withdrawn."""
    return modal("Withdrawn", [header(short_title(study)), section(DONE)])
