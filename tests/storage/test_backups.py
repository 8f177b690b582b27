"""A copy made while people vote, and what is there once it has been put in place."""

import asyncio
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.open import backup, describe_faults, open_store
from storage.records.people import Person
from storage.store import Store, UnavailableError
from tests.databases import postgres_database, postgres_programs
from tests.storage.examples import WORKSPACE, a_ranking, a_stage, an_answer, answering, seats

PEOPLE = [Person("T1", f"U{number}") for number in range(8)]


class Voters:
    """People who answer again and again, each time with the next number, and remember the last kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.acknowledged: dict[str, int] = {}
        self.all_have = asyncio.Event()

    async def vote(self, person: Person) -> None:
        number = 1
        while True:
            # Every second answer is not complete, so the stage's count goes up and down with them.
            answer = an_answer(person, str(number), complete=number % 2 == 1)
            try:
                await self.store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(answer))
            except UnavailableError:  # too busy for now, as people are told: they press again
                continue
            self.acknowledged[person.user_id] = number
            number += 1
            if len(self.acknowledged) == len(PEOPLE):
                self.all_have.set()


@asynccontextmanager
async def voting(store: Store) -> AsyncIterator[Voters]:
    """A ranking in which all have voted once and go on voting."""
    await store.rankings.create_ranking(a_ranking(participants=seats(*PEOPLE)), a_stage(), [])
    voters = Voters(store)
    tasks = [asyncio.create_task(voters.vote(person)) for person in PEOPLE]
    try:
        await voters.all_have.wait()
        yield voters
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def kept_at(url: str) -> dict[str, int]:
    """Each person's number; fails when one is kept without being counted, or counted without being kept."""
    assert describe_faults(url) == []
    store = await open_store(url, migrate=False)
    answers = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    (stage,) = await store.rankings.list_stages(WORKSPACE, "R1")
    await store.close()
    assert stage.answered == sum(answer.complete for answer in answers)
    return {answer.person.user_id: int(answer.choice[0]) for answer in answers}


async def test_a_copy_holds_every_vote_that_was_acknowledged_before_it_began(
    store: Store, url: str, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgres_programs()), prepend=":")
    copy = tmp_path / "copy"
    async with voting(store) as voters:
        before = dict(voters.acknowledged)
        await asyncio.to_thread(backup, url, copy)
        after = dict(voters.acknowledged)
    assert after != before
    if engine == "sqlite":
        kept = await kept_at(f"sqlite:///{copy}")
    else:
        with postgres_database(empty=True) as address:
            command = ["pg_restore", "--exit-on-error", "--no-owner", "--dbname", address, str(copy)]
            await asyncio.to_thread(subprocess.run, command, check=True)
            kept = await kept_at(address)
    assert kept.keys() == before.keys()
    # Each waits for an answer before the next vote, so at most one more was on its way.
    assert all(before[user_id] <= number <= after[user_id] + 1 for user_id, number in kept.items())


_VOTER = """
import asyncio, sys
from storage.open import open_store
from tests.storage.test_backups import voting

async def main(url):
    async with voting(await open_store(url)):
        print("voting", flush=True)
        await asyncio.sleep(60)

asyncio.run(main(sys.argv[1]))
"""


async def test_a_copy_put_in_place_of_the_file_of_a_killed_bot_is_what_is_there(tmp_path: Path) -> None:
    path, copy = tmp_path / "data" / "store.db", tmp_path / "copy.db"
    url = f"sqlite:///{path}"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _VOTER, url, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert child.stdout
    await child.stdout.readline()
    await asyncio.to_thread(backup, url, copy)
    child.send_signal(signal.SIGKILL)
    await child.wait()
    expected = await kept_at(f"sqlite:///{copy}")

    left = sorted(each.name for each in path.parent.iterdir())
    assert left == ["store.db", "store.db-shm", "store.db-wal"]
    # As docs/operations.md says: all three are moved away, and the copy takes the first one's name.
    aside = tmp_path / "aside"
    aside.mkdir()
    for name in left:
        shutil.move(path.parent / name, aside / name)
    shutil.copy(copy, path)
    assert await kept_at(url) == expected
