"""The lock has what pyproject.toml asks for and nothing else, each distribution by its hashes."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from scripts.lock import LOCK, ROOT, wanted

INSTALLERS = {"pip"}
"""Whoever has a virtual environment has it."""
ENTRY = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; .+)?(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)"
)


def entries(path: Path) -> Iterator[re.Match[str]]:
    """Each distribution of a file of requirements; anything else fails."""
    text = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    for line in re.sub(r" *\\\n *", " ", text).splitlines():
        found = ENTRY.fullmatch(line)
        assert found is not None, line
        yield found


@pytest.fixture(scope="module")
def locked() -> dict[str, Version]:
    return {canonicalize_name(one["name"]): Version(one["version"]) for one in entries(LOCK)}


def here(given: str, extras: tuple[str, ...] = ("",)) -> Requirement | None:
    """The requirement, if it is one on this platform."""
    found = Requirement(given)
    is_here = not found.marker or any(found.marker.evaluate({"extra": extra}) for extra in extras)
    return found if is_here else None


@pytest.mark.parametrize("given", sorted(set(wanted())))
def test_what_is_asked_for_is_locked_in_a_version_that_will_do(
    given: str, locked: dict[str, Version]
) -> None:
    asked = Requirement(given)
    assert asked.specifier.contains(locked[canonicalize_name(asked.name)]), "run: make lock"


def test_what_that_needs_is_locked_and_nothing_else(locked: dict[str, Version]) -> None:
    waiting = [one for one in map(here, wanted()) if one]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        one = waiting.pop()
        name, extras = canonicalize_name(one.name), ("", *sorted(one.extras))
        if name in INSTALLERS or (name, extras) in seen:
            continue
        seen.add((name, extras))
        assert one.specifier.contains(locked[name], prereleases=True), f"{one}: run: make lock"
        waiting += [found for found in (here(needed, extras) for needed in requires(name) or ()) if found]
    assert {name for name, _ in seen} == set(locked), "run: make lock"


def test_no_file_says_where_anything_comes_from() -> None:
    for path in (LOCK, ROOT / "sentence-model.txt"):
        assert list(entries(path))
        assert "://" not in path.read_text("utf-8")


def test_there_is_one_lock_and_it_is_what_is_installed() -> None:
    assert not list(ROOT.glob("constraints*"))
    assert "--require-hashes --requirement requirements.txt" in (ROOT / "Makefile").read_text("utf-8")
    assert (
        "dev"
        in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    )
