"""The shipped content, loaded once, and a copy of it that a test may break."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from knowledge.loader import load_library
from knowledge.model import Library
from knowledge.search import Search


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def search(shipped: Library) -> Search:
    return Search(shipped)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped content."""
    with as_file(files("knowledge") / "content") as folder:
        return Path(shutil.copytree(folder, tmp_path / "content"))
