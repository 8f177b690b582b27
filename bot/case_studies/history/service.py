"""The verbs of a case study's history: who wrote what, the versions, and what changed between two.

Plain values in and out. Who may see what:

- Who wrote what and what it said at each step is for the authors: the owner, everybody whose text stands and,
  while it is written, those of whom a section is asked. A reviewer sees what it says now and no step on the
  way there.
- The versions, from its publication on, and what changed between them are for people of the workspace
  that runs Common Ground, and for the authors.
- Somebody else who may read it, through a card in a shared channel, sees the present version and no earlier
  one: what was taken out was taken out for a reason.
- A withdrawn one shows its history to its authors alone, who alone may still read it.
"""

from dataclasses import dataclass
from itertools import pairwise

from bot.caller import Caller
from bot.case_studies.history.comparing import (
    FieldDifference,
    changed_fields,
    differences,
    label_of,
    values_of,
)
from bot.case_studies.history.ids import Comparison
from bot.case_studies.history.steps import Entry, Step, differences_of_step, entries_of
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from knowledge.model import Template
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.records.case_study_access import Access
from storage.records.case_study_history import Version

AT_ONCE = 10
"""Versions or steps on a page."""

FOR_AUTHORS = (
    "Who wrote what in this case study, and what it said on the way, is for the people who write it. You can "
    "read what it says now. <@{owner}>, who owns it, can tell you more."
)
EARLIER_FOR_MEMBERS = (
    "Earlier versions are for the authors and for people of the workspace that runs Common Ground. You can "
    "read what it says now. <@{owner}>, who owns it, can tell you more."
)
NOT_KEPT = "That version or change cannot be found. Close this, and press History once more."


