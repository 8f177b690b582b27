"""The made-up library is one that the store itself could have made, and every measurement has its line."""

from pathlib import Path

from bench.library import library_table, measure_library
from bench.library_data import READER, WORKSPACE, make_library
from storage.open import open_store


async def test_the_library_answers_as_one_made_by_the_store(tmp_path: Path) -> None:
    made = make_library(str(tmp_path / "library.db"), 150)
    store = await open_store(f"sqlite:///{tmp_path}/library.db")
    studies = [study async for study in store.case_studies.all_case_studies(WORKSPACE, status="published")]
    newest = await store.published.list_case_studies(WORKSPACE, limit=500)
    values = await store.published.facet_values(WORKSPACE)
    hits = await store.published.search(WORKSPACE, made.words[0])
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


def test_every_measurement_has_its_line() -> None:
    report = measure_library(60)
    lines = library_table(report).splitlines()
    assert len(lines) == len(report.others) + 4
    assert "App Home" in report.others
    assert report.figures()["ratio_p99"] == report.search.p99 / report.bare.p99
