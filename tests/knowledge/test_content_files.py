"""Which files a content folder has, and what is said of one that is missing, broken or of no use."""

import shutil
from pathlib import Path

import pytest

from knowledge.loader import load_library
from knowledge.model import Library
from tests.knowledge.folders import RELATIONSHIPS, faults_of


@pytest.mark.parametrize("name", ["areas.yml", "tasks.yml", RELATIONSHIPS])
def test_a_missing_file_is_named(content: Path, name: str) -> None:
    (content / name).unlink()
    assert f"{name}: the file is missing" in faults_of(content)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("tasks:\n\t- id: x\n", "tasks.yml: line 2: not valid YAML: ", id="broken"),
        pytest.param(
            "tasks: x\ntasks: y\n", 'tasks.yml: line 2: not valid YAML: the entry "tasks"', id="key twice"
        ),
        pytest.param("[a, b]: x\n", "tasks.yml: line 1: not valid YAML: ", id="key not text"),
        pytest.param("7: x\ntasks: []\n", "tasks.yml: the file has unknown entries: 7", id="key a number"),
        pytest.param("- outcomes\n", "tasks.yml: the file must be a group of entries", id="not a mapping"),
        pytest.param("# nothing\n", "tasks.yml: the file is empty", id="only a comment"),
        pytest.param("", "tasks.yml: the file is empty", id="nothing"),
        pytest.param("tasks: []\n", "tasks.yml: tasks has 0 items; the least is 1", id="no tasks"),
        pytest.param("tasks: {}\n", "tasks.yml: tasks must be a list", id="not a list"),
        pytest.param(
            "tasks: [1]\n", "tasks.yml: number 1 of tasks: the entry must be a group", id="a number"
        ),
        pytest.param("tasks: \x07\n", "tasks.yml: not valid YAML: ", id="control character"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(content: Path, text: str, fault: str) -> None:
    (content / "tasks.yml").write_text(text, encoding="utf-8")
    assert any(found.startswith(fault) for found in faults_of(content)), faults_of(content)


def test_text_that_is_not_utf8_is_named_with_its_line(content: Path) -> None:
    (content / "tasks.yml").write_bytes("tasks:\n  - id: caf\xe9\n".encode("latin-1"))
    assert faults_of(content) == ["tasks.yml: line 2: the file is not UTF-8 text"]


def test_a_byte_order_mark_does_no_harm(content: Path, shipped: Library) -> None:
    file = content / "tasks.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_library(content) == shipped


def test_a_folder_in_the_place_of_a_file_is_named(content: Path) -> None:
    (content / "tasks.yml").unlink()
    (content / "tasks.yml").mkdir()
    assert faults_of(content) == ["tasks.yml: the file cannot be read: Is a directory"]


def test_a_template_is_one_more_file(content: Path, shipped: Library) -> None:
    text = (content / "template-good-practice.yml").read_text(encoding="utf-8")
    own = text.replace("id: good-practice\norder: 1", "id: visit")
    (content / "template-visit.yml").write_text(own, encoding="utf-8")
    library = load_library(content)
    assert [template.id for template in library.templates] == [
        *(template.id for template in shipped.templates),
        "visit",
    ]
    assert library.template("visit") is not None


def test_a_template_is_in_the_file_of_its_name(content: Path) -> None:
    (content / "template-good-practice.yml").rename(content / "template-visit.yml")
    assert faults_of(content) == [
        'template-visit.yml: the id is "good-practice", so the file must be called template-good-practice.yml'
    ]


def test_a_folder_without_templates_or_with_too_many_is_named(content: Path) -> None:
    text = (content / "template-good-practice.yml").read_text(encoding="utf-8")
    for number in range(9):
        own = text.replace("id: good-practice\n", f"id: visit{number}\n")
        (content / f"template-visit{number}.yml").write_text(own, encoding="utf-8")
    assert faults_of(content) == ["template-visit8.yml: the folder holds 11 templates; the most is 10"]
    for file in content.glob("template-*.yml"):
        file.unlink()
    assert faults_of(content) == ["template-<id>.yml: the folder holds no template for case studies; add one"]


def test_the_old_file_of_all_templates_is_named(content: Path) -> None:
    (content / "templates.yml").write_text("templates: []\n", encoding="utf-8")
    assert faults_of(content)[0].startswith("templates.yml: not a content file; the folder holds ")


def test_a_file_that_nothing_reads_is_named(content: Path) -> None:
    shutil.copy(content / "tasks.yml", content / "task.yml")
    assert faults_of(content)[0].startswith("task.yml: not a content file; the folder holds areas.yml, ")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: there is no such folder"]


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [f"{tmp_path}: the folder holds no content; areas.yml should be there"]
