"""What was published before it could be filtered by its answers is brought up to date at a start."""

import pytest

from bot.case_studies.library import old_facets
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.slack import TEAM


async def found_by(store: Store, outcome: str) -> list[str]:
    found = await store.published.list_case_studies(TEAM, filters={"outcome": [outcome]})
    return sorted(study.id for study in found)


async def test_a_start_lets_old_ones_be_found_and_leaves_the_others(
    store: Store, clockwork: Clockwork
) -> None:
    await store.case_studies.import_case_study(make_study(study_id="old"))
    await store.case_studies.import_case_study(make_study(study_id="draft", status="draft"))
    await store.case_studies.import_case_study(make_study({}, study_id="empty"))
    await store.case_studies.import_case_study(make_study(study_id="gone", template_id="an-old-one"))
    await store.case_studies.import_case_study(make_study(study_id="new"), facets={"outcome": ["stay-safe"]})
    assert await found_by(store, "be-healthy") == []
    await clockwork.start()
    await clockwork.look()
    assert await found_by(store, "be-healthy") == ["old"]
    assert await found_by(store, "stay-safe") == ["new"]
    values = await store.published.facet_values(TEAM)
    assert values["target_group"] == {str(COMPLETE["target_group"]): 1}


async def test_page_follows_page_until_all_are_done(
    store: Store, clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_facets, "PAGE", 2)
    every = [f"s{number}" for number in range(5)]
    for study_id in every:
        await store.case_studies.import_case_study(make_study(study_id=study_id))
    await clockwork.start()
    for count in (2, 4, 5, 5):
        await clockwork.look()
        assert len(await found_by(store, "be-healthy")) == count
    assert await store.case_studies.published_without_facets(5) == []
