"""Who may read and who may write what of a case study, and the template it is written in.

Plain values in and out. Asked at every act, because a button can be old. Somebody else's draft looks the
same as none at all.
"""

from collections.abc import Iterable

from bot.caller import Caller
from bot.case_studies import ids, message_ids
from bot.case_studies.withdrawal.stub import stub_words, withdrawer_of
from bot.errors import UserError
from knowledge.model import Library, Section, Template
from storage.digests import DIGESTS_SUBJECT
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.case_study_access import Access
from storage.store import Store

GONE = (
    "There is no such case study for you to open. It may have been deleted, or it is a draft, which only the "
    "people writing it can see. Type /casestudy to see yours and what has been published."
)
GONE_FOR_PARTNERS = (
    "There is no such case study for you to open. It may have been deleted, it may be a draft, or nobody has "
    "shared it in a channel. Ask somebody in the workspace that runs Common Ground to share it in a channel "
    "you are both in."
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
NO_TEMPLATE = (
    "The template of this case study is no longer in use, so it cannot be shown. What was written is kept. "
    "Ask whoever looks after Common Ground for it."
)
ONLY_OURS = (
    "The library belongs to the workspace that runs Common Ground. Ask somebody there to share a case study "
    "in a channel you are both in. What they share there, you can read in full."
)


class CaseStudyService:
    """Case studies of any workspace, kept in the store."""

    def __init__(self, store: Store, library: Library) -> None:
        self._studies = store.case_studies
        self._sections = store.sections
        self._messages = store.messages
        self._library = library

    @property
    def templates(self) -> tuple[Template, ...]:
        return self._library.templates

    def known_strategies(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids that are strategies in the content."""
        known = {strategy.id for strategy in self._library.strategies}
        return [one for one in ids if one in known]

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

    def section_with(self, study: CaseStudy, field_id: str) -> Section:
        """The field's section; :raises UserError: the template has no such field any more."""
        for section in self.template_of(study).sections:
            if any(field.id == field_id for field in section.fields):
                return section
        raise UserError(NO_TEMPLATE)

    async def access(self, caller: Caller, study_id: str) -> Access:
        """What the caller may do with a case study they may read; :raises UserError: there is none.

        What is published is open to the workspace, and to people of others once it was shared in a channel.
        """
        access = await self._sections.get_access(caller.workspace_id, study_id, caller.person)
        if access and (self.is_member(caller) or await self._is_shown(caller, access, study_id)):
            if access.may_read:
                return access
            if access.status == "withdrawn":
                raise UserError(await self._stub_words(caller, study_id))
        raise self.no_such(caller)

    def no_such(self, caller: Caller) -> UserError:
        """What is said of a case study that is not there for the caller."""
        return UserError(GONE if self.is_member(caller) else GONE_FOR_PARTNERS)

    async def _is_shown(self, caller: Caller, access: Access, study_id: str) -> bool:
        """Whether somebody of another workspace has a part in it, or a channel was shown or told of it."""
        workspace_id = caller.workspace_id
        if access.has_part or await self._messages.list_posted(
            workspace_id, ids.CARD_KIND, message_ids.subject(study_id)
        ):
            return True
        study = await self.existing(caller, study_id)
        digests = await self._messages.list_posted(workspace_id, ids.DIGEST_KIND, DIGESTS_SUBJECT)
        spans = [message_ids.digest_span(message_id) for message_id in digests]
        at = study.published_at
        return at is not None and any(since < at <= until for since, until in spans)

    async def _stub_words(self, caller: Caller, study_id: str) -> str:
        """For those who could read it once: what became of it, and nothing of what it said."""
        study = await self.existing(caller, study_id)
        events = await self._studies.list_events(caller.workspace_id, study_id)
        return stub_words(study, withdrawer_of(study, events))

    async def readable(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller may read, published or theirs; :raises UserError: there is none."""
        await self.access(caller, study_id)
        return await self.existing(caller, study_id)

    async def own(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller owns; :raises UserError: it is not theirs."""
        access = await self.access(caller, study_id)
        if not access.is_owner:
            raise UserError(_refusal(access, NOT_YOUR_DRAFT))
        return await self.existing(caller, study_id)

    async def written_with(self, caller: Caller, study_id: str) -> CaseStudy:
        """A case study the caller owns, or a draft they may read; :raises UserError: neither."""
        access = await self.access(caller, study_id)
        if not access.is_owner and access.status not in {"draft", "in_review"}:
            raise UserError(_refusal(access, NOT_YOUR_DRAFT))
        return await self.existing(caller, study_id)

    async def writable(self, caller: Caller, study_id: str, section_id: str) -> CaseStudy:
        """A case study in which the caller may write this section; :raises UserError: they may not."""
        self.check_write(await self.access(caller, study_id), section_id)
        return await self.existing(caller, study_id)

    def check_write(self, access: Access, section_id: str) -> None:
        """:raises UserError: the person may not write this section"""
        if not access.may_write(section_id):
            raise UserError(WITHDRAWN if access.is_owner else _refusal(access, NOT_ASKED))

    async def existing(self, caller: Caller, study_id: str) -> CaseStudy:
        """For whoever has asked for the `access` already; :raises UserError: there is none."""
        study = await self._studies.get_case_study(caller.workspace_id, study_id)
        if study is None:
            raise self.no_such(caller)
        return study

    def is_member(self, caller: Caller) -> bool:
        """Whether the person belongs to the workspace that installed the app."""
        return caller.person.team_id == caller.workspace_id

    def check_member(self, caller: Caller) -> None:
        """:raises UserError: the person comes from a connected workspace."""
        if not self.is_member(caller):
            raise UserError(ONLY_OURS)


def _refusal(access: Access, of_draft: str) -> str:
    """Why somebody who may read it may not do this: a published one is changed by its owner alone."""
    if access.status == "withdrawn":
        return WITHDRAWN
    text = of_draft if access.status in {"draft", "in_review"} else NOT_YOURS
    return text.format(owner=access.owner.user_id)
