"""JSON out of one database and into another, of either engine, loses nothing; and the memory stays small."""

import asyncio
import io
import json
import tempfile
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.case_studies.exports.archive import Kept, archive_chunks, check_archive, read_archive
from bot.case_studies.exports.archive_records import plain_study
from bot.case_studies.exports.transfer import export_case_studies, import_case_studies
from storage.case_study_history import first_history
from storage.open import open_store
from storage.records.case_studies import CaseStudy, CaseStudySummary, FieldAnswer
from storage.records.case_study_history import CaseStudyEvent, CaseStudyHistory, Change
from storage.records.case_study_sections import SectionRequest
from storage.store import Store
from tests.bot.case_studies.examples import make_study
from tests.bot.case_studies.exports.generated import libraries
from tests.databases import cleared_postgres, sqlite_database

ENGINES = ("sqlite", "postgresql")
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def an_address(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield sqlite_database(Path(folder))
    else:
        with cleared_postgres() as address:
            yield address


@asynccontextmanager
async def a_store(engine: str) -> AsyncIterator[Store]:
    with an_address(engine) as address:
        store = await open_store(address)
        try:
            yield store
        finally:
            await store.close()


async def exported(store: Store) -> str:
    return "".join([piece async for piece in export_case_studies(store.case_studies, (), "json")])


async def imported(store: Store, text: str) -> None:
    assert check_archive(io.StringIO(text)) >= 0
    await import_case_studies(store, (), read_archive(io.StringIO(text)))


async def all_kept(store: Store) -> dict[tuple[str, str], tuple[CaseStudy, CaseStudyHistory]]:
    return {
        (study.workspace_id, study.id): (study, history)
        async for study, history in store.case_studies.all_with_history()
    }


@pytest.mark.parametrize(("first", "second"), list(product(ENGINES, ENGINES)))
@given(library=libraries)
@FEW
def test_out_of_one_and_into_another_is_equal_to_the_byte(
    first: str, second: str, library: tuple[tuple[CaseStudy, CaseStudyHistory], ...]
) -> None:
    async def move() -> None:
        async with a_store(first) as one, a_store(second) as other:
            for study, history in library:
                assert await one.case_studies.import_case_study(study, history)
            before = await all_kept(one)
            assert before == {(study.workspace_id, study.id): (study, kept) for study, kept in library}
            text = await exported(one)
            await imported(other, text)
            assert await exported(other) == text
            assert await all_kept(other) == before
            for study, _ in library:
                assert await other.published.facet_values(study.workspace_id) == (
                    await one.published.facet_values(study.workspace_id)
                )

    asyncio.run(move())


def test_every_field_of_every_record_is_in_the_file() -> None:
    study, history = make_study(), first_history(make_study())
    asked = SectionRequest("T0HOME", "s1", "who", study.owner, study.owner, study.created_at)
    plain = plain_study(study, replace(history, sections=(asked,)))
    told = {field.name for field in fields(CaseStudySummary)} | {"answers", "history"}
    assert set(plain) == told
    assert set(plain["answers"]["aims"]) == {field.name for field in fields(FieldAnswer)} - {"field_id"}
    assert set(plain["history"]) == {field.name for field in fields(CaseStudyHistory)}
    assert set(plain["history"]["changes"][0]) == {field.name for field in fields(Change)}
    assert set(plain["history"]["events"][0]) == {field.name for field in fields(CaseStudyEvent)}
    without = {field.name for field in fields(SectionRequest)} - {"workspace_id", "case_study_id"}
    assert set(plain["history"]["sections"][0]) == without
    (again,) = read_archive(io.StringIO(_wrapped(plain)))
    assert again == (study, replace(history, sections=(asked,)))


def _wrapped(plain: dict[str, object]) -> str:
    return json.dumps({"format": "common-ground-case-studies", "version": 2, "case_studies": [plain]})


BIG = make_study({"aims": "Words of it. " * 460})


async def many(number: int) -> AsyncIterator[Kept]:
    history = first_history(BIG)
    for place in range(number):
        yield replace(BIG, id=f"s{place}"), history


async def test_five_thousand_large_case_studies_are_written_and_read_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    tracemalloc.start()
    with file.open("w") as stream:
        async for piece in archive_chunks(many(5_000)):
            stream.write(piece)
    with file.open() as stream:
        assert check_archive(stream) == 5_000
    with file.open() as stream:
        assert sum(1 for _ in read_archive(stream)) == 5_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < file.stat().st_size / 20
