"""Folders of content, changed and read."""

from pathlib import Path

import pytest

from knowledge.loader import ContentError, load_library

RELATIONSHIPS = "strategies-working-relationships.yml"


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(folder)
    return caught.value.faults


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