@dataclass(frozen=True, slots=True)
class NumberedVersion:
    """A version and its place, from 1; `changed` are the labels of the fields that it changed.

    `before` is the number of the version before it, None where there is none to be shown.
    """

    place: int
    version: Version
    changed: tuple[str, ...] = ()
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """A page of the versions, newest first; `newest` is the number of the present one.

    `all_shown` says whether the reader may see earlier ones, `steps_shown` whether who wrote what.
    """

    study: CaseStudy
    shown: tuple[NumberedVersion, ...]
    offset: int
    total: int
    newest: int
    all_shown: bool
    steps_shown: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """A page of what happened, newest first."""

    study: CaseStudy
    shown: tuple[Entry, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class VersionsCompared:
    """How two versions differ; `offset` is that of the page on which the newer stands."""

    study: CaseStudy
    comparison: Comparison
    older: NumberedVersion
    newer: NumberedVersion
    differences: tuple[FieldDifference, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class StepCompared:
    """What a step changed; `offset` is that of the page on which it stands."""

    study: CaseStudy
    comparison: Comparison
    step: Step
    differences: tuple[FieldDifference, ...]
    offset: int


class History:
    """Histories of case studies of any workspace."""

    def __init__(self, service: CaseStudyService, studies: CaseStudyStore) -> None:
        self._service = service
        self._studies = studies

    async def look(self, caller: Caller, study_id: str) -> Versions | Steps:
        """Its versions once it has been published, before that who wrote what.

        :raises UserError: it is a draft of others, or there is none
        """
        access = await self._service.access(caller, study_id)
        if access.status in {"draft", "in_review"}:
            return await self.steps(caller, study_id)
        return await self.versions(caller, study_id)

    async def versions(self, caller: Caller, study_id: str, *, offset: int = 0) -> Versions:
        """What has been published; of all versions, for those who may see no earlier one, the present.

        :raises UserError: the caller may not read it
        """
        access = await self._service.access(caller, study_id)
        study = await self._service.existing(caller, study_id)
        numbered = await self._numbered(study)
        all_shown = self._sees_earlier(caller, access)
        if not all_shown:
            numbered = [NumberedVersion(each.place, each.version) for each in numbered[:1]]
        return Versions(
            study=study,
            shown=tuple(numbered[offset : offset + AT_ONCE]),
            offset=offset,
            total=len(numbered),
            newest=numbered[0].version.number if numbered else 0,
            all_shown=all_shown,
            steps_shown=access.may_see_changes,
        )

    async def steps(self, caller: Caller, study_id: str, *, offset: int = 0) -> Steps:
        """Who wrote what and when; :raises UserError: the caller is not among those who write it."""
        study = await self._for_authors(caller, study_id)
        changes = await self._studies.list_changes(study.workspace_id, study.id)
        events = await self._studies.list_events(study.workspace_id, study.id)
        entries = entries_of(changes, events, self._service.template_of(study))
        return Steps(study, tuple(entries[offset : offset + AT_ONCE]), offset, len(entries))

    async def compare(self, caller: Caller, comparison: Comparison) -> VersionsCompared | StepCompared:
        """What changed; :raises UserError: the caller may not see it, or it is not there."""
        if comparison.of == "versions":
            return await self._compare_versions(caller, comparison)
        return await self._compare_step(caller, comparison)

    async def _compare_versions(self, caller: Caller, comparison: Comparison) -> VersionsCompared:
        access = await self._service.access(caller, comparison.study_id)
        if not self._sees_earlier(caller, access):
            raise UserError(EARLIER_FOR_MEMBERS.format(owner=access.owner.user_id))
        study = await self._service.existing(caller, comparison.study_id)
        numbered = await self._numbered(study)
        by_number = {each.version.number: each for each in numbered}
        older, newer = by_number.get(comparison.first), by_number.get(comparison.last)
        if older is None or newer is None:
            raise UserError(NOT_KEPT)
        return VersionsCompared(
            study=study,
            comparison=comparison,
            older=older,
            newer=newer,
            differences=differences(
                self._service.template_of(study),
                values_of(older.version.answers),
                values_of(newer.version.answers),
            ),
            offset=_page_of(numbered.index(newer)),
        )

    async def _compare_step(self, caller: Caller, comparison: Comparison) -> StepCompared:
        study = await self._for_authors(caller, comparison.study_id)
        template = self._service.template_of(study)
        changes = await self._studies.list_changes(study.workspace_id, study.id)
        events = await self._studies.list_events(study.workspace_id, study.id)
        asked = (comparison.first, comparison.last)
        for place, entry in enumerate(entries_of(changes, events, template)):
            if isinstance(entry, Step) and (entry.first, entry.last) == asked:
                changed = differences_of_step(changes, entry, template)
                return StepCompared(study, comparison, entry, changed, _page_of(place))
        raise UserError(NOT_KEPT)

    async def _for_authors(self, caller: Caller, study_id: str) -> CaseStudy:
        access = await self._service.access(caller, study_id)
        if not access.may_see_changes:
            raise UserError(FOR_AUTHORS.format(owner=access.owner.user_id))
        return await self._service.existing(caller, study_id)

    async def _numbered(self, study: CaseStudy) -> list[NumberedVersion]:
        """Every version, newest first."""
        versions = await self._studies.list_versions(study.workspace_id, study.id)
        template = self._service.template_of(study)
        numbered = [
            NumberedVersion(at + 2, newer, _labels(template, older, newer), older.number)
            for at, (older, newer) in enumerate(pairwise(versions))
        ]
        first = [NumberedVersion(1, version) for version in versions[:1]]
        return [*first, *numbered][::-1]

    def _sees_earlier(self, caller: Caller, access: Access) -> bool:
        return self._service.is_member(caller) or access.is_author


def _labels(template: Template, older: Version, newer: Version) -> tuple[str, ...]:
    changed = changed_fields(template, values_of(older.answers), values_of(newer.answers))
    return tuple(label_of(template, field_id) for field_id in changed)


def _page_of(place: int) -> int:
    """The offset of the page on which the entry at this place, from 0, stands."""
    return place // AT_ONCE * AT_ONCE
