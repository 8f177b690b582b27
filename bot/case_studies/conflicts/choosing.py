"""Choosing between two texts that two people wrote for one field.

Whoever may write the section may choose. A choice is made on what was shown: when the field has changed
since, nothing is chosen and the newest is shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.caller import Caller
from bot.case_studies.conflicts.views import waiting_in
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.fields.checks import check_values
from bot.case_studies.ids import ConflictRef
from bot.case_studies.publishing.publishing import Publishing
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from knowledge.model import Field
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.case_study_history import Conflict
from storage.store import ConflictError

CHOSEN = "Your choice is kept, and the case study says it now. The other text stays in the history."
CHOSEN_BEFORE = "This choice has been made already. Nothing waits here any more."
CHANGED_AGAIN = (
    "Not chosen yet: somebody has changed this again meanwhile. Here is the newest. What you wrote is kept."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a choice: what still waits in its section, the next one to show first."""

    study: CaseStudy
    waiting: tuple[Conflict, ...]
    note: str = ""


class Choosing:
    """Choices in case studies of any workspace."""

    def __init__(
        self,
        service: CaseStudyService,
        drafting: Drafting,
        publishing: Publishing,
        studies: CaseStudyStore,
    ) -> None:
        self._service = service
        self._drafting = drafting
        self._publishing = publishing
        self._studies = studies

    async def look(self, caller: Caller, ref: ConflictRef, *, note: str = "") -> Outcome:
        """What waits, the one that is meant first; nothing when its choice has been made.

        :raises UserError: the caller may not write the section
        """
        study = await self._service.readable(caller, ref.study_id)
        conflicts = await self._studies.list_conflicts(caller.workspace_id, study.id)
        meant = next((conflict for conflict in conflicts if conflict.number == ref.number), None)
        if meant is None:
            return Outcome(study, (), CHOSEN_BEFORE)
        section_id = self._service.section_with(study, meant.field_id).id
        study = await self._service.writable(caller, study.id, section_id)
        waiting = waiting_in(conflicts, self._service.section_of(study, section_id))
        return Outcome(study, (meant, *(other for other in waiting if other != meant)), note)

    async def keep(
        self, caller: Caller, ref: ConflictRef, keep: Literal["theirs", "mine"], *, at: datetime
    ) -> Outcome:
        """Keep one of the two.

        :raises UserError: the caller may not, or a published case study may not say it
        """
        before = await self.look(caller, ref)
        if not before.waiting:
            return before
        meant, template = before.waiting[0], self._service.template_of(before.study)
        field = template.field(meant.field_id)
        if keep == "mine" and field:
            faults = check_values({field: meant.mine}, published=before.study.status == "published")
            if faults:
                raise UserError(" ".join(faults.values()))
        try:
            study = await self._studies.resolve_conflict(
                caller.workspace_id,
                ref.study_id,
                ref.number,
                keep=keep,
                seen=ref.seen,
                by=caller.person,
                at=at,
                title_field=template.title_field,
            )
        except ConflictError:
            return await self.look(caller, ref, note=CHANGED_AGAIN)
        await self._publishing.refresh_facets(study)
        return Outcome(study, before.waiting[1:], CHOSEN)

    async def keep_third(
        self, caller: Caller, ref: ConflictRef, field: Field, value: FieldValue, *, at: datetime
    ) -> Outcome:
        """Keep a text of both; when the field has changed meanwhile, it waits for a choice itself.

        :raises UserError: the caller may not
        """
        saved = await self._drafting.save_fields(caller, ref.study_id, {field: value}, at=at, seen=ref.seen)
        if saved.conflicts:
            newest = saved.conflicts[0]
            newer = ConflictRef(ref.study_id, newest.number, newest.theirs_number)
            return await self.look(caller, newer, note=CHANGED_AGAIN)
        answer = saved.study.answers.get(field.id)
        stands = (answer.value if answer else "") or ""
        is_kept = stands == (value or "")
        seen = saved.study.last_change if is_kept else ref.seen
        return await self.keep(caller, ConflictRef(ref.study_id, ref.number, seen), "theirs", at=at)
