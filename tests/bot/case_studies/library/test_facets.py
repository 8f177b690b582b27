"""What published case studies can be filtered by: kept when published, after an edit, and on import."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.library.facets import FacetNames, facets_of
from bot.case_studies.publishing.publishing import Publishing
from bot.case_studies.service import CaseStudyService
from knowledge.model import Library
from storage.open import open_store
from storage.records.published import GivenFacets
from storage.store import Store
from tests.bot.case_studies.examples import ANNAS, AT, COMPLETE, make_study
from tests.slack import TEAM

USED = ("trust-1", "trust-2")
EVERYTHING = {**COMPLETE, "other_agencies": ("Larkfield Library",), "strategies": USED}


def test_the_fields_with_a_filter_say_what_a_case_study_is_filtered_by(library: Library) -> None:
    study = make_study({**EVERYTHING, "target_group": f"  Parents \n of {'small ' * 30}"})
    facets = facets_of(library.template("good-practice"), study.answers)
    assert facets == {
        "outcome": ["be-healthy", "enjoy-and-achieve"],
        "agency": ["Larkfield Family Hub", "Larkfield Library"],
        "target_group": [f"Parents of {'small ' * 10}sma…"],
        "strategy": list(USED),
    }


def test_what_is_empty_or_of_an_unknown_template_filters_nothing(library: Library) -> None:
    nothing: GivenFacets = {"outcome": [], "agency": [], "target_group": [], "strategy": []}
    assert facets_of(library.template("good-practice"), make_study({}).answers) == nothing
    assert facets_of(None, make_study(EVERYTHING).answers) == nothing


def test_values_are_called_by_what_the_content_calls_them(library: Library) -> None:
    names = FacetNames(library)
    assert names.name("outcome", "be-healthy") == "Be healthy"
    assert names.name("template", "good-practice") == "Sharing good practice"
    strategy = library.strategy("trust-1")
    assert strategy
    assert names.names("strategy", ["trust-1", "gone-9"]) == f"{strategy.title} or gone-9"
    assert names.name("agency", "Larkfield Library") == "Larkfield Library"


async def test_publishing_and_each_edit_after_it_keep_the_filters_true(
    store: Store, library: Library
) -> None:
    service = CaseStudyService(store, library)
    publishing = Publishing(service, store.case_studies)
    drafting = Drafting(service, publishing, store.case_studies)
    await store.case_studies.create_case_study(make_study(EVERYTHING, status="draft"))
    field = library.templates[0].field("strategies")
    assert field
    await drafting.save_fields(ANNAS, "s1", {field: ("trust-1",)}, at=AT, seen=0)
    assert await store.published.facet_values(TEAM) == {}

    await publishing.publish(ANNAS, "s1", at=AT)
    assert await store.published.facet_values(TEAM) == {
        "agency": {"Larkfield Family Hub": 1, "Larkfield Library": 1},
        "outcome": {"be-healthy": 1, "enjoy-and-achieve": 1},
        "strategy": {"trust-1": 1},
        "target_group": {"Parents of small children": 1},
        "template": {"good-practice": 1},
        "year": {"2026": 1},
    }

    await drafting.save_fields(ANNAS, "s1", {field: ("trust-2",)}, at=AT, seen=0)
    assert await store.published.count_using(TEAM, USED) == {"trust-2": 1}


async def test_one_published_before_there_were_filters_gets_them_at_its_first_edit(
    store: Store, library: Library
) -> None:
    await store.case_studies.import_case_study(make_study(EVERYTHING))
    assert await store.published.count_using(TEAM, USED) == {}
    field = library.templates[0].field("activity")
    assert field
    service = CaseStudyService(store, library)
    drafting = Drafting(service, Publishing(service, store.case_studies), store.case_studies)
    await drafting.save_fields(ANNAS, "s1", {field: "Sunday club"}, at=AT, seen=0)
    assert await store.published.count_using(TEAM, USED) == {"trust-1": 1, "trust-2": 1}


async def _exported(url: str) -> None:
    store = await open_store(url)
    await store.case_studies.import_case_study(make_study(EVERYTHING))
    await store.close()


async def _used(url: str) -> dict[str, int]:
    store = await open_store(url)
    used = await store.published.count_using(TEAM, USED)
    await store.close()
    return used


def test_what_is_imported_can_be_filtered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one, two = f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"
    asyncio.run(_exported(one))
    monkeypatch.setenv("DATABASE_URL", one)
    file = tmp_path / "out.json"
    assert main(["export", "--format", "json", "--out", str(file)]) == 0
    assert json.loads(file.read_text())["case_studies"]
    monkeypatch.setenv("DATABASE_URL", two)
    assert main(["import", str(file)]) == 0
    assert asyncio.run(_used(two)) == {"trust-1": 1, "trust-2": 1}
