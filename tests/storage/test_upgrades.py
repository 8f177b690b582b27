"""From every schema that there has been to the newest: nothing is lost, and what was kept is used on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import migrations
from storage.open import describe_faults, migrate, open_store, pending_migrations
from storage.store import UnavailableError
from tests.databases import postgres_database
from tests.storage.examples import BEN, WORKSPACE, a_ranking, a_stage, an_answer, answering, minutes
from tests.storage.old_schemas import (
    ALL,
    FIRST,
    check_case_studies,
    fill,
    fill_new_tables,
    insert_case_study,
    insert_ranking,
    rows,
    tables,
)


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        with postgres_database(empty=True) as address:
            yield address


async def make_old_database(url: str, newest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that began with the first schema, was brought to `newest` step by step, and used at each."""
    for number in range(len(FIRST), ALL.index(newest) + 2):
        with monkeypatch.context() as patched:
            patched.setattr(migrations, "NAMES", tuple(ALL[:number]))
            migrate(url)
            if number == len(FIRST):
                store = await open_store(url)
                await fill(store)
                await store.close()
                insert_ranking(url)
                insert_case_study(url)
        fill_new_tables(url)


@pytest.mark.parametrize("newest", ALL[len(FIRST) - 1 : -1])
async def test_a_database_of_any_schema_keeps_what_it_holds(
    url: str, newest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_old_database(url, newest, monkeypatch)
    old = tables(url)
    before = {table: rows(url, table, list(columns)) for table, columns in old.items()}
    assert all(before.values())

    assert migrate(url) == ALL[ALL.index(newest) + 1 :]
    assert describe_faults(url) == []
    new = tables(url)
    for table, columns in old.items():
        kept = [name for name in columns if name in new[table]]
        places = [list(columns).index(name) for name in kept]
        assert {tuple(row[place] for place in places) for row in before[table]} <= rows(url, table, kept)
    store = await open_store(url, migrate=False)
    assert await store.rankings.get_ranking(WORKSPACE, "R1") is not None
    again = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "two")))
    assert again.choice == ("two",)
    await store.close()


async def test_a_database_of_the_first_schema_keeps_what_it_holds(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "NAMES", tuple(FIRST))
        assert migrate(url) == FIRST
        before = await open_store(url)
        await fill(before)
        insert_ranking(url)
        insert_case_study(url)
        dirty = await before.messages.dirty_messages()
        await before.close()
    assert pending_migrations(url) == ALL[4:]
    with pytest.raises(
        UnavailableError,
        match=r"005_lookups, 006_.*, 007_.*, 008_.* to do.*Run python -m bot migrate first",
    ):
        await open_store(url, migrate=False)

    assert migrate(url) == ALL[4:]
    assert describe_faults(url) == []
    store = await open_store(url, migrate=False)
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == a_ranking()
    assert await store.rankings.list_stages(WORKSPACE, "R1") == [a_stage(answered=1)]
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [an_answer(BEN, "one")]
    assert await store.messages.dirty_messages() == dirty
    await check_case_studies(store)
    again = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "two")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [again]
    assert await store.lookups.list_saved(WORKSPACE, BEN) == []
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(6))
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", minutes(6))
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["trust-2"]
    assert [miss.words for miss in await store.lookups.list_misses(None)] == ["parking"]
    await store.close()


async def test_opening_brings_the_first_schema_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "NAMES", tuple(FIRST))
        migrate(url)
    store = await open_store(url)
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(6))
    await store.close()
    assert pending_migrations(url) == []
