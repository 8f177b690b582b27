"""The order of all tests, and what has to be settled before one stops the clock.

Compiled modules look at the size of `datetime` as they load, and crash on the
one that freezegun puts in its place. The stores load these only when they are
needed. And a pool of connections has its own errands, which need a clock that goes.
"""

import gc
from importlib import import_module

import freezegun
import pytest

for name in ("psycopg_pool", "sqlite_utils"):
    import_module(name)

# Of the others none goes by the clock, and freezegun looks through every module it is not told to leave.
UNTIMED = ["matplotlib", "networkx", "nicegui", "numba", "numpy", "pandas", "playwright", "scipy"]
freezegun.configure(extend_ignore_list=["psycopg", "psycopg_pool", *UNTIMED])


def pytest_collection_finish() -> None:
    """What is there by now stays to the end, and need not be looked through for rubbish."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the whole paths, which mostly wait, among the rest: no worker has many left at the end."""
    paths = [item for item in items if "e2e" in item.path.parts]
    rest = [item for item in items if "e2e" not in item.path.parts]
    if not rest:
        return
    spread: list[pytest.Item] = []
    for number, item in enumerate(rest):
        due = len(paths) * number // len(rest)
        spread += [*paths[len(spread) - number : due], item]
    items[:] = [*spread, *paths[len(spread) - len(rest) :]]
