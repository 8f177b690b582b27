"""Sections that colleagues are asked to write: ask, remind, take back, finish."""

from datetime import datetime, timedelta

from bot.caller import Caller
from bot.case_studies import ids, message_ids
from bot.case_studies.ids import RequestRef
from bot.case_studies.service import GONE, CaseStudyService
from bot.errors import UserError
from storage.records.case_studies import CaseStudy
from storage.records.case_study_sections import AskedSection, SectionRequest
from storage.records.messages import Message
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store

QUIET = timedelta(days=1)
"""Nobody is reminded of a section more often."""
MOST_ASKED = 20
"""People of one section."""
LONGEST_NOTE = 500

ASK_ELSE = "You own this case study and can write every section yourself. Choose somebody else."
ASKED_ALREADY = "This section is asked of them already, or the case study is no longer a draft."
TOO_MANY = f"This section is asked of {MOST_ASKED} people already. Take one back first."
NOTE_TOO_LONG = f"Shorten it to {LONGEST_NOTE} characters or fewer."
NOT_NOW = "They have finished this section, or heard of it less than a day ago. Remind once a day at most."
NOT_ASKED_OF_THEM = "This section is not asked of them any more. Open the case study anew to see who is."
NOT_ASKED_OF_YOU = (
    "This section is not asked of you any more, so there is nothing to finish. What you wrote is kept. Ask "
    "the owner of the case study if you want to write on."
)
FINISHED_BEFORE = "You have said already that you have finished this section."


class Colleagues:
    """Requests in case studies of any workspace, kept in the store."""

    def __init__(self, service: CaseStudyService, store: Store) -> None:
        self._service = service
        self._sections = store.sections

    async def asked(self, caller: Caller, study_id: str, section_id: str) -> list[SectionRequest]:
        """Whom the caller has asked for the section of their case study; :raises UserError: not theirs."""
        await self._service.own(caller, study_id)
        requests = await self._sections.list_sections(caller.workspace_id, study_id)
        return [one for one in requests if one.section_id == section_id and one.state != "withdrawn"]

    async def ask(
        self, caller: Caller, study_id: str, section_id: str, person: Person, *, at: datetime, note: str = ""
    ) -> CaseStudy:
        """Ask somebody of any agency, and tell them; `note` says what the owner would like from them.

        :raises UserError: the case study is not the caller's, or the person cannot be asked
        """
        study = await self._service.own(caller, study_id)
        section = self._service.section_of(study, section_id)
        if person == caller.person:
            raise UserError(ASK_ELSE)
        if len(await self.asked(caller, study_id, section_id)) >= MOST_ASKED:
            raise UserError(TOO_MANY)
        request = SectionRequest(
            caller.workspace_id, study.id, section.id, person, caller.person, at, note=note
        )
        message = _message(caller, ids.ASKED_KIND, RequestRef(study.id, section.id, person), person, at)
        try:
            await self._sections.ask_section(request, [message])
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            raise UserError(ASKED_ALREADY) from None
        return study

    async def remind(self, caller: Caller, ref: RequestRef, *, at: datetime) -> CaseStudy:
        """Tell them once more; :raises UserError: not the caller's, or not now."""
        study = await self._service.own(caller, ref.study_id)
        note = _message(caller, ids.ASKED_KIND, ref, ref.person, at)
        try:
            await self._sections.remind_section(
                caller.workspace_id,
                ref.study_id,
                ref.section_id,
                ref.person,
                at=at,
                quiet_since=at - QUIET,
                messages=[note],
            )
        except NotFoundError:
            raise UserError(NOT_ASKED_OF_THEM) from None
        except ConflictError:
            raise UserError(NOT_NOW) from None
        return study

    async def take_back(self, caller: Caller, ref: RequestRef) -> CaseStudy:
        """Ask them no more; what they wrote stays. :raises UserError: not the caller's, or not asked."""
        study = await self._service.own(caller, ref.study_id)
        try:
            await self._sections.take_back_section(
                caller.workspace_id, ref.study_id, ref.section_id, ref.person
            )
        except (NotFoundError, ConflictError):
            raise UserError(NOT_ASKED_OF_THEM) from None
        return study

    async def finish(self, caller: Caller, study_id: str, section_id: str, *, at: datetime) -> CaseStudy:
        """The caller has done what was asked of them, and the owner is told.

        :raises UserError: it is not asked of them, or they have said so before
        """
        study = await self._service.written_with(caller, study_id)
        ref = RequestRef(study.id, section_id, caller.person)
        note = _message(caller, ids.FINISHED_KIND, ref, study.owner, at)
        try:
            await self._sections.finish_section(
                caller.workspace_id, study.id, section_id, caller.person, messages=[note]
            )
        except NotFoundError:
            raise UserError(NOT_ASKED_OF_YOU) from None
        except ConflictError:
            raise UserError(FINISHED_BEFORE) from None
        return study

    async def note_for(self, caller: Caller, study_id: str, section_id: str) -> str:
        """What the owner would like from the caller in this section; "" when it is not asked of them."""
        for one in await self._sections.list_sections(caller.workspace_id, study_id):
            if (one.section_id, one.person) == (section_id, caller.person) and one.state != "withdrawn":
                return one.note
        return ""

    async def asked_of(self, caller: Caller, *, limit: int) -> list[AskedSection]:
        """What the caller has still to write, the longest asked first."""
        return await self._sections.list_asked_of(caller.workspace_id, caller.person, limit=limit)


def _message(caller: Caller, kind: str, ref: RequestRef, to: Person, at: datetime) -> Message:
    return Message(
        workspace_id=caller.workspace_id,
        id=message_ids.request_message_id(kind, ref, at),
        kind=kind,
        subject=message_ids.subject(ref.study_id),
        channel_id=to.user_id,
    )
