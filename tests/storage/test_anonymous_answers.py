"""Anonymous rankings: a person finds their own answer while it is open, nobody finds anybody's afterwards."""

import asyncio
import contextlib
import hmac
import re
import shutil
import sqlite3
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage import sqlite as sqlite_engine
from storage.open import open_store
from storage.records.people import Person
from storage.records.rankings import Answer, Participant, Rules, Stage
from storage.store import NotTakingPartError, StageClosedError, Store
from tests.storage.examples import (
    AMINA,
    STRANGER,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    an_answer,
    answering,
    minutes,
)

KEY = (WORKSPACE, "R1")
BY: dict[str, Any] = {"actor": AMINA, "at": minutes(5)}
HEALTH = tuple(Person("T0HARBOUR", f"U0HEALTH{number}") for number in range(4))
POLICE = tuple(Person("T0MOORSIDE", f"U0POLICE{number}") for number in range(3))
SCHOOLS = tuple(Person("T0MOORSIDE", f"U0SCHOOL{number}") for number in range(2))
PEOPLE = (*HEALTH, *POLICE, *SCHOOLS)
AGENCIES = dict.fromkeys(HEALTH, "Health") | dict.fromkeys(POLICE, "Police")
SEATS = tuple(Participant(person, AGENCIES.get(person, "Schools")) for person in PEOPLE)


@pytest.fixture
async def ranking(store: Store) -> None:
    await start(store)


async def start(store: Store, *, anonymous: bool = True) -> None:
    """A ranking of nine people: four of one agency, three of another, two of a third."""
    ranking = a_ranking(rules=Rules(anonymous=anonymous), participants=SEATS)
    await store.rankings.create_ranking(ranking, a_stage(), [a_message()])


def choice_of(person: Person) -> tuple[str, ...]:
    return (f"choice-{PEOPLE.index(person)}",)


async def answer(store: Store, *people: Person, seq: int = 1, complete: bool = True) -> None:
    for person in people:
        given = an_answer(person, *choice_of(person), complete=complete)
        await store.rankings.edit_answer(*KEY, seq, person, answering(given))


async def groups(store: Store, seq: int = 1) -> dict[tuple[str, ...], str]:
    return {each.choice: each.agency for each in await store.rankings.list_answers(*KEY, seq)}


@pytest.mark.usefixtures("ranking")
async def test_a_person_finds_their_own_answer_while_the_ranking_is_open(store: Store) -> None:
    ben = HEALTH[0]
    given = an_answer(ben, "two", "one", reason="It comes up at every meeting.")
    kept = await store.rankings.edit_answer(*KEY, 1, ben, answering(given))
    opened_at = a_stage().opened_at
    assert kept == replace(given, answered_at=opened_at, agency="Health")
    assert await store.rankings.get_answer(*KEY, 1, ben) == kept
    assert await store.rankings.get_answer(*KEY, 1, POLICE[0]) is None
    ballot = await store.rankings.get_ballot(*KEY, ben)
    assert ballot is not None
    assert (ballot.answer, ballot.rules.anonymous, ballot.takes_part) == (kept, True, True)
    other = await store.rankings.get_ballot(*KEY, POLICE[0])
    assert other is not None
    assert other.answer is None

    def add(_stage: Stage, so_far: Answer | None) -> Answer:
        assert so_far is not None
        return replace(so_far, choice=(*so_far.choice, "three"))

    again = await store.rankings.edit_answer(*KEY, 1, ben, add)
    assert again.choice == ("two", "one", "three")
    assert (await store.rankings.list_stages(*KEY))[0].answered == 1


@pytest.mark.usefixtures("ranking")
async def test_answers_are_listed_without_person_or_time(store: Store) -> None:
    await answer(store, *PEOPLE)
    listed = await store.rankings.list_answers(*KEY, 1)
    assert len(listed) == len({each.person for each in listed}) == 9
    assert {each.person.team_id for each in listed} == {""}
    assert all(re.fullmatch("[0-9a-f]{64}", each.person.user_id) for each in listed)
    assert {each.answered_at for each in listed} == {a_stage().opened_at}
    assert await store.rankings.list_answered(*KEY, 1) == []


@pytest.mark.usefixtures("ranking")
async def test_who_has_not_answered_is_known_until_the_end(store: Store) -> None:
    await answer(store, HEALTH[0], *POLICE)
    await answer(store, SCHOOLS[0], complete=False)
    await store.rankings.mark_left(*KEY, HEALTH[1], **BY)
    assert await store.rankings.list_waiting(*KEY, 1) == [*HEALTH[2:], *SCHOOLS]
    await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(9), [])
    assert await store.rankings.list_waiting(*KEY, 1) == []


