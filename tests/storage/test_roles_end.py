"""Roles end when the app is removed; where it is installed all the same, they stay."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage.records.audit import NOBODY
from storage.records.installations import InstallationStatus
from storage.store import Store
from tests.storage.examples import AMINA, BEN, an_installation, minutes

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HERE, THERE, COMPANY = "T0HERE", "T0THERE", "E0COMPANY"


async def install(
    store: Store, installation_id: str, status: InstallationStatus, enterprise_id: str | None
) -> None:
    installation = an_installation(installation_id, enterprise_id=enterprise_id, status=status)
    await store.installations.save(installation)


@pytest.fixture(autouse=True)
async def curators(store: Store) -> None:
    for workspace_id in (HERE, THERE):
        await store.settings.change(
            workspace_id,
            lambda before: replace(before, curators=(BEN,), starters=(AMINA,)),
            by=AMINA,
            at=minutes(1),
        )


async def curated(store: Store) -> set[str]:
    return {each for each in (HERE, THERE) if (await store.settings.get(each)).curators == (BEN,)}


async def test_of_the_workspace_and_of_no_other_with_one_line(store: Store) -> None:
    await install(store, HERE, "uninstalled", None)
    for _ in range(2):
        await store.settings.end_roles(HERE, minutes(2))
    assert await curated(store) == {THERE}
    assert (await store.settings.get(HERE)).starters == (AMINA,), "others may not start more than before"
    lines = [line for line in await store.audit.list_entries(HERE, limit=10) if line.actor == NOBODY]
    assert [line.detail for line in lines] == [{"before": [[BEN.team_id, BEN.user_id]], "after": []}]


async def test_of_each_workspace_of_an_organisation_without_an_installation_of_its_own(store: Store) -> None:
    await install(store, COMPANY, "uninstalled", COMPANY)
    for workspace_id in (HERE, THERE):
        await store.installations.join_organisation(workspace_id, COMPANY)
    await install(store, THERE, "active", COMPANY)
    await store.settings.end_roles(COMPANY, minutes(2))
    assert await curated(store) == {THERE}


async def test_not_where_an_organisation_has_it_still_or_it_was_installed_again(store: Store) -> None:
    await install(store, COMPANY, "active", COMPANY)
    await store.installations.join_organisation(HERE, COMPANY)
    await install(store, HERE, "uninstalled", None)
    await install(store, THERE, "active", None)
    for workspace_id in (HERE, THERE):
        await store.settings.end_roles(workspace_id, minutes(2))
    assert await curated(store) == {HERE, THERE}
