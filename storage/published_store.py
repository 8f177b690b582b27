"""What has been published, and the channels that are told of it, as the rest of the program sees them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.records.case_studies import CaseStudySummary
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.published import Facet, Filters, SearchHit


class PublishedStore(Protocol):
    """The published case studies of a workspace; drafts and withdrawn ones are never among them."""

    async def list_case_studies(
        self, workspace_id: str, *, filters: Filters | None = None, limit: int = 50, offset: int = 0
    ) -> list[CaseStudySummary]:
        """Newest first."""

    async def search(
        self,
        workspace_id: str,
        query: str,
        *,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> list[SearchHit]:
        """Those with all words of the query or, if there are none, with any; best first. Any text is safe."""

    async def count(self, workspace_id: str, *, filters: Filters | None = None, query: str = "") -> int:
        """How many `list_case_studies` or, with a query, `search` finds on all pages together."""

    async def walk(
        self,
        workspace_id: str,
        *,
        filters: Filters | None = None,
        query: str = "",
        after: CaseStudySummary | None = None,
        limit: int = 500,
    ) -> list[CaseStudySummary]:
        """All that `count` counts, newest first even with a query; the next page is the one `after` the last.

        What is published meanwhile moves nothing to another page.
        """

    async def facet_values(self, workspace_id: str) -> Mapping[Facet, Mapping[str, int]]:
        """How many have each value, by facet; the most frequent value first."""

    async def count_using(self, workspace_id: str, strategy_ids: Sequence[str]) -> dict[str, int]:
        """How many used each of these strategies; those that nobody used are left out."""

    async def studies_using(
        self, workspace_id: str, strategy_id: str, *, limit: int = 10, offset: int = 0
    ) -> list[CaseStudySummary]:
        """Those that used a strategy, newest first."""

    async def published_between(
        self, workspace_id: str, since: datetime, until: datetime, *, limit: int = 50
    ) -> list[CaseStudySummary]:
        """Those published from `since` on and before `until`, newest first."""

    async def count_between(self, workspace_id: str, since: datetime, until: datetime) -> int:
        """How many `published_between` finds without a limit."""


class DigestStore(Protocol):
    """Channels that are told from time to time what has been published.

    Each has work for the clock of the kind `case_studies.digest`, with the channel as its subject.
    """

    async def subscribe(self, digest: Digest) -> bool:
        """Plan a channel's digests; False, and nothing changed, when it has them already."""

    async def unsubscribe(
        self,
        workspace_id: str,
        channel_id: str,
        messages: Sequence[Message] = (),
        *,
        by: Person,
        at: datetime,
    ) -> bool:
        """Send no more, and keep what is said about it; False, and nothing kept, when there were none."""

    async def get_digest(self, workspace_id: str, channel_id: str) -> Digest | None: ...

    async def record_digest(
        self,
        workspace_id: str,
        channel_id: str,
        *,
        until: datetime,
        next_at: datetime,
        messages: Sequence[Message] = (),
    ) -> None:
        """Keep the message of a digest that reaches to `until`, and plan the next.

        :raises NotFoundError: the channel has no digests any more, or none that was due by then
        """
