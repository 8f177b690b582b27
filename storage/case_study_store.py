"""Case studies while they are written, reviewed and looked after, as the rest of the program sees them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from storage.records.case_studies import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudySummary,
    DraftSummary,
    FieldValue,
)
from storage.records.case_study_access import Access
from storage.records.case_study_history import (
    CaseStudyEvent,
    CaseStudyHistory,
    Change,
    Conflict,
    Decision,
    FieldEdit,
    Saved,
    Version,
)
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.published import GivenFacets


class CaseStudyStore(Protocol):
    """Each verb keeps `messages` in one transaction with the change and marks what follows it as dirty.

    All that change a case study raise NotFoundError when there is none of this id, and ConflictError
    when its status does not allow what is asked.
    """

    async def create_case_study(self, study: CaseStudy) -> None:
        """Begin a case study; its answers are their fields' first changes.

        :raises ConflictError: the id is taken
        """

    async def get_case_study(self, workspace_id: str, study_id: str) -> CaseStudy | None: ...

    async def save_fields(
        self,
        workspace_id: str,
        study_id: str,
        values: Mapping[str, FieldValue],
        *,
        author: Person,
        at: datetime,
        title_field: str = "",
        seen: Mapping[str, int] | None = None,
    ) -> Saved:
        """Keep these fields as the author's; an empty value empties the field.

        Fields not named stay as they are, and a field whose value does not change keeps its author
        and time. The text of `title_field` becomes the title.

        `seen` holds, by field, the newest change that the author's form knew of, 0 for none;
        `CaseStudy.last_change` when the form was opened will do for all of them. Where somebody else has
        changed the field since, what the author left as it was stays theirs, and what the author
        changed too is set aside and becomes a conflict. A field that `seen` does not name is saved
        whatever others did.
        """

    async def edit_fields(
        self,
        workspace_id: str,
        study_id: str,
        edit: Callable[[CaseStudy, Access], FieldEdit],
        *,
        editor: Person,
        at: datetime,
        seen: int,
    ) -> Saved:
        """`save_fields` of what `edit` makes of the case study and of what the editor may do with it.

        Both stay as they are until that is kept. What `edit` raises is raised here, and nothing is kept. It
        may be called more than once, and must do nothing but answer.
        """

    async def list_conflicts(self, workspace_id: str, study_id: str) -> list[Conflict]:
        """The texts that were set aside and wait for a choice, the earliest first."""

    async def resolve_conflict(
        self,
        workspace_id: str,
        study_id: str,
        number: int,
        *,
        keep: Literal["theirs", "mine"],
        seen: int,
        by: Person,
        at: datetime,
        title_field: str = "",
    ) -> CaseStudy:
        """Choose between two texts; the one set aside keeps its author when it is taken.

        To take a third, save it and then keep "theirs". `seen` is the `theirs_number` that was shown.
        :raises ConflictError: the choice has been made, or the field has changed since `seen`
        """

    async def list_changes(self, workspace_id: str, study_id: str) -> list[Change]:
        """Every change of every field, in order."""

    async def list_events(self, workspace_id: str, study_id: str) -> list[CaseStudyEvent]:
        """Reviews, publications, edits, withdrawal and owners, in order."""

    async def list_versions(self, workspace_id: str, study_id: str) -> list[Version]:
        """What it said at its publication and after each edit since, in order."""

    async def request_review(
        self,
        workspace_id: str,
        study_id: str,
        *,
        reviewer: Person,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        """Ask a second person for their approval, in place of whoever was asked before.

        :raises OwnWorkError: the reviewer owns it or wrote some of it
        :raises ConflictError: this reviewer is asked already, or it is neither draft nor in review
        """

    async def decide_review(
        self,
        workspace_id: str,
        study_id: str,
        decision: Decision,
        *,
        by: Person,
        at: datetime,
        note: str = "",
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        """Approve what it says now (it stays in review until published), or send it back as a draft.

        :raises OwnWorkError: the person owns it or wrote some of it
        :raises NotReviewerError: it is asked of somebody else
        :raises ConflictError: it waits for no review
        """

    async def is_approved(self, workspace_id: str, study_id: str) -> bool:
        """Whether the last review approved what it says now; a later change asks for another review."""

    async def publish_case_study(
        self,
        workspace_id: str,
        study_id: str,
        at: datetime,
        *,
        by: Person | None = None,
        facets: GivenFacets | None = None,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        """Make it public in its workspace; one already published stays as it is.

        `by` is the owner if left out.
        `facets` are what it can be filtered by; template and year are added.
        :raises NotApprovedError: the workspace wants an approval, and there is none of what it says now
        :raises ConflictError: it has been withdrawn
        """

    async def set_facets(self, workspace_id: str, study_id: str, facets: GivenFacets) -> None:
        """Replace what a published case study can be filtered by, after an edit."""

    async def withdraw_case_study(
        self,
        workspace_id: str,
        study_id: str,
        *,
        reason: str,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        """Take a published case study out of search and lists; it stays readable by its authors, for good."""

    async def set_owner(
        self,
        workspace_id: str,
        study_id: str,
        owner: Person,
        *,
        before: Person,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        """Hand a case study on; a review that waits for the new owner ends, and it is a draft again.

        :raises ConflictError: the person owns it already, or `before` owns it no more
        """

    async def delete_draft(self, workspace_id: str, study_id: str) -> None:
        """Remove a draft with its history; :raises ConflictError: it has been published."""

    async def list_own(
        self,
        workspace_id: str,
        owner: Person,
        *,
        statuses: Sequence[CaseStudyStatus] = ("draft", "in_review"),
        limit: int = 50,
        offset: int = 0,
    ) -> list[DraftSummary]:
        """What the person owns, the last changed first."""

    async def list_withdrawn(
        self, workspace_id: str, *, limit: int, offset: int = 0
    ) -> list[CaseStudySummary]:
        """Withdrawn ones, the last to be withdrawn first."""

    async def list_owners(self, workspace_id: str) -> list[Person]:
        """Everybody who owns a case study of any status."""

    async def list_to_review(
        self, workspace_id: str, person: Person, *, limit: int = 50
    ) -> list[CaseStudySummary]:
        """What waits for the person's review, the longest unchanged first."""

    async def drafts_untouched_since(
        self, before: datetime, limit: int, after: CaseStudySummary | None = None
    ) -> list[DraftSummary]:
        """Drafts of all workspaces last changed earlier than `before`, the oldest first.

        The next page is the one `after` the last draft of the page before.
        """

    async def published_without_facets(
        self, limit: int, after: tuple[str, str] = ("", "")
    ) -> list[tuple[str, str]]:
        """Workspace and id of what is published, in all workspaces, and found by no answer's filter.

        In the order of workspace and id; the next page is the one `after` the last of the page before.
        """

    async def record_draft_asked(
        self, workspace_id: str, study_id: str, at: datetime, messages: Sequence[Message] = ()
    ) -> None:
        """Its owner is asked what is to become of the draft; :raises ConflictError: it is none any more."""

    def all_case_studies(
        self, workspace_id: str | None = None, *, status: CaseStudyStatus | None = None
    ) -> AsyncIterator[CaseStudy]:
        """Every case study, oldest first, without holding them all; None means every workspace or status."""

    def all_with_history(
        self, workspace_id: str | None = None
    ) -> AsyncIterator[tuple[CaseStudy, CaseStudyHistory]]:
        """The same with all that an export has to hold, each as it was at one moment."""

    async def get_with_history(
        self, workspace_id: str, study_id: str
    ) -> tuple[CaseStudy, CaseStudyHistory] | None:
        """A case study, and what an export has to hold beside it, as they were at one moment."""

    async def import_case_study(
        self, study: CaseStudy, history: CaseStudyHistory | None = None, facets: GivenFacets | None = None
    ) -> bool:
        """Keep an exported case study as it was; False, and nothing changed, when its id is known.

        Without a history each answer is its field's first change. `facets` take the place of the history's.
        """
