"""The list of what people who have left still own."""

from slackblocks import Block

from bot.blocks import button, context, day, escape, section
from bot.case_studies import ids
from bot.case_studies.modals import Modal, modal
from bot.case_studies.owners.left import MOST_SHOWN, LeftBehind
from bot.case_studies.phrases import short_title
from storage.records.case_studies import CaseStudyStatus, DraftSummary

TITLE = "Left behind"
LOOKING = "Slack is being asked who is still here. This takes a few seconds."
NOTHING = "Everybody who owns a case study is still here. There is nothing to hand on."
WHAT = (
    "The owners of these case studies have left. Hand each on to somebody who looks after it. You see titles "
    "only, because a draft is read by nobody but the people writing it."
)
STATES: dict[CaseStudyStatus, str] = {
    "draft": "A draft",
    "in_review": "Waiting for approval",
    "published": "Published",
    "withdrawn": "Withdrawn",
}


def looking_modal(external_id: str) -> Modal:
    """Opened at once, because Slack gives three seconds and asking it can take longer."""
    return modal(TITLE, [section(LOOKING)]) | {"external_id": external_id}


def left_modal(left: LeftBehind, external_id: str) -> Modal:
    """Each case study with its owner, how far it is, and the way to hand it on."""
    blocks: list[Block] = [section(WHAT if left.studies else NOTHING)]
    blocks += [_row(study) for study in left.studies]
    if left.more:
        blocks.append(context(f"The first {MOST_SHOWN}. Hand some on, then open this list again for more."))
    return modal(TITLE, blocks) | {"external_id": external_id}


def _row(study: DraftSummary) -> Block:
    title = short_title(study)
    hand_on = button("Hand it on", ids.HAND_ON, study.id, spoken=f"Hand on {title}")
    state = f"{STATES[study.status]}, last changed on {day(study.updated_at)}"
    return section(f"*{escape(title)}*\nOwner: <@{study.owner.user_id}>. {state}", accessory=hand_on)
