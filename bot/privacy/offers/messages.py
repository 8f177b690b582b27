"""The direct message that asks an owner about texts without a name, and follows what is decided."""

from slackblocks import Block, Element

from bot.blocks import actions, button, confirm, escape, section
from bot.delivery.content import Content
from bot.privacy import ids
from bot.privacy.titles import NO_TITLE
from storage.case_study_store import CaseStudyStore
from storage.privacy_store import PrivacyStore
from storage.records.messages import Message
from storage.records.privacy import erased_under

GONE = "This case study is no longer there, so there is nothing to decide."
ASKED = (
    "Somebody who wrote in it has had themselves erased. What they wrote stands in it without a name. You "
    "may keep it so, if it does not tell who they are. If you do not decide, it is removed 30 days after "
    "this message."
)
KEPT = "You kept what somebody erased had written, without a name."
REMOVED = "What somebody erased had written has been removed from it."


class OfferRenderer:
    """Renders the question as things are now."""

    def __init__(self, privacy: PrivacyStore, studies: CaseStudyStore) -> None:
        self._privacy = privacy
        self._studies = studies

    async def render(self, message: Message) -> Content:
        _kind, study_id, alias = message.id.split(":")
        study = await self._studies.get_case_study(message.workspace_id, study_id)
        if study is None:
            return Content(GONE, [section(GONE)])
        title = escape(study.title) or NO_TITLE
        ref = ids.OfferRef(study_id, erased_under(alias))
        state = await self._privacy.offer_state(message.workspace_id, study_id, ref.author)
        if state != "waiting":
            words = KEPT if state == "kept" else REMOVED
            return Content(f"{title}\n{words}", [section(f"*{title}*\n{words}")])
        blocks: list[Block] = [section(f"*{title}*\n{ASKED}"), actions(*decision_buttons(ref))]
        return Content(f"{title}\n{ASKED}", blocks)


def decision_buttons(ref: ids.OfferRef) -> list[Element]:
    """What the owner can decide."""
    sure = confirm("Remove their texts?", "They go from earlier versions too, for good.", "Remove")
    return [
        button("Keep without a name", ids.KEEP_TEXTS, ref.encode(), style="primary"),
        button("Remove", ids.REMOVE_TEXTS, ref.encode(), confirm=sure),
    ]
