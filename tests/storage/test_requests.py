"""A request is handled once, by whichever process gets it, and forgotten when nobody can send it again."""

import asyncio

from storage.store import Store
from tests.storage.examples import WORKSPACE, minutes


async def claim(store: Store, fingerprint: str, at: int = 0, workspace_id: str = WORKSPACE) -> bool:
    return await store.requests.claim(workspace_id, fingerprint, minutes(at), minutes(at + 10))


async def test_the_first_has_it(store: Store) -> None:
    assert await claim(store, "one")
    assert not await claim(store, "one", 9)
    assert await claim(store, "two")


async def test_of_many_at_once_one_has_it(store: Store) -> None:
    assert sorted(await asyncio.gather(*(claim(store, "one") for _ in range(20)))) == [*[False] * 19, True]


async def test_each_workspace_has_its_own(store: Store) -> None:
    assert await claim(store, "one")
    assert await claim(store, "one", workspace_id="T0OTHER")


async def test_what_is_old_is_forgotten(store: Store) -> None:
    assert await claim(store, "one")
    assert await claim(store, "one", 10)


async def test_what_came_to_nothing_can_be_claimed_again(store: Store) -> None:
    assert await claim(store, "one")
    await store.requests.release("T0OTHER", "one")
    assert not await claim(store, "one")
    await store.requests.release(WORKSPACE, "one")
    assert await claim(store, "one")
