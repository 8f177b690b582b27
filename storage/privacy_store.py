"""What people ask of what is kept of them, and what is removed after a time, as the program sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from storage.records.people import Person
from storage.records.privacy import ErasureKind, Holdings, Offers, OfferState, TextsChoice, WaitingOffer
from storage.records.workspace_settings import RetentionKind


class PrivacyStore(Protocol):
    """Of one person, in one workspace."""

    async def count_holdings(self, workspace_id: str, person: Person) -> Holdings: ...

    async def read_all(self, workspace_id: str, person: Person) -> dict[str, Any]:
        """All that is kept of the person, as JSON; what others wrote is left out."""

    async def erase(
        self,
        workspace_id: str,
        person: Person,
        other: Person,
        kind: ErasureKind,
        *,
        texts: TextsChoice,
        kept_work: str,
        at: datetime,
    ) -> None:
        """One part of an erasure, in one transaction; done twice it changes nothing more.

        `other` stands in the person's place in what stays. `kept_work` is the work that does this.
        """

    async def settle_offer(
        self, workspace_id: str, study_id: str, author: Person, *, keep: bool, by: Person, at: datetime
    ) -> None:
        """Keep the texts of somebody who was erased, or remove them.

        :raises NotFoundError: no such case study
        :raises ConflictError: it has been decided
        """

    async def offer_state(self, workspace_id: str, study_id: str, author: Person) -> OfferState: ...

    async def read_offers(self, workspace_id: str, person: Person) -> Offers:
        """What an erasure of the person would offer to whom."""

    async def list_waiting_offers(self, workspace_id: str, person: Person) -> list[WaitingOffer]:
        """What people who were erased have left to this person's decision, the first to run out first."""

    async def take_on(
        self, workspace_id: str, study_id: str, left_by: Person, *, by: Person, at: datetime
    ) -> None:
        """Own what somebody erased has left, and be asked about the texts in it.

        :raises NotFoundError: no such case study
        :raises ConflictError: it is not offered to `by`, or not any more
        """

    async def end_wait(self, workspace_id: str, study_id: str, left_by: Person, *, at: datetime) -> None:
        """Nobody took it on: a draft goes, a published one is withdrawn.

        :raises NotFoundError: no such case study
        """

    async def find_people(self, workspace_id: str, user_id: str) -> list[Person]:
        """Whoever is kept under this id of Slack's: nobody, or one person of each team it is known with."""

    async def count_rows(self, workspace_id: str) -> Mapping[str, int]:
        """How many rows each table holds of a workspace; tables without any are left out."""

    async def forget_workspace(self, workspace_id: str) -> None:
        """Remove all that is kept of it; :raises ConflictError: the app is installed there."""

    async def scrub(self) -> None:
        """Have what was removed leave the files too, as far as the engine lets us."""


class RetentionStore(Protocol):
    """What is removed after a time."""

    async def remove_old(
        self, workspace_id: str, kind: RetentionKind, days: int, at: datetime, limit: int = 200
    ) -> int:
        """Remove what is at least `days` old, at most `limit` of what hangs together, and count it.

        With a line in the audit log, if it was any. Ballots lose their people and reasons and stay counted.
        """

    async def scrub(self) -> None:
        """As in `PrivacyStore`."""
