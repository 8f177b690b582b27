"""A folder of a team's own is read like the shipped one, and all its faults are named at once."""

from pathlib import Path

import pytest

from knowledge.loader import ContentError, load_library
from knowledge.model import Library
from tests.knowledge.folders import RELATIONSHIPS, edit, faults_of


def test_an_own_folder_is_read_like_the_shipped_one(content: Path, shipped: Library) -> None:
    assert load_library(content) == shipped


def test_an_own_folder_may_say_something_else(content: Path) -> None:
    edit(content, RELATIONSHIPS, "Agree who does what before the work begins", "Settle your roles")
    strategy = load_library(content).strategy("roles-1")
    assert strategy is not None
    assert strategy.title == "Settle your roles"


def test_strategies_follow_the_order_of_the_themes(content: Path, shipped: Library) -> None:
    file = content / "strategies-management.yml"
    head, *blocks = file.read_text(encoding="utf-8").split("  - id: ")
    file.write_text("  - id: ".join([head, *(f"{block.strip()}\n" for block in reversed(blocks))]))
    themes = [strategy.theme_id for strategy in load_library(content).strategies]
    assert themes == [strategy.theme_id for strategy in shipped.strategies]


def test_all_faults_come_at_once(content: Path) -> None:
    (content / "tasks.yml").unlink()
    edit(content, RELATIONSHIPS, "also: [trust]", "also: [truth]")
    edit(content, RELATIONSHIPS, "id: roles-3\n", "id: roles-2\n")
    edit(content, "template-case-study-framework.yml", "title_field: aim", "title_field: goal")
    edit(content, "strategies-management.yml", "strategies:", "strategy:")
    faults = faults_of(content)
    for start in (
        "tasks.yml: the file is missing",
        f"{RELATIONSHIPS}: commitment-8: also names",
        f"{RELATIONSHIPS}: roles-2: the id is there twice",
        "template-case-study-framework.yml: title_field",
        "strategies-management.yml: the file lacks strategies",
        "strategies-management.yml: the file has unknown entries: strategy",
    ):
        assert any(fault.startswith(start) for fault in faults), start


def test_a_broken_file_of_areas_hides_no_other_fault_and_causes_none(content: Path) -> None:
    (content / "areas.yml").write_text("areas: [")
    edit(content, RELATIONSHIPS, "id: trust-2", "id: trust-1")
    broken, twice = faults_of(content)
    assert broken.startswith("areas.yml: line 2: not valid YAML")
    assert twice == f"{RELATIONSHIPS}: trust-1: the id is there twice (first in {RELATIONSHIPS})"


def test_the_error_reads_as_a_list(content: Path) -> None:
    (content / "tasks.yml").unlink()
    with pytest.raises(ContentError, match=r"cannot be used:\ntasks\.yml: the file is missing"):
        load_library(content)


def test_a_strategy_needs_six_asks(content: Path) -> None:
    file = content / "strategies-resources.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index("    asks:\n")
    end = lines.index("\n", start)
    file.write_text("".join(lines[: start + 6] + lines[end:]), encoding="utf-8")
    assert faults_of(content) == [
        "strategies-resources.yml: funding-1: asks has 5 items; the least is 6",
    ]
