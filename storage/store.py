"""The store as the rest of the program sees it: one protocol, grouped by feature.

Every call names the workspace. A write has been committed when its coroutine
returns, so a listener that answers Slack afterwards never confirms what could be
lost. A write that changes what a message shows raises that message's version in
the same transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.case_study_store import CaseStudyStore
from storage.channel_store import ChannelStore
from storage.installation_store import InstallationStore
from storage.message_store import MessageStore
from storage.privacy_store import PrivacyStore, RetentionStore
from storage.published_store import DigestStore, PublishedStore
from storage.ranking_store import RankingStore
from storage.records.audit import AuditEntry, AuditKind
from storage.records.lookups import Miss, MissKind
from storage.records.people import Agency, Person
from storage.records.work import Work
from storage.records.workspace_settings import WorkspaceSettings
from storage.section_store import SectionStore


class StoreError(Exception):
    """The store could not do what was asked."""


class NotFoundError(StoreError):
    """No such row in this workspace."""


class ConflictError(StoreError):
    """Somebody else changed it first: what the caller saw is no longer so."""


class StageClosedError(ConflictError):
    """The stage takes no more answers."""


class PausedError(ConflictError):
    """The ranking takes nothing until somebody resumes it."""


class OwnWorkError(ConflictError):
    """Nobody reviews a case study that they own or wrote some of."""


class NotReviewerError(ConflictError):
    """The review is asked of somebody else."""


class NotApprovedError(ConflictError):
    """The workspace wants a second person's approval, and nobody has approved what it says now."""


class NotTakingPartError(StoreError):
    """The person is not on the ranking's list."""


class UnavailableError(StoreError):
    """The database cannot be opened, read or written; the message says why."""


class PeopleStore(Protocol):
    """Which agency each person of a workspace answers for."""

    async def get_agency(self, workspace_id: str, person: Person) -> str | None:
        """None when they were never asked, "" when they would rather not say."""

    async def set_agency(self, workspace_id: str, person: Person, agency: str) -> None:
        """Keep the person's agency, in the open rankings they take part in too.

        An anonymous ranking that they have answered in keeps the agency it has.
        """

    async def get_agencies(self, workspace_id: str, persons: Sequence[Person]) -> dict[Person, str]:
        """The agencies of those of `persons` who were asked."""

    async def list_agencies(self, workspace_id: str) -> list[str]:
        """Every agency that somebody named, in order."""

    async def count_agencies(self, workspace_id: str) -> list[Agency]:
        """Every agency that somebody named, in order, with its people."""

    async def rename_agency(
        self, workspace_id: str, agency: str, name: str, *, by: Person, at: datetime
    ) -> int:
        """Give an agency another name, with its people and in open rankings; returns how many people it has.

        :raises NotFoundError: nobody answers for it
        :raises ConflictError: there is an agency of the new name already
        """

    async def join_agencies(
        self, workspace_id: str, agency: str, into: str, *, by: Person, at: datetime
    ) -> int:
        """Make the people of one agency those of another, as in `rename_agency`.

        Not in an anonymous ranking that has answers and people of both: it would show how some answered.
        :raises NotFoundError: nobody answers for `agency`
        :raises ConflictError: nobody answers for `into`
        """


class WorkStore(Protocol):
    """Work that is due at a time, for whichever process claims it first."""

    async def plan(self, workspace_id: str, work_id: str, kind: str, subject: str, due_at: datetime) -> None:
        """Plan work; what has this id already is moved, and nobody's claim on it holds any more."""

    async def order(self, work_id: str, kind: str, subject: str, line: AuditEntry) -> None:
        """Plan work that somebody asked for, at once, with a line that says so.

        Asked for again before it is done, it is planned anew, and the line stays the one there is.
        """

    async def cancel(self, workspace_id: str, work_id: str) -> None:
        """Drop work, if there is any of this id."""

    async def claim(self, now: datetime, lease_seconds: float, limit: int) -> list[Work]:
        """Take what is due in any workspace, the oldest first, for nobody else until the lease runs out."""

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the work of any workspace that waits longest has been due, with nobody doing it."""

    async def finish(self, work: Work) -> None:
        """Drop claimed work that was done; nothing when it was planned anew or claimed again since."""

    async def postpone(self, work: Work, due_at: datetime) -> None:
        """Give claimed work back to be done later; nothing when it is no longer this claim's."""


