"""What people who have left still own, for curators: nobody else could find a draft of theirs."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.case_studies.chosen_person import has_left
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import DraftSummary
from storage.records.people import Person

AT_ONCE = 8
"""Questions to Slack side by side."""
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """`studies` are at most MOST_SHOWN; `more`: there are others."""

    studies: tuple[DraftSummary, ...]
    more: bool = False


async def find_left_behind(client: AsyncWebClient, studies: CaseStudyStore, caller: Caller) -> LeftBehind:
    """Case studies of any status whose owner's account is closed.

    :raises SlackApiError: Slack does not say who is still there
    """
    owners = await studies.list_owners(caller.workspace_id)
    found: list[DraftSummary] = []
    for person in await _gone(client, owners):
        found += await studies.list_own(
            caller.workspace_id,
            person,
            statuses=("draft", "in_review", "published", "withdrawn"),
            limit=MOST_SHOWN + 1 - len(found),
        )
        if len(found) > MOST_SHOWN:
            break
    return LeftBehind(tuple(found[:MOST_SHOWN]), len(found) > MOST_SHOWN)


async def _gone(client: AsyncWebClient, people: Sequence[Person]) -> list[Person]:
    turn = asyncio.Semaphore(AT_ONCE)

    async def ask(person: Person) -> bool:
        async with turn:
            return await has_left(client, person)

    answers = await asyncio.gather(*(ask(person) for person in people))
    return [person for person, gone in zip(people, answers, strict=True) if gone]