@pytest.mark.usefixtures("ranking")
async def test_only_those_taking_part_answer(store: Store) -> None:
    await store.rankings.mark_left(*KEY, HEALTH[1], **BY)
    for person in (HEALTH[1], STRANGER):
        with pytest.raises(NotTakingPartError):
            await store.rankings.edit_answer(*KEY, 1, person, answering(an_answer(person, "one")))
    await store.rankings.close_stage(*KEY, 1, minutes(6))
    with pytest.raises(StageClosedError):
        await answer(store, HEALTH[0])
    assert await store.rankings.list_answers(*KEY, 1) == []


@pytest.mark.usefixtures("ranking")
async def test_answers_count_in_groups_of_three_before_and_after_the_end(store: Store) -> None:
    await answer(store, *PEOPLE)
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    await answer(store, *HEALTH, seq=2)
    # Two of the schools hide among the police; four of health stand by themselves.
    expected = {choice_of(person): "Health" if person in HEALTH else "" for person in PEOPLE}
    assert await groups(store) == expected
    await store.rankings.end_ranking(*KEY, 2, "decided", ("one",), minutes(9), [])
    assert await groups(store) == expected
    assert await groups(store, 2) == {choice_of(person): "Health" for person in HEALTH}


@pytest.mark.usefixtures("ranking")
async def test_a_late_comer_does_not_make_a_group_of_those_before(store: Store) -> None:
    await answer(store, *PEOPLE)
    await store.rankings.add_participants(*KEY, [Participant(STRANGER, "Schools")], **BY)
    assert set((await groups(store)).values()) == {"Health", ""}


@pytest.mark.usefixtures("ranking")
async def test_after_the_end_nobody_has_an_answer_of_their_own(store: Store) -> None:
    await answer(store, *PEOPLE)
    before = await store.rankings.list_answers(*KEY, 1)
    await store.rankings.end_ranking(*KEY, 1, "decided", ("one",), minutes(9), [])
    assert await store.rankings.list_answers(*KEY, 1) == before
    for person in PEOPLE:
        assert await store.rankings.get_answer(*KEY, 1, person) is None
        ballot = await store.rankings.get_ballot(*KEY, person)
        assert ballot is not None
        assert ballot.answer is None


async def test_each_ranking_has_a_key_of_its_own_and_one_with_names_has_none(store: Store, url: str) -> None:
    for ranking_id, anonymous in [("R1", True), ("R2", True), ("R3", False)]:
        ranking = a_ranking(id=ranking_id, rules=Rules(anonymous=anonymous), participants=SEATS)
        await store.rankings.create_ranking(ranking, a_stage(ranking_id=ranking_id), [])
    keys = rows(url, "SELECT ranking_id, secret FROM ranking_keys ORDER BY ranking_id")
    assert [ranking_id for ranking_id, _ in keys] == ["R1", "R2"]
    assert len({secret for _, secret in keys}) == 2
    await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(9), [])
    assert rows(url, "SELECT ranking_id, secret FROM ranking_keys") == keys[1:]


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(sql).fetchall()
    with psycopg.connect(url) as server:
        return server.execute(sql).fetchall()


def found_voters(contents: bytes, hashes: set[str]) -> dict[Person, str]:
    """Whom a thief of these bytes can name: every person hashed under everything that may be a key."""
    texts = set(re.findall(rb"(?=([0-9a-f]{64}))", contents))
    keys = {bytes.fromhex(text.decode()) for text in texts} | texts
    # A key may have been kept in some other form: try every run of 32 bytes too.
    keys |= {contents[start : start + 32] for start in range(0, len(contents) - 32) if contents[start]}
    named = {}
    for key, person in product(keys, PEOPLE):
        digest = hmac.digest(key, f"{person.team_id}:{person.user_id}".encode(), "sha256").hex()
        if digest in hashes:
            named[person] = digest
    return named


