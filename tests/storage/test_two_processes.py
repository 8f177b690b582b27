"""Two processes on one PostgreSQL: neither waits for the other in a circle, and what they count is right."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from storage.open import open_store
from storage.records.people import Person
from storage.records.privacy import erased_person
from storage.store import Store
from tests.databases import postgres_database
from tests.storage.examples import (
    AMINA,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    an_answer,
    answering,
    minutes,
    seats,
)

PEOPLE = tuple(Person("T1", f"U{number:03}") for number in range(16))
RANKINGS = ("R1", "R2", "R3", "R4")
TURNS = 12


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_database() as address:
        yield address


@pytest.fixture
async def stores(url: str) -> AsyncIterator[tuple[Store, Store]]:
    """As two processes have it: nothing is shared but the database."""
    both = await open_store(url), await open_store(url)
    yield both
    for each in both:
        await each.close()


async def begin(store: Store) -> None:
    """Rankings of the same people, with boards and Home tabs."""
    for ranking_id in RANKINGS:
        board = a_message(id=f"ranking.board:{ranking_id}", subject=f"ranking:{ranking_id}")
        ranking = a_ranking(id=ranking_id, participants=seats(*PEOPLE))
        await store.rankings.create_ranking(ranking, a_stage(ranking_id=ranking_id), [board])
    for person in PEOPLE:
        await store.messages.add_message(a_home(person))


def deadlocks(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
        assert found is not None
        return int(found[0])


async def test_nobody_waits_in_a_circle_in_a_storm_of_answers_and_of_what_facilitators_do(
    stores: tuple[Store, Store], url: str
) -> None:
    await begin(stores[0])

    async def answer(person: Person, start: int) -> None:
        for turn in range(start, start + TURNS):
            ranking_id = RANKINGS[turn % len(RANKINGS)]
            edit = answering(an_answer(person, f"choice {turn}", complete=turn % 3 > 0))
            await stores[turn % 2].rankings.edit_answer(WORKSPACE, ranking_id, 1, person, edit)

    async def facilitate(ranking_id: str, which: int) -> None:
        for turn in range(TURNS):
            rankings = stores[(turn + which) % 2].rankings
            await rankings.set_deadline(
                WORKSPACE, ranking_id, 1, minutes(60 + turn), actor=AMINA, at=minutes(5)
            )

    await asyncio.gather(
        *(answer(person, number) for number, person in enumerate(PEOPLE)),
        *(answer(person, number + 1) for number, person in enumerate(PEOPLE)),
        *(facilitate(ranking_id, number) for number, ranking_id in enumerate(RANKINGS)),
    )
    for ranking_id in RANKINGS:
        answers = await stores[0].rankings.list_answers(WORKSPACE, ranking_id, 1)
        (stage,) = await stores[1].rankings.list_stages(WORKSPACE, ranking_id)
        assert stage.answered == sum(answer.complete for answer in answers)
    for each in stores:
        await each.close()
    assert deadlocks(url) == 0


AN_ANSWER_UNDER_WAY = """
SELECT seq FROM stages WHERE ranking_id = 'R1' FOR NO KEY UPDATE;
INSERT INTO answers
    (workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason)
SELECT workspace_id, 'R1', 1, team_id, user_id, '["one"]', 1, '2026-11-02T09:00:00+00:00', ''
FROM participants WHERE ranking_id = 'R1' AND user_id = 'U003';
UPDATE stages SET answered = answered + 1 WHERE ranking_id = 'R1';
"""


async def test_an_answer_that_another_process_keeps_meanwhile_is_counted_out_when_its_person_is_erased(
    stores: tuple[Store, Store], url: str
) -> None:
    await begin(stores[0])
    with psycopg.connect(url) as other:
        other.execute(AN_ANSWER_UNDER_WAY)
        erasing = asyncio.create_task(
            stores[0].privacy.erase(
                WORKSPACE,
                PEOPLE[3],
                erased_person("1"),
                "rankings",
                texts="offer",
                kept_work="",
                at=minutes(9),
            )
        )
        await until_somebody_waits(url)
        other.commit()
    await erasing
    (stage,) = await stores[0].rankings.list_stages(WORKSPACE, "R1")
    assert await stores[0].rankings.list_answers(WORKSPACE, "R1", 1) == []
    assert stage.answered == 0


async def until_somebody_waits(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as looking:
        waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
        while not looking.execute(waiting).fetchall():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
