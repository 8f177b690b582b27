"""What people ask of what is kept of them: read, counted, erased part by part."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.database import Database, Script
from storage.erasure.case_studies import erase_in_case_studies
from storage.erasure.left_studies import end_wait, take_on
from storage.erasure.messages import erase_messages
from storage.erasure.offers import list_waiting, read_offers
from storage.erasure.own import erase_own
from storage.erasure.rankings import erase_in_rankings
from storage.erasure.texts import offer_state, settle_offer
from storage.erasure.whole_workspace import count_rows, forget_workspace
from storage.erasure.workspace import erase_in_workspace
from storage.holdings import count_holdings
from storage.known_people import find_people
from storage.personal_data import read_all
from storage.records.people import Person
from storage.records.privacy import ErasureKind, Holdings, Offers, OfferState, TextsChoice, WaitingOffer
from storage.scrubbing import scrub


class SqlPrivacy:
    """`PrivacyStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_holdings(self, workspace_id: str, person: Person) -> Holdings:
        return await self._database.read(count_holdings, workspace_id, person)

    async def read_all(self, workspace_id: str, person: Person) -> dict[str, Any]:
        return await self._database.read(read_all, workspace_id, person)

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
        await self._database.write(_erase, workspace_id, person, other, kind, texts, kept_work, at)

    async def settle_offer(
        self, workspace_id: str, study_id: str, author: Person, *, keep: bool, by: Person, at: datetime
    ) -> None:
        await self._database.write(settle_offer, workspace_id, study_id, author, keep, by, at)
        if not keep:
            await self.scrub()

    async def offer_state(self, workspace_id: str, study_id: str, author: Person) -> OfferState:
        return await self._database.read(offer_state, workspace_id, study_id, author)

    async def read_offers(self, workspace_id: str, person: Person) -> Offers:
        return await self._database.read(read_offers, workspace_id, person)

    async def list_waiting_offers(self, workspace_id: str, person: Person) -> list[WaitingOffer]:
        return await self._database.read(list_waiting, workspace_id, person)

    async def take_on(
        self, workspace_id: str, study_id: str, left_by: Person, *, by: Person, at: datetime
    ) -> None:
        await self._database.write(take_on, workspace_id, study_id, left_by, by, at)

    async def end_wait(self, workspace_id: str, study_id: str, left_by: Person, *, at: datetime) -> None:
        await self._database.write(end_wait, workspace_id, study_id, left_by, at)
        await self.scrub()

    async def find_people(self, workspace_id: str, user_id: str) -> list[Person]:
        return await self._database.read(find_people, workspace_id, user_id)

    async def count_rows(self, workspace_id: str) -> Mapping[str, int]:
        return await self._database.read(count_rows, workspace_id)

    async def forget_workspace(self, workspace_id: str) -> None:
        await self._database.write(forget_workspace, workspace_id)
        await self.scrub()

    async def scrub(self) -> None:
        await scrub(self._database)


def _erase(
    workspace_id: str,
    person: Person,
    other: Person,
    kind: ErasureKind,
    texts: TextsChoice,
    kept_work: str,
    at: datetime,
) -> Script[None]:
    match kind:
        case "own":
            yield from erase_own(workspace_id, person)
        case "rankings":
            yield from erase_in_rankings(workspace_id, person, other, at)
        case "case_studies":
            yield from erase_in_case_studies(workspace_id, person, other, texts, at)
        case "workspace":
            yield from erase_in_workspace(workspace_id, person, other, at)
        case "messages":
            yield from erase_messages(workspace_id, person, other, kept_work)
