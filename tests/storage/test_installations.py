"""Where the app is installed: the same on both engines."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.open import open_store
from storage.records.installations import Installation, SealedTokens
from storage.records.people import Person
from storage.store import Store
from tests.storage.examples import an_installation

HARBOUR, MOORSIDE, ORGANISATION = "T0HARBOUR", "T0MOORSIDE", "E0COUNTY"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NEW = SealedTokens("sealed-new", "sealed-refresh-new", NOW + timedelta(hours=12))


def ours(**changes: Any) -> Installation:
    tokens = SealedTokens("sealed-old", "sealed-refresh", NOW + timedelta(minutes=30))
    kept: dict[str, Any] = {"workspace_id": HARBOUR, "tokens": tokens, "installed_at": NOW}
    return an_installation(**kept | changes)


def for_organisation(**changes: Any) -> Installation:
    return ours(workspace_id=ORGANISATION, enterprise_id=ORGANISATION, **changes)


async def test_an_installation_comes_back_as_it_was_kept(store: Store) -> None:
    await store.installations.save(ours())
    found = await store.installations.find(HARBOUR)
    assert found == ours()
    assert not found.is_for_organisation
    assert await store.installations.find(MOORSIDE) is None


async def test_installing_again_replaces_the_tokens_and_whatever_status_there_was(store: Store) -> None:
    await store.installations.save(ours())
    await store.installations.end(HARBOUR, "uninstalled", LATER, LATER)
    again = ours(tokens=NEW, installed_at=LATER, scopes=("commands",))
    await store.installations.save(again)
    assert await store.installations.find(HARBOUR) == replace(again, version=3)


async def test_a_workspace_is_found_by_its_organisation(store: Store) -> None:
    await store.installations.save(for_organisation())
    assert await store.installations.find(HARBOUR) is None
    await store.installations.join_organisation(HARBOUR, ORGANISATION)
    await store.installations.join_organisation(HARBOUR, ORGANISATION)
    found = await store.installations.find(HARBOUR)
    assert found == for_organisation()
    assert found.is_for_organisation


async def test_a_workspace_that_left_its_organisation_is_not_found_by_it(store: Store) -> None:
    await store.installations.save(for_organisation())
    for place in (HARBOUR, MOORSIDE):
        await store.installations.join_organisation(place, ORGANISATION)
    assert not await store.installations.leave_organisation(HARBOUR, "E0OTHER")
    assert await store.installations.leave_organisation(HARBOUR, ORGANISATION)
    assert not await store.installations.leave_organisation(HARBOUR, ORGANISATION)
    assert await store.installations.find(HARBOUR) is None
    assert await store.installations.find(MOORSIDE) == for_organisation()


async def test_an_organisations_installation_comes_before_the_workspaces_own_while_it_is_active(
    store: Store,
) -> None:
    await store.installations.save(ours())
    await store.installations.save(for_organisation())
    await store.installations.join_organisation(HARBOUR, ORGANISATION)
    seen: list[tuple[str, str]] = []
    for ended in (None, ORGANISATION, HARBOUR):
        if ended:
            await store.installations.end(ended, "uninstalled", LATER, LATER)
        found = await store.installations.find(HARBOUR)
        assert found
        seen.append((found.workspace_id, found.status))
    assert seen == [(ORGANISATION, "active"), (HARBOUR, "active"), (ORGANISATION, "uninstalled")]


async def test_what_slack_took_back_is_forgotten(store: Store) -> None:
    await store.installations.save(ours())
    assert await store.installations.end(HARBOUR, "revoked", LATER, LATER)
    ended = await store.installations.find(HARBOUR)
    assert ended
    assert (ended.status, ended.version, ended.tokens) == ("revoked", 2, SealedTokens(""))


async def test_an_uninstallation_comes_after_a_revocation_and_never_before(store: Store) -> None:
    await store.installations.save(ours())
    assert await store.installations.end(HARBOUR, "revoked", LATER, LATER)
    assert await store.installations.end(HARBOUR, "uninstalled", LATER, LATER)
    assert not await store.installations.end(HARBOUR, "revoked", LATER, LATER)
    assert not await store.installations.end(HARBOUR, "uninstalled", LATER, LATER)
    ended = await store.installations.find(HARBOUR)
    assert ended
    assert ended.status == "uninstalled"


async def test_an_event_from_before_the_installation_ends_nothing(store: Store) -> None:
    await store.installations.save(ours(installed_at=LATER))
    assert not await store.installations.end(HARBOUR, "uninstalled", NOW, LATER)
    assert not await store.installations.end(MOORSIDE, "uninstalled", LATER, LATER)
    found = await store.installations.find(HARBOUR)
    assert found
    assert found.status == "active"


async def test_changes_are_listed_with_their_version(store: Store) -> None:
    await store.installations.save(ours())
    await store.installations.save(ours(workspace_id=MOORSIDE))
    assert await store.installations.list_changed(LATER) == {}
    await store.installations.end(HARBOUR, "revoked", LATER, LATER)
    assert await store.installations.list_changed(LATER) == {HARBOUR: 2}
    assert await store.installations.list_changed(NOW) == {HARBOUR: 2, MOORSIDE: 1}


async def test_those_that_expire_soon_are_listed_unless_nobody_can_refresh_them(store: Store) -> None:
    endless = SealedTokens("sealed")
    kinds: tuple[dict[str, Any], ...] = (
        {},
        {"tokens": NEW},
        {"tokens": endless},
        {"tokens": replace(NEW, refresh_token=None, expires_at=NOW)},
        {"status": "revoked"},
    )
    for number, changes in enumerate(kinds):
        await store.installations.save(ours(workspace_id=f"T{number}", **changes))
    found = await store.installations.list_expiring(LATER, NOW)
    assert [each.workspace_id for each in found] == ["T0"]
    assert await store.installations.claim_refresh(found[0], NOW, 30)
    assert await store.installations.list_expiring(LATER, NOW) == []
    assert len(await store.installations.list_expiring(LATER, NOW + timedelta(seconds=30))) == 1


async def test_of_two_processes_one_refreshes_a_token(url: str, store: Store) -> None:
    await store.installations.save(ours())
    other = await open_store(url)
    try:
        claims = await asyncio.gather(
            *(each.installations.claim_refresh(ours(), NOW, 30) for each in (store, other) * 5)
        )
    finally:
        await other.close()
    assert sorted(claims) == [False] * 9 + [True]


async def test_the_right_to_refresh_runs_out(store: Store) -> None:
    await store.installations.save(ours())
    assert await store.installations.claim_refresh(ours(), NOW, 30)
    assert not await store.installations.claim_refresh(ours(), NOW + timedelta(seconds=29), 30)
    assert await store.installations.claim_refresh(ours(), NOW + timedelta(seconds=30), 30)


async def test_refreshed_tokens_take_the_place_of_those_they_came_from_only(store: Store) -> None:
    await store.installations.save(ours())
    assert await store.installations.refresh(ours(), NEW, LATER)
    assert not await store.installations.refresh(ours(), SealedTokens("late"), LATER)
    assert not await store.installations.claim_refresh(ours(), NOW, 30)
    found = await store.installations.find(HARBOUR)
    assert found
    assert (found.tokens, found.version) == (NEW, 2)


async def test_tokens_are_sealed_anew_unless_they_were_changed_meanwhile(store: Store) -> None:
    await store.installations.save(ours())
    anew = SealedTokens("resealed", "resealed-refresh", ours().tokens.expires_at)
    assert await store.installations.reseal(ours(), anew, NOW)
    assert not await store.installations.reseal(ours(), SealedTokens("late"), NOW)
    found = await store.installations.find(HARBOUR)
    assert found == ours(tokens=anew)
    await store.installations.refresh(found, NEW, LATER)
    assert not await store.installations.reseal(found, SealedTokens("late"), NOW)


async def test_whoever_installed_it_is_forgotten_with_all_else_about_them(store: Store) -> None:
    await store.installations.save(ours())
    await store.installations.save(for_organisation())
    await store.installations.save(ours(workspace_id=MOORSIDE))
    await store.installations.join_organisation(HARBOUR, ORGANISATION)
    amina, nobody = Person(HARBOUR, "U0AMINA"), Person("", "somebody")
    await store.privacy.erase(HARBOUR, amina, nobody, "workspace", texts="remove", kept_work="none", at=LATER)
    by = {each.workspace_id: each.installed_by for each in await store.installations.list_all()}
    assert by == {HARBOUR: "somebody", ORGANISATION: "somebody", MOORSIDE: "U0AMINA"}


async def test_all_are_listed_page_by_page(store: Store) -> None:
    for number in range(5):
        await store.installations.save(ours(workspace_id=f"T{number}"))
    first = await store.installations.list_all(limit=3)
    rest = await store.installations.list_all(first[-1].workspace_id, limit=3)
    assert [each.workspace_id for each in [*first, *rest]] == ["T0", "T1", "T2", "T3", "T4"]


async def test_a_state_is_used_once_until_it_is_forgotten(store: Store) -> None:
    assert await store.installations.use_state("one", NOW, LATER)
    assert not await store.installations.use_state("one", NOW, LATER)
    assert await store.installations.use_state("two", NOW, LATER)
    assert await store.installations.use_state("one", LATER, LATER + timedelta(hours=1))


def test_no_token_is_in_what_is_printed_of_ours() -> None:
    assert "sealed" not in repr(ours())
