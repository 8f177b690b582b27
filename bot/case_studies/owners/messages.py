"""The direct message to a new owner, which follows the case study."""

from collections.abc import Sequence

from slackblocks import Block

from bot.blocks import actions, button, escape, section
from bot.case_studies import ids, message_ids
from bot.case_studies.answers import study_title
from bot.case_studies.drafts.old_drafts import DELETED
from bot.case_studies.message_ids import study_of
from bot.case_studies.phrases import draft_state, short_title
from bot.delivery.content import Content
from knowledge.model import Library
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyEvent
from storage.records.messages import Message
from storage.records.people import Person

DRAFT = (
    "You decide about it from now on. You can write every section, ask colleagues, publish it or delete it."
)
PUBLISHED = "You decide about it from now on. You can change it, withdraw it or hand it on."
WITHDRAWN = "It has been withdrawn. You can still read it."


class OwnerRenderer:
    """Renders what a new owner is told as things are now."""

    def __init__(self, studies: CaseStudyStore, library: Library) -> None:
        self._studies = studies
        self._library = library

    async def render(self, message: Message) -> Content:
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [section(DELETED)])
        person, moment = message_ids.owner_of(message.id)
        if study.owner != person:
            return _said(study, f"<@{study.owner.user_id}> owns it now. There is nothing for you to do.", [])
        events = await self._studies.list_events(message.workspace_id, study.id)
        by = _giver(events, person, moment)
        who = f"<@{by.user_id}> has made you the owner of this case study." if by else ""
        return _said(study, *self._state(study, who))

    def _state(self, study: CaseStudy, who: str) -> tuple[str, list[Block]]:
        read = button("Read it", ids.READ, study.id)
        if study.status == "withdrawn":
            return f"{who} {WITHDRAWN}", [actions(read)]
        if study.status == "published":
            return f"{who} {PUBLISHED}", [actions(read, button("Change it", ids.OPEN_DRAFT, study.id))]
        state = escape(draft_state(study, self._library.template(study.template_id)))
        go_on = button("Go on with it", ids.OPEN_DRAFT, study.id, style="primary")
        return f"{who} {DRAFT}\n{state}", [actions(go_on)]


def _giver(events: Sequence[CaseStudyEvent], person: Person, moment: int) -> Person | None:
    for event in events:
        if event.kind == "owner" and event.person == person and int(event.at.timestamp()) == moment:
            return event.actor
    return None


def _said(study: CaseStudy, sentence: str, ways: list[Block]) -> Content:
    words = sentence.strip()
    text = f"{escape(study_title(study))}\n{words}"
    return Content(text, [section(f"*{escape(short_title(study))}*\n{words}"), *ways])
