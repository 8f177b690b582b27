"""What follows the rows: the card in a channel, and the shelves of App Home."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import actions, button, context
from bot.caller import Caller
from bot.case_studies import ids
from bot.case_studies.colleagues.asking import Colleagues
from bot.case_studies.colleagues.views import asked_row
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.library.reading_views import card_content
from bot.case_studies.message_ids import study_of
from bot.case_studies.owners.handing_on import Owners
from bot.case_studies.phrases import draft_row, study_rows
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.reviews.views import review_rows
from bot.case_studies.service import CaseStudyService
from bot.case_studies.withdrawal.stub import stub_content, withdrawer_of
from bot.delivery.content import Content
from bot.sections import Shelf
from knowledge.model import Library, Template
from storage.case_study_store import CaseStudyStore
from storage.records.messages import Message

DRAFTS_AT_HOME = 10
REVIEWS_AT_HOME = 10
ASKED_AT_HOME = 5
OWNED_AT_HOME = 5


class CardRenderer:
    """Renders a shared case study as it is now."""

    def __init__(self, studies: CaseStudyStore, library: Library) -> None:
        self._studies = studies
        self._library = library

    async def render(self, message: Message) -> Content | None:
        """The card, or the stub once it is withdrawn; None when there is nothing published to show."""
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is not None and study.status == "withdrawn":
            events = await self._studies.list_events(message.workspace_id, study.id)
            return stub_content(study, withdrawer_of(study, events))
        template = self._library.template(study.template_id) if study else None
        if study is None or template is None or study.status != "published":
            return None
        return card_content(study, template)


class Shelves:
    """What one person finds in App Home."""

    def __init__(
        self,
        service: CaseStudyService,
        drafting: Drafting,
        reviews: Reviews,
        colleagues: Colleagues,
        owners: Owners,
    ) -> None:
        self._service = service
        self._drafting = drafting
        self._reviews = reviews
        self._colleagues = colleagues
        self._owners = owners

    async def offer(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        """What waits for them, their newest drafts, and the ways to write and to read."""
        drafts = await self._drafting.drafts(caller, limit=DRAFTS_AT_HOME + 1)
        templates = {template.id: template for template in self._service.templates}
        rows: list[Block] = [
            draft_row(study, templates.get(study.template_id)) for study in drafts[:DRAFTS_AT_HOME]
        ]
        if len(drafts) > DRAFTS_AT_HOME:
            rows += [
                context(f"Your {DRAFTS_AT_HOME} newest drafts."),
                actions(button("All your drafts", ids.OPEN_START)),
            ]
        write = button("Write a case study", ids.OPEN_START)
        read = button("Read case studies", ids.OPEN_LIBRARY)
        waiting = await self._reviews.waiting(caller, limit=REVIEWS_AT_HOME)
        reviews = [block for study in waiting for block in review_rows(study)]
        return {
            Shelf.WAITING: [*reviews, *await self._asked(caller)],
            Shelf.DRAFTS: rows,
            Shelf.PUBLISHED: await self._owned(caller),
            Shelf.START: [actions(write, read)],
        }

    async def _owned(self, caller: Caller) -> list[Block]:
        """What they own and have published, the last changed first."""
        owned = await self._owners.owned(caller, limit=OWNED_AT_HOME + 1)
        rows: list[Block] = []
        for study in owned[:OWNED_AT_HOME]:
            rows += study_rows(study, self._service.template_title(study))
        if len(owned) > OWNED_AT_HOME:
            rows.append(actions(button("All your published case studies", ids.OPEN_OWNED)))
        return rows

    async def _asked(self, caller: Caller) -> list[Block]:
        """The sections that are asked of them, the longest asked first."""
        asked = await self._colleagues.asked_of(caller, limit=ASKED_AT_HOME + 1)
        rows: list[Block] = [context("Sections asked of you")] if asked else []
        for one in asked[:ASKED_AT_HOME]:
            template = self._library_template(one.study.template_id)
            section = template.section(one.request.section_id) if template else None
            rows += asked_row(one, section.title if section else one.request.section_id)
        if len(asked) > ASKED_AT_HOME:
            rows.append(context(f"The first {ASKED_AT_HOME}. More follow when you have finished some."))
        return rows

    def _library_template(self, template_id: str) -> Template | None:
        return next((one for one in self._service.templates if one.id == template_id), None)
