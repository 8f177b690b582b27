"""The made-up library is one that the store itself could have made, and every measurement has its line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.library import library_table, measure_library
from bench.library_data import READER, WORKSPACE
from bench.library_loading import make_library
from storage.database import Engine
from storage.open import open_store
from tests.databases import postgres_database, sqlite_database


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.param
    return engine


@pytest.fixture
def url(engine: Engine, tmp_path: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with postgres_database() as address:
            yield address


async def test_the_library_answers_as_one_made_by_the_store(url: str) -> None:
    words = make_library(url, 150)
    store = await open_store(url)
    studies = [study async for study in store.case_studies.all_case_studies(WORKSPACE, status="published")]
    newest = await store.published.list_case_studies(WORKSPACE, limit=500)
    values = await store.published.facet_values(WORKSPACE)
    hits = await store.published.search(WORKSPACE, words[0])
    waiting = [
        len(await store.case_studies.list_own(WORKSPACE, READER)),
        len(await store.case_studies.list_to_review(WORKSPACE, READER)),
        len(await store.sections.list_asked_of(WORKSPACE, READER)),
    ]
    counted = {
        value: await store.published.count(WORKSPACE, filters={"outcome": [value]})
        for value in values["outcome"]
    }
    await store.close()
    assert len(studies) == sum(values["template"].values()) == len(newest) == 150
    assert [study.id for study in newest] == sorted((study.id for study in studies), reverse=True)
    assert values["outcome"] == counted
    assert waiting == [50, 10, 20]
    assert all(any(part.is_match for part in hit.snippet) for hit in hits)


def test_every_measurement_has_its_line(engine: Engine) -> None:
    report = measure_library(engine, 60)
    lines = library_table(report).splitlines()
    assert len(lines) == 1 + 2 * len(report.searches) + len(report.lists)
    assert "App Home" in report.lists
    assert report.figures()["ratios_p99"] == {
        name: compared.search.p99 / compared.bare.p99 for name, compared in report.searches.items()
    }
