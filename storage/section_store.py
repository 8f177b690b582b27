"""Sections asked of people, as the rest of the program sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from storage.records.case_study_access import Access
from storage.records.case_study_sections import AskedSection, SectionRequest
from storage.records.messages import Message
from storage.records.people import Person


class SectionStore(Protocol):
    """Who is asked to write which section; `messages` are kept with each change, as in `CaseStudyStore`."""

    async def ask_section(self, request: SectionRequest, messages: Sequence[Message] = ()) -> None:
        """Ask somebody to write a section, or to write it again.

        :raises NotFoundError: there is no such case study
        :raises ConflictError: they are asked already, or it is neither draft nor in review
        """

    async def take_back_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        """Ask no more; what they wrote stays. :raises NotFoundError: it is not asked of them."""

    async def finish_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        """The person has done it, and may still change it until it is published.

        :raises NotFoundError: it is not asked of them
        :raises ConflictError: it is done already
        """

    async def remind_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        at: datetime,
        quiet_since: datetime,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        """Remind somebody who was neither asked nor reminded after `quiet_since`.

        :raises NotFoundError: it is not asked of them
        :raises ConflictError: it is done, or they heard of it after `quiet_since`
        """

    async def list_sections(self, workspace_id: str, study_id: str) -> list[SectionRequest]:
        """All that was ever asked, the earliest first."""

    async def list_asked_of(
        self, workspace_id: str, person: Person, *, limit: int = 50
    ) -> list[AskedSection]:
        """What the person has still to write, the longest asked first."""

    async def get_access(self, workspace_id: str, study_id: str, person: Person) -> Access | None:
        """What the person is to a case study, in one query; None when there is no such case study."""
