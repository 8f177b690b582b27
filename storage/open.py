"""From an address to a store, and what the command line does with a database.

An address is `sqlite:///relative/path.db`, `sqlite:////absolute/path.db`,
`sqlite:///:memory:`, or `postgresql://…` (`postgres://…` too). What goes wrong
is raised as UnavailableError with words for people; no password is ever in them.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from storage import sqlite_admin
from storage.audit import SqlAudit
from storage.case_studies import SqlCaseStudies
from storage.case_study_sections import SqlSections
from storage.case_study_store import CaseStudyStore
from storage.channel_store import ChannelStore
from storage.channels import SqlChannels
from storage.database import Committed, Database, Script, untold
from storage.digests import SqlDigests
from storage.installation_store import InstallationStore
from storage.installations import SqlInstallations
from storage.lookups import SqlLookups
from storage.message_store import MessageStore
from storage.messages import SqlMessages
from storage.people import SqlPeople
from storage.privacy import SqlPrivacy
from storage.privacy_store import PrivacyStore, RetentionStore
from storage.published import SqlPublished
from storage.published_store import DigestStore, PublishedStore
from storage.ranking_store import RankingStore
from storage.rankings import SqlRankings
from storage.requests import SqlRequests
from storage.retention import SqlRetention
from storage.section_store import SectionStore
from storage.store import (
    AuditStore,
    LookupStore,
    PeopleStore,
    RequestStore,
    SettingsStore,
    Store,
    UnavailableError,
    WorkStore,
)
from storage.work import SqlWork
from storage.workspace_settings import SqlSettings

_CHECK_WRITE = """
INSERT INTO write_checks (workspace_id, checked_at) VALUES ('', :now)
ON CONFLICT (workspace_id) DO UPDATE SET checked_at = excluded.checked_at
"""


class SqlStore:
    """`Store` on an open database of either engine."""

    def __init__(self, database: Database) -> None:
        self.installations: InstallationStore = SqlInstallations(database)
        self.messages: MessageStore = SqlMessages(database)
        self.rankings: RankingStore = SqlRankings(database)
        self.case_studies: CaseStudyStore = SqlCaseStudies(database)
        self.sections: SectionStore = SqlSections(database)
        self.published: PublishedStore = SqlPublished(database)
        self.digests: DigestStore = SqlDigests(database)
        self.settings: SettingsStore = SqlSettings(database)
        self.lookups: LookupStore = SqlLookups(database)
        self.people: PeopleStore = SqlPeople(database)
        self.channels: ChannelStore = SqlChannels(database)
        self.work: WorkStore = SqlWork(database)
        self.requests: RequestStore = SqlRequests(database)
        self.audit: AuditStore = SqlAudit(database)
        self.privacy: PrivacyStore = SqlPrivacy(database)
        self.retention: RetentionStore = SqlRetention(database)
        self._database = database

    async def check_writable(self) -> None:
        await self._database.write(_check_write)

    async def close(self) -> None:
        await self._database.close()


async def open_store(url: str, *, migrate: bool = True, committed: Committed = untold) -> Store:
    """Open the database at `url` and bring its schema up to date.

    With `migrate=False` a schema that is not up to date is refused instead. `committed` is told of each
    commit.
    """
    return SqlStore(await _admin(url).open_database(url, migrate=migrate, committed=committed))


def migrate(url: str) -> list[str]:
    """Bring the schema up to date and return the names of the steps that were applied."""
    return _admin(url).migrate(url)


def pending_migrations(url: str) -> list[str]:
    """The names of the steps that `migrate` would apply; creates nothing."""
    return _admin(url).pending(url)


def backup(url: str, target: Path) -> None:
    """Write a consistent copy to `target` while the bot runs; an existing file is never overwritten."""
    if target.exists():
        raise UnavailableError(f"{target} exists already; name a file that does not.")
    _admin(url).backup(url, target)


def describe_faults(url: str) -> list[str]:
    """Every fault of the database in words, none when all is well; changes nothing."""
    try:
        return _admin(url).describe_faults(url)
    except UnavailableError as error:
        return [str(error)]


class _Admin(Protocol):
    """What each engine's module offers."""

    async def open_database(self, url: str, *, migrate: bool, committed: Committed) -> Database: ...
    def migrate(self, url: str) -> list[str]: ...
    def pending(self, url: str) -> list[str]: ...
    def backup(self, url: str, target: Path) -> None: ...
    def describe_faults(self, url: str) -> list[str]: ...


def _admin(url: str) -> _Admin:
    scheme, _, _ = url.partition("://")
    if scheme == "sqlite":
        return sqlite_admin
    if scheme not in {"postgresql", "postgres"}:
        raise UnavailableError("DATABASE_URL must begin with sqlite:/// or with postgresql://.")
    try:
        from storage import postgres_admin  # noqa: PLC0415 - psycopg is an extra
    except ImportError as error:
        raise UnavailableError(
            "PostgreSQL needs more than is installed. Run: pip install 'commonground[postgres]'."
        ) from error
    return postgres_admin


def _check_write() -> Script[None]:
    yield _CHECK_WRITE, {"now": datetime.now(UTC)}