def raw(path: Path) -> bytes:
    """Everything that is on the disk of this database."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if path.name in file.name)


def names_beside_choices(contents: bytes) -> list[bytes]:
    """The choices that stand within a row's length of a person's id."""
    ids = b"|".join(person.user_id.encode() for person in PEOPLE)
    return re.findall(rb"(?:%b)[^\0]{0,80}(choice-\d)|(choice-\d)[^\0]{0,80}(?:%b)" % (ids, ids), contents)


async def test_with_the_file_in_hand_nobody_can_tell_who_chose_what(tmp_path: Path) -> None:
    path = tmp_path / "data" / "store.db"
    store = await open_store(f"sqlite:///{path}")
    await start(store)
    for person in PEOPLE:
        await store.messages.add_message(a_home(person))
        await answer(store, person)
    listed = await store.rankings.list_answers(*KEY, 1)
    hashes = {each.person.user_id for each in listed}
    (secret,) = rows(f"sqlite:///{path}", "SELECT secret FROM ranking_keys")[0]

    open_contents = raw(path)
    assert secret.encode() in open_contents
    assert found_voters(open_contents, hashes).keys() == set(PEOPLE)

    await store.rankings.end_ranking(*KEY, 1, "decided", ("one",), minutes(9), [])
    while_running = raw(path)
    await store.close()
    for contents in (while_running, raw(path)):
        assert b"choice-8" in contents
        assert secret.encode() not in contents
        assert bytes.fromhex(secret) not in contents
        assert found_voters(contents, hashes) == {}
        assert names_beside_choices(contents) == []
    for table, columns in [("answers", "*"), ("ranking_events", "*"), ("stages", "*")]:
        kept = repr(rows(f"sqlite:///{path}", f"SELECT {columns} FROM {table}"))
        assert not any(person.user_id in kept for person in PEOPLE)


async def test_with_names_the_file_tells_who_chose_what(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await open_store(f"sqlite:///{path}")
    await start(store, anonymous=False)
    await answer(store, *PEOPLE)
    await store.rankings.end_ranking(*KEY, 1, "decided", ("one",), minutes(9), [])
    await store.close()
    assert len(names_beside_choices(raw(path))) >= len(PEOPLE) // 2


async def test_what_a_killed_process_left_in_the_log_goes_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await open_store(f"sqlite:///{path}")
    await start(store)
    await answer(store, *PEOPLE)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(tmp_path / name, left / name)
    await store.close()
    assert (left / "store.db-wal").stat().st_size
    again = await open_store(f"sqlite:///{left}/store.db")
    assert (left / "store.db-wal").stat().st_size == 0
    assert len(await again.rankings.list_answers(*KEY, 1)) == 9
    await again.close()


async def test_the_log_is_emptied_once_nobody_reads_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    monkeypatch.setattr(sqlite_engine, "_SCRUB_EVERY", 0.01)
    store = await open_store(f"sqlite:///{path}")
    await start(store)
    await answer(store, *PEOPLE)
    log = tmp_path / "store.db-wal"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM answers").fetchone()
        await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(9), [])
        assert log.stat().st_size
    async with asyncio.timeout(20):
        emptied = False
        while not emptied:
            await asyncio.sleep(0.01)
            emptied = log.stat().st_size == 0
    await store.close()


async def test_the_file_says_nothing_of_the_order_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await open_store(f"sqlite:///{path}")
    await start(store)
    await answer(store, *PEOPLE)
    await store.rankings.end_ranking(*KEY, 1, "decided", ("one",), minutes(9), [])
    kept = rows(f"sqlite:///{path}", "SELECT user_id, answered_at FROM answers")
    assert [user_id for user_id, _ in kept] == sorted(user_id for user_id, _ in kept)
    assert len({answered_at for _, answered_at in kept}) == 1
    await store.close()


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_no_transaction_number_ties_an_answer_to_a_person(store: Store, url: str) -> None:
    await start(store)
    for person in PEOPLE:
        await store.messages.add_message(a_home(person))
    await answer(store, *PEOPLE)
    seat = """
        SELECT a.user_id FROM answers a
        JOIN participants p ON a.xmin::text = p.xmax::text OR a.xmin::text = p.xmin::text
    """
    assert rows(url, seat) == []
    home = """
        SELECT a.user_id FROM answers a
        JOIN messages m ON a.xmin::text = m.xmin::text AND m.kind = 'home'
    """
    assert len(rows(url, home)) == 9
    cleared = "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'answers'"
    ((before,),) = rows(url, cleared)
    await store.rankings.end_ranking(*KEY, 1, "decided", ("one",), minutes(9), [])
    assert rows(url, seat) == []
    assert len(rows(url, home)) == 9 * 9, "the end wrote all of both, so that each is tied to all"
    assert rows(url, cleared) == [(before + 1,)]
