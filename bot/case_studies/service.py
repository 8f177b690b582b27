"""The verbs of case studies: begin, write, publish, find, share.

Plain values in and out. Who may do what is asked here at every act, because a
button can be old. Somebody else's draft looks the same as none at all.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from bot.caller import Caller
from bot.case_studies import ids
from bot.case_studies.answers import labels_of, missing_fields
from bot.case_studies.fields.long_texts import LONGEST_TEXT
from bot.case_studies.library.facets import facets_of
from bot.errors import UserError
from knowledge.model import Field, Library, Section, Template
from storage.case_study_records import Access, Saved
from storage.records import CaseStudy, CaseStudySummary, DraftSummary, FieldValue, Message
from storage.store import ConflictError, NotApprovedError, NotFoundError, Store

DRAFTS_LOOKED_AT = 50
LONGEST_LINE = 3_000

GONE = (
    "There is no such case study for you to open. It may have been deleted, or it is a draft, which only the "
    "people writing it can see. Type /casestudy to see yours and what has been published."
)
NOT_YOURS = (
    "Only <@{owner}>, who published this case study, can change it. Ask them, or write one of your own "
    "with /casestudy."
)
NOT_YOUR_DRAFT = (
    "Only <@{owner}>, who owns this case study, can do this. You can read it, and write the sections that "
    "were asked of you."
)
NOT_ASKED = (
    "This section is not asked of you, or no longer. What you wrote before is kept. <@{owner}>, who owns the "
    "case study, can ask you to write it."
)
WITHDRAWN = "This case study has been withdrawn, so it can no longer be changed. What was written is kept."
ALREADY_PUBLISHED = (
    "This case study has been published, so it cannot be deleted. You can still change what it says."
)
NO_TEMPLATE = (
    "The template of this case study is no longer in use, so it cannot be shown. What was written is kept. "
    "Ask whoever looks after Common Ground for it."
)
ONLY_OURS = (
    "The library belongs to the workspace that runs Common Ground. Ask somebody there to share a case study "
    "in a channel you are both in. What they share there, you can read in full."
)
NOT_APPROVED = (
    "Somebody else has to approve this case study as it is now before it is published. Open it and press Ask "
    "for approval."
)
NOT_PUBLISHED = "Only a published case study can be shared. Publish it first, then share it."


class CaseStudyService:
    """Case studies of any workspace, kept in the store."""

    def __init__(self, store: Store, library: Library) -> None:
        self._messages = store.messages
        self._studies = store.case_studies
        self._sections = store.sections
        self._library = library

    @property
    def templates(self) -> tuple[Template, ...]:
        return self._library.templates

    def template_of(self, study: CaseStudy) -> Template:
        """:raises UserError: the content has no such template any more."""
        template = self._library.template(study.template_id)
        if template is None:
            raise UserError(NO_TEMPLATE)
        return template

    def template_title(self, study: CaseStudySummary) -> str:
        """For lists, which show a case study whatever has become of its template."""
        template = self._library.template(study.template_id)
        return template.title if template else study.template_id

    def field_label(self, study: CaseStudySummary, field_id: str) -> str:
        """For lists too; "" when the template has no such field."""
        template = self._library.template(study.template_id)
        field = template.field(field_id) if template else None
        return field.label if field else ""

    def section_of(self, study: CaseStudy, section_id: str) -> Section:
        """:raises UserError: the template has no such section any more."""
        section = self.template_of(study).section(section_id)
        if section is None:
            raise UserError(NO_TEMPLATE)
        return section

    async def begin(self, caller: Caller, template_id: str, *, study_id: str, at: datetime) -> CaseStudy:
        """A draft of this template: the caller's untouched one if there is one, else a new one."""
        if self._library.template(template_id) is None:
            raise UserError("That template is no longer in use. Type /casestudy to see what there is.")
        for draft in await self.drafts(caller, limit=DRAFTS_LOOKED_AT):
            if draft.template_id == template_id and not draft.filled:
                return await self.own(caller, draft.id)
        study = CaseStudy(
            workspace_id=caller.workspace_id,
            id=study_id,
            template_id=template_id,
            owner=caller.person,
            status="draft",
            title="",
            created_at=at,
            updated_at=at,
            published_at=None,
            answers={},
        )
        await self._studies.create_case_study(study)
        return study

    async def begin_with_quote(
        self, caller: Caller, template_id: str, quote: str, *, study_id: str, at: datetime
    ) -> CaseStudy:
        """A draft of this template that has the words in the field that the template names for them."""
        study = await self.begin(caller, template_id, study_id=study_id, at=at)
        template = self.template_of(study)
        field = template.field(template.quote_field)
        saved = await self.save_fields(
            caller, study.id, {field: quote} if field else {}, at=at, seen=study.last_change
        )
        return saved.study

    async def drafts(self, caller: Caller, *, limit: int, offset: int = 0) -> list[DraftSummary]:
        """The caller's own drafts, last changed first."""
        return await self._studies.list_own(caller.workspace_id, caller.person, limit=limit, offset=offset)

    async def access(self, caller: Caller, study_id: str) -> Access:
        """What the caller may do with a case study they may read; :raises UserError: there is none."""
        access = await self._sections.get_access(caller.workspace_id, study_id, caller.person)
        if access is None or not access.may_read:
            raise UserError(GONE)
        return access

    async def readable(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller may read, published or theirs; :raises UserError: there is none."""
        await self.access(caller, study_id)
        return await self._existing(caller, study_id)

    async def own(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller owns; :raises UserError: it is not theirs."""
        access = await self.access(caller, study_id)
        if not access.is_owner:
            raise UserError(_refusal(access, NOT_YOUR_DRAFT))
        return await self._existing(caller, study_id)

    async def written_with(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller owns, or a draft they may read; :raises UserError: neither."""
        access = await self.access(caller, study_id)
        if not access.is_owner and access.status not in {"draft", "in_review"}:
            raise UserError(_refusal(access, NOT_YOUR_DRAFT))
        return await self._existing(caller, study_id)

    async def writable(self, caller: Caller, study_id: str, section_id: str) -> CaseStudy:
        """A case study in which the caller may write this section; :raises UserError: they may not."""
        self._check_write(await self.access(caller, study_id), section_id)
        return await self._existing(caller, study_id)

    def _check_write(self, access: Access, section_id: str) -> None:
        if not access.may_write(section_id):
            raise UserError(WITHDRAWN if access.is_owner else _refusal(access, NOT_ASKED))

    async def _existing(self, caller: Caller, study_id: str) -> CaseStudy:
        study = await self._studies.get_case_study(caller.workspace_id, study_id)
        if study is None:
            raise UserError(GONE)
        return study

    async def save_fields(
        self,
        caller: Caller,
        study_id: str,
        values: Mapping[Field, FieldValue],
        *,
        at: datetime,
        seen: int,
    ) -> Saved:
        """Keep these answers. The answer to the template's title field becomes the title.

        What somebody else has changed after the change `seen` is not replaced: the caller's text is set
        aside, and a choice waits.
        :raises UserError: one of them is in a section that the caller may not write
        """
        access = await self.access(caller, study_id)
        study = await self._existing(caller, study_id)
        template = self.template_of(study)
        for section in template.sections:
            if any(field in values for field in section.fields):
                self._check_write(access, section.id)
        by_id = {field.id: value for field, value in values.items()}
        try:
            saved = await self._studies.save_fields(
                caller.workspace_id,
                study_id,
                by_id,
                author=caller.person,
                at=at,
                title_field=template.title_field,
                seen=dict.fromkeys(by_id, seen),
            )
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(WITHDRAWN) from None
        await self.refresh_facets(saved.study)
        return saved

    async def refresh_facets(self, study: CaseStudy) -> None:
        """Let a published case study be found by what it says now."""
        if study.status != "published":
            return
        facets = facets_of(self.template_of(study), study.answers)
        with suppress(NotFoundError, ConflictError):  # withdrawn in between: nothing is filtered any more
            await self._studies.set_facets(study.workspace_id, study.id, facets)

    async def publish(self, caller: Caller, study_id: str, *, at: datetime) -> CaseStudy:
        """Open the draft to the workspace; what comes back is still a draft if something is missing."""
        study = await self.own(caller, study_id)
        template = self.template_of(study)
        if missing_fields(template, study.filled):
            return study
        facets = facets_of(template, study.answers)
        try:
            return await self._studies.publish_case_study(caller.workspace_id, study_id, at, facets=facets)
        except NotFoundError:
            raise UserError(GONE) from None
        except NotApprovedError:
            raise UserError(NOT_APPROVED) from None

    async def delete(self, caller: Caller, study_id: str) -> CaseStudy:
        """Remove the caller's own draft for good."""
        study = await self.own(caller, study_id)
        try:
            await self._studies.delete_draft(caller.workspace_id, study_id)
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(ALREADY_PUBLISHED) from None
        return study

    async def all_published(self, caller: Caller) -> list[CaseStudy]:
        """Everything the workspace has published, newest first."""
        self.check_member(caller)
        studies = self._studies.all_case_studies(caller.workspace_id, status="published")
        found = [study async for study in studies]
        return sorted(
            found, key=lambda study: (study.published_at or study.created_at, study.id), reverse=True
        )

    async def share(self, caller: Caller, study_id: str, channel_id: str) -> bool:
        """Put a card into the channel; False when it stands there already.

        :raises UserError: it is not published, or the caller is from another workspace
        """
        self.check_member(caller)
        study = await self.readable(caller, study_id)
        if study.status != "published":
            raise UserError(NOT_PUBLISHED)
        card = Message(
            workspace_id=caller.workspace_id,
            id=ids.card_id(study_id, channel_id),
            kind=ids.CARD_KIND,
            subject=ids.subject(study_id),
            channel_id=channel_id,
        )
        if await self._messages.add_message(card):
            return True
        known = await self._messages.get_message(caller.workspace_id, card.id)
        if known and known.ts is None:  # Slack refused it then, and may take it now
            await self._messages.touch_subject(caller.workspace_id, card.subject)
            return True
        return False

    def is_member(self, caller: Caller) -> bool:
        """Whether the person belongs to the workspace that installed the app."""
        return caller.person.team_id == caller.workspace_id

    def check_member(self, caller: Caller) -> None:
        """:raises UserError: the person comes from a connected workspace."""
        if not self.is_member(caller):
            raise UserError(ONLY_OURS)


def _refusal(access: Access, of_draft: str) -> str:
    """Why somebody who may read it may not do this: a published one is changed by its owner alone."""
    text = of_draft if access.status in {"draft", "in_review"} else NOT_YOURS
    return text.format(owner=access.owner.user_id)


def check_values(values: Mapping[Field, FieldValue], *, published: bool) -> dict[str, str]:
    """What is wrong with these answers, by field id; what a draft may lack a published one may not."""
    faults: dict[str, str] = {}
    for field, value in values.items():
        longest = LONGEST_TEXT if field.kind == "text" else LONGEST_LINE
        if isinstance(value, str) and len(value) > longest:
            faults[field.id] = f"This is {len(value):,} characters long. Shorten it to {longest:,} or fewer."
        elif published and field.required and not value:
            faults[field.id] = "This case study has been published, so this cannot be left empty."
    return faults


def missing_words(template: Template, study: CaseStudy) -> str:
    """What publishing still asks for, by label; "" when nothing is missing."""
    return labels_of(missing_fields(template, study.filled))
