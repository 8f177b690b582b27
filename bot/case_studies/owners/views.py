"""The form in which a case study is handed on, and what is said then; and the list of what somebody owns."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, UserSelectMenu

from bot.blocks import context, header, plain, section
from bot.case_studies import ids
from bot.case_studies.drafts.views import turn_buttons
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title, study_rows
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.people import Person

OWNED_A_PAGE = 10
WHAT_CHANGES = (
    "The new owner decides about it from then on: what it says, who writes in it, whether it is published or "
    "withdrawn. They are told by direct message. They can be from another agency too."
)
YOURS_STAYS = "What you wrote keeps your name. Of a draft in which you wrote nothing you will see no more."
NOTHING_OWNED = (
    "You own no case study that has been published. Your drafts are in App Home and under /casestudy."
)


def hand_on_modal(study: CaseStudy, *, is_owner: bool, is_below: bool) -> Modal:
    """Who owns it from now on; a stand-in is told why they may say so. `is_below` as in `HandOnRef`."""
    why = YOURS_STAYS if is_owner else f"Its owner, <@{study.owner.user_id}>, has left."
    blocks: list[Block] = [
        header(short_title(study)),
        section(WHAT_CHANGES),
        context(why),
        InputBlock(
            label=plain("Who owns it from now on"),
            element=UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.OWNER_FIELD),
            block_id=ids.OWNER_FIELD,
        ),
    ]
    return modal(
        "Hand it on",
        blocks,
        metadata=ids.HandOnRef(study.id, is_below).encode(),
        callback_id=ids.SEND_OWNER,
        submit="Hand on",
        close="Back",
    )


def handed_modal(study: CaseStudy, owner: Person) -> Modal:
    """Said to whoever handed it on."""
    words = f"<@{owner.user_id}> owns it from now on, and is told by direct message."
    return modal("Handed on", [header(short_title(study)), section(words)])


def owned_modal(studies: Sequence[CaseStudySummary], titles: Sequence[str], *, offset: int = 0) -> Modal:
    """`studies` from `offset` on, one more than a page if there are more; `titles` are their templates'."""
    blocks: list[Block] = [header("Yours, published or withdrawn")]
    if not studies:
        blocks.append(section(NOTHING_OWNED))
    for study, title in list(zip(studies, titles, strict=True))[:OWNED_A_PAGE]:
        blocks += study_rows(study, title)
    blocks += turn_buttons(
        "",
        offset,
        OWNED_A_PAGE,
        len(studies) > OWNED_A_PAGE,
        ids.NEWER_OWNED,
        ids.OLDER_OWNED,
        "case studies",
    )
    return modal("Your case studies", blocks)
