"""The direct message that offers a case study to somebody who wrote in it, and follows what becomes of it."""

from slackblocks import Block, Element

from bot.blocks import actions, button, escape, section
from bot.delivery.content import Content
from bot.privacy import ids
from bot.privacy.titles import NO_TITLE
from storage.case_study_store import CaseStudyStore
from storage.records.messages import Message
from storage.records.privacy import erased_under

GONE = "A case study that was offered to you is no longer there."
ASKED = (
    "Whoever owned this case study has been erased. You wrote in it too. If you take it on, you own it, and "
    "what you wrote stays. If nobody does within 30 days of this message, it is {ends}."
)
TAKEN = "<@{owner}> owns it now. There is nothing left to do."
WITHDRAWN = "Nobody took it on, so it has been withdrawn."


class TakeOnRenderer:
    """Renders the offer as things are now."""

    def __init__(self, studies: CaseStudyStore) -> None:
        self._studies = studies

    async def render(self, message: Message) -> Content:
        _kind, study_id, alias, _writer = message.id.split(":")
        left_by = erased_under(alias)
        study = await self._studies.get_case_study(message.workspace_id, study_id)
        if study is None:
            return Content(GONE, [section(GONE)])
        title = escape(study.title) or NO_TITLE
        if study.owner != left_by or study.status == "withdrawn":
            is_taken = study.owner != left_by
            words = TAKEN.format(owner=study.owner.user_id) if is_taken else WITHDRAWN
            return Content(f"{title}\n{words}", [section(f"*{title}*\n{words}")])
        words = ASKED.format(ends="withdrawn" if study.status == "published" else "removed")
        blocks: list[Block] = [
            section(f"*{title}*\n{words}"),
            actions(take_on_button(ids.OfferRef(study_id, left_by))),
        ]
        return Content(f"{title}\n{words}", blocks)


def take_on_button(ref: ids.OfferRef) -> Element:
    """What its writers can press."""
    return button("Take it on", ids.TAKE_ON, ref.encode(), style="primary")