class RequestStore(Protocol):
    """Requests that must not be handled twice."""

    async def claim(self, workspace_id: str, fingerprint: str, now: datetime, forget_at: datetime) -> bool:
        """True for the first, in whichever process; False for all after it until it is forgotten."""

    async def release(self, workspace_id: str, fingerprint: str) -> None:
        """Let it be claimed again, because nothing came of it."""


class SettingsStore(Protocol):
    """What the admins of each workspace decided."""

    async def get(self, workspace_id: str) -> WorkspaceSettings:
        """The defaults when nothing has been decided."""

    async def change(
        self,
        workspace_id: str,
        edit: Callable[[WorkspaceSettings], WorkspaceSettings],
        *,
        by: Person,
        at: datetime,
    ) -> WorkspaceSettings:
        """Replace them by `edit(settings so far)`, with a line in the audit log for each that changes.

        `edit` may run more than once and must be pure.
        """

    async def end_roles(self, installation_id: str, at: datetime) -> None:
        """The app has been removed from a workspace or an organisation: nobody is a curator there any more.

        Where it is installed all the same, nothing changes.
        """

    async def list_retention(self) -> list[tuple[str, WorkspaceSettings]]:
        """The workspaces that have anything removed after a time, with their settings."""


class AuditStore(Protocol):
    """Who did what in a workspace. Most lines are kept by the change that they tell of."""

    async def record(self, entry: AuditEntry) -> None:
        """Keep a line about what changes nothing in the store, such as a finished erasure."""

    async def record_everywhere(
        self, kind: AuditKind, actor: Person, at: datetime, detail: Mapping[str, object]
    ) -> None:
        """Keep a line in the log of each workspace, about what was done to the whole database."""

    async def list_entries(self, workspace_id: str, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        """The newest first."""

    async def list_of_kind(
        self, workspace_id: str, kind: AuditKind, since: datetime, *, limit: int
    ) -> list[AuditEntry]:
        """Those of one kind that are no older, the newest first."""


class LookupStore(Protocol):
    """What people keep of their look-ups, and what the look-ups of all say to whoever edits the content."""

    async def save_strategy(self, workspace_id: str, person: Person, strategy_id: str, at: datetime) -> bool:
        """Put a strategy on the person's list; False, and nothing changed, when it is there.

        :raises ConflictError: the list is full (100 strategies)
        """

    async def unsave_strategy(self, workspace_id: str, person: Person, strategy_id: str) -> bool:
        """Take a strategy off the person's list; False when it was not there."""

    async def list_saved(self, workspace_id: str, person: Person) -> list[str]:
        """Ids of the person's strategies, the one saved last first; ids the content lost stay."""

    async def record_miss(self, workspace_id: str, words: str, kind: MissKind, at: datetime) -> None:
        """Count these words once more, with the day only.

        Longer than 200 characters they are cut; where there are none, nothing is counted.
        """

    async def list_misses(self, workspace_id: str | None, limit: int = 50) -> list[Miss]:
        """The most frequent first, then the latest; None adds up all workspaces."""

    async def forget_misses(self, workspace_id: str, words: str, *, by: Person, at: datetime) -> None:
        """Drop what was counted for these words, of either kind: somebody has dealt with them.

        With a line in the audit log, if there were any.
        """


class Store(Protocol):
    """Everything that is kept."""

    installations: InstallationStore
    messages: MessageStore
    rankings: RankingStore
    case_studies: CaseStudyStore
    sections: SectionStore
    published: PublishedStore
    digests: DigestStore
    settings: SettingsStore
    lookups: LookupStore
    people: PeopleStore
    channels: ChannelStore
    work: WorkStore
    requests: RequestStore
    audit: AuditStore
    privacy: PrivacyStore
    retention: RetentionStore

    async def check_writable(self) -> None:
        """:raises UnavailableError: nothing can be written now."""

    async def close(self) -> None:
        """Finish what was begun, then let go of the database."""
