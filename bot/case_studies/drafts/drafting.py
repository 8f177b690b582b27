"""The verbs of a draft: begin, write, delete. Plain values in and out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.caller import Caller
from bot.case_studies.ids import FormRef
from bot.case_studies.publishing.publishing import Publishing
from bot.case_studies.service import GONE, WITHDRAWN, CaseStudyService
from bot.errors import UserError
from knowledge.model import Field, Template
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy, DraftSummary, FieldValue
from storage.records.case_study_access import Access
from storage.records.case_study_history import FieldEdit, Saved
from storage.store import ConflictError, NotFoundError

Values: TypeAlias = Mapping[Field, FieldValue]

DRAFTS_LOOKED_AT = 50

ALREADY_PUBLISHED = (
    "This case study has been published, so it cannot be deleted. You can still change what it says."
)


class Drafting:
    """Case studies that are being written, in any workspace."""

    def __init__(self, service: CaseStudyService, publishing: Publishing, studies: CaseStudyStore) -> None:
        self._service = service
        self._publishing = publishing
        self._studies = studies

    async def begin(self, caller: Caller, template_id: str, *, study_id: str, at: datetime) -> CaseStudy:
        """A draft of this template: the caller's untouched one if there is one, else a new one."""
        if all(template.id != template_id for template in self._service.templates):
            raise UserError("That template is no longer in use. Type /casestudy to see what there is.")
        for draft in await self.drafts(caller, limit=DRAFTS_LOOKED_AT):
            if draft.template_id == template_id and not draft.filled:
                return await self._service.own(caller, draft.id)
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
        self,
        caller: Caller,
        template_id: str,
        quote: str,
        *,
        strategies: Sequence[str] = (),
        study_id: str,
        at: datetime,
    ) -> CaseStudy:
        """A draft of this template that has the words in the field that the template names for them.

        `strategies` are ids, for the field that asks which were used.
        """
        study = await self.begin(caller, template_id, study_id=study_id, at=at)
        template = self._service.template_of(study)
        field = template.field(template.quote_field)
        values: dict[Field, FieldValue] = {field: quote} if field else {}
        asked = next((one for one in template.fields if one.kind == "strategies"), None)
        if asked and strategies:
            values[asked] = tuple(strategies)
        saved = await self.save_fields(caller, study.id, values, at=at, seen=study.last_change)
        return saved.study

    async def drafts(self, caller: Caller, *, limit: int, offset: int = 0) -> list[DraftSummary]:
        """The caller's own drafts, last changed first."""
        return await self._studies.list_own(caller.workspace_id, caller.person, limit=limit, offset=offset)

    async def save_fields(
        self,
        caller: Caller,
        study_id: str,
        values: Values,
        *,
        at: datetime,
        seen: int,
    ) -> Saved:
        """Keep these answers. The answer to the template's title field becomes the title.

        What somebody else has changed after the change `seen` is not replaced: the caller's text is set
        aside, and a choice waits.
        :raises UserError: one of them is in a section that the caller may not write
        """

        def edit(study: CaseStudy, access: Access) -> FieldEdit:
            template = self._service.template_of(study)
            for section in template.sections:
                if any(field in values for field in section.fields):
                    _refuse_unless(access, section.id)
            return _field_edit(template, values)

        return await self._edit(caller, study_id, edit, at=at, seen=seen)

    async def save_form(
        self, caller: Caller, ref: FormRef, read: Callable[[CaseStudy], Values], *, at: datetime
    ) -> Saved:
        """Keep what `read` makes of a section's form for the case study as it is then, as `save_fields` does.

        What `read` raises is raised, and nothing is kept. It may be called more than once.
        :raises UserError: the caller may not write the section
        """

        def edit(study: CaseStudy, access: Access) -> FieldEdit:
            _refuse_unless(access, ref.section_id)
            return _field_edit(self._service.template_of(study), read(study))

        return await self._edit(caller, ref.study_id, edit, at=at, seen=ref.seen)

    async def delete(self, caller: Caller, study_id: str) -> CaseStudy:
        """Remove the caller's own draft for good."""
        study = await self._service.own(caller, study_id)
        try:
            await self._studies.delete_draft(caller.workspace_id, study_id)
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(WITHDRAWN if study.status == "withdrawn" else ALREADY_PUBLISHED) from None
        return study

    async def _edit(
        self,
        caller: Caller,
        study_id: str,
        edit: Callable[[CaseStudy, Access], FieldEdit],
        *,
        at: datetime,
        seen: int,
    ) -> Saved:
        """One transaction that asks whether the caller may write, and keeps what they wrote."""
        try:
            saved = await self._studies.edit_fields(
                caller.workspace_id, study_id, edit, editor=caller.person, at=at, seen=seen
            )
        except NotFoundError:
            raise self._service.no_such(caller) from None
        except ConflictError:
            raise UserError(WITHDRAWN) from None
        except _MayNotWriteError as refused:
            await self._service.writable(caller, study_id, refused.section_id)
            # It is asked of them again since.
            return await self._edit(caller, study_id, edit, at=at, seen=seen)
        await self._publishing.refresh_facets(saved.study)
        return saved


class _MayNotWriteError(Exception):
    """Why not takes more to find out than whoever may write should wait for."""

    def __init__(self, section_id: str) -> None:
        super().__init__(section_id)
        self.section_id = section_id


def _refuse_unless(access: Access, section_id: str) -> None:
    if not access.may_write(section_id):
        raise _MayNotWriteError(section_id)


def _field_edit(template: Template, values: Values) -> FieldEdit:
    return FieldEdit({field.id: value for field, value in values.items()}, template.title_field)
