"""A ranking that is changed while it is open, and what is kept of it."""

from typing import Any

from storage.records.people import Person
from storage.records.rankings import Rules
from storage.store import Store
from tests.storage.examples import (
    AMINA,
    WORKSPACE,
    a_message,
    a_ranking,
    a_stage,
    an_answer,
    answering,
    minutes,
)

KEY = (WORKSPACE, "R1")
BY: dict[str, Any] = {"actor": AMINA, "at": minutes(5)}
NOTE = a_message(id="ranking.note:R1", kind="ranking.note", parent_id="ranking.board:R1")


async def begin(store: Store) -> None:
    """Begin a ranking with reminders, whose stage has a deadline in an hour."""
    await store.rankings.create_ranking(
        a_ranking(rules=Rules(remind_hours=24)), a_stage(deadline=minutes(60)), []
    )
    await store.messages.add_message(a_message(sent_version=1))


async def stored(store: Store) -> Any:
    return await store.rankings.get_ranking(*KEY)


async def current_deadline(store: Store) -> Any:
    return (await store.rankings.list_stages(*KEY))[-1].deadline


async def planned(store: Store) -> dict[str, Any]:
    """When each piece of work of open stages is due; leaves all of it as it was."""
    works = await store.work.claim(minutes(10**6), 0, 100)
    for work in works:
        await store.work.postpone(work, work.due_at)
    return {work.id: work.due_at for work in works if work.kind != "ranking.pictures"}


async def answer(store: Store, person: Person, seq: int = 1) -> None:
    await store.rankings.edit_answer(*KEY, seq, person, answering(an_answer(person, "one")))
