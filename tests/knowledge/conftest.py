"""The shipped content, loaded once, and a copy of it that a test may break."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from knowledge.encoder import Encoder, load_encoder
from knowledge.loader import load_library
from knowledge.model import Library
from knowledge.search import Search


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The sentence model, which every set-up for tests brings with it."""
    encoder = load_encoder()
    assert encoder
    return encoder


@pytest.fixture(scope="session", params=["by words", "by sense"])
def search(request: pytest.FixtureRequest, shipped: Library) -> Search:
    """Look-up with the sentence model and without, for it must do without."""
    encoder = request.getfixturevalue("encoder") if request.param == "by sense" else None
    return Search(shipped, encoder)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped content."""
    with as_file(files("knowledge") / "content") as folder:
        return Path(shutil.copytree(folder, tmp_path / "content"))
