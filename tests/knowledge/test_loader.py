"""Every fault of a content folder is named with its file, its id and the reason, and all of them at once."""

import shutil
from pathlib import Path

import pytest

from knowledge.loader import ContentError, load_library
from knowledge.model import Library

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


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            RELATIONSHIPS,
            "title: Agree who does what before the work begins",
            f"title: {'Settle ' * 11}",
            f"{RELATIONSHIPS}: roles-1: title is 76 characters long; the most is 75",
            id="title too long",
        ),
        pytest.param(
            RELATIONSHIPS,
            "    title: Agree who does what before the work begins\n",
            "",
            f"{RELATIONSHIPS}: roles-1: the entry lacks title",
            id="title missing",
        ),
        pytest.param(
            RELATIONSHIPS,
            "title: Agree who does what before the work begins",
            'title: "  "',
            f"{RELATIONSHIPS}: roles-1: title must not be empty",
            id="title blank",
        ),
        pytest.param(
            RELATIONSHIPS,
            "title: Agree who does what before the work begins",
            "title: 7",
            f"{RELATIONSHIPS}: roles-1: title must be text",
            id="title a number",
        ),
        pytest.param(
            RELATIONSHIPS,
            "id: roles-1\n",
            "id: Roles 1\n",
            f'{RELATIONSHIPS}: Roles 1: id "Roles 1" must start with a letter and hold only small letters, '
            "digits and hyphens",
            id="id with a space",
        ),
        pytest.param(
            RELATIONSHIPS,
            "  - id: roles-1\n    theme: roles\n",
            "  - theme: roles\n",
            f"{RELATIONSHIPS}: number 1 of strategies: the entry lacks id",
            id="id missing",
        ),
        pytest.param(
            RELATIONSHIPS,
            "id: roles-2\n",
            "id: roles-1\n",
            f"{RELATIONSHIPS}: roles-1: the id is there twice (first in {RELATIONSHIPS})",
            id="id twice in a file",
        ),
        pytest.param(
            "strategies-management.yml",
            "id: leadership-1\n",
            "id: roles-1\n",
            f"strategies-management.yml: roles-1: the id is there twice (first in {RELATIONSHIPS})",
            id="id twice in two files",
        ),
        pytest.param(
            RELATIONSHIPS,
            "theme: roles\n",
            "theme: funding\n",
            f'{RELATIONSHIPS}: roles-1: the theme "funding" is not one of this area\'s themes in areas.yml',
            id="theme of another area",
        ),
        pytest.param(
            RELATIONSHIPS,
            "also: [trust]",
            "also: [truth]",
            f'{RELATIONSHIPS}: commitment-8: also names the theme "truth", which is not in areas.yml',
            id="unknown second theme",
        ),
        pytest.param(
            RELATIONSHIPS,
            "also: [trust]",
            "also: [commitment]",
            f'{RELATIONSHIPS}: commitment-8: also names "commitment", the strategy\'s own theme',
            id="own theme as second theme",
        ),
        pytest.param(
            RELATIONSHIPS,
            "also: [trust]",
            "also: [trust, trust]",
            f"{RELATIONSHIPS}: commitment-8: also names the same item twice",
            id="second theme twice",
        ),
        pytest.param(
            RELATIONSHIPS,
            "also: [trust]",
            "also: trust",
            f"{RELATIONSHIPS}: commitment-8: also must be a list",
            id="second theme not a list",
        ),
        pytest.param(
            RELATIONSHIPS,
            "also: [trust]",
            "alos: [trust]",
            f"{RELATIONSHIPS}: commitment-8: the entry has unknown entries: alos",
            id="misspelt entry",
        ),
        pytest.param(
            RELATIONSHIPS,
            "      - we are duplicating each other's work\n",
            f"      - {'a' * 121}\n",
            f"{RELATIONSHIPS}: roles-1 > number 4 of asks: the entry is 121 characters long; the most is 120",
            id="ask too long",
        ),
        pytest.param(
            RELATIONSHIPS,
            "      - we are duplicating each other's work\n",
            "      - RACI chart for a new joint  Project\n",
            f'{RELATIONSHIPS}: roles-1: the ask "RACI chart for a new joint project" is there twice '
            "(first in roles-1)",
            id="ask twice in a strategy",
        ),
        pytest.param(
            RELATIONSHIPS,
            "      - we are duplicating each other's work\n",
            "      - Pooled Budget\n",
            'strategies-resources.yml: funding-1: the ask "pooled budget" is there twice (first in roles-1)',
            id="ask of another strategy",
        ),
        pytest.param(
            "glossary.yml",
            "  - term: DPIA\n",
            "  - term: gdpr\n",
            "glossary.yml: gdpr: the term is there twice",
            id="term twice",
        ),
        pytest.param(
            "glossary.yml",
            "themes: [communication]\n",
            "themes: [comms]\n",
            'glossary.yml: GDPR: names the theme "comms", which is not in areas.yml',
            id="unknown theme of a term",
        ),
        pytest.param(
            "areas.yml",
            "id: staffing\n",
            "id: funding\n",
            "areas.yml: funding: the id is there twice",
            id="theme twice",
        ),
        pytest.param(
            "areas.yml",
            "      - id: time\n",
            "      - id: patience\n        title: Patience\n        summary: Waiting.\n      - id: time\n",
            "strategies-resources.yml: patience: the theme has no strategies",
            id="theme without strategies",
        ),
        pytest.param(
            "tasks.yml",
            "id: outcome-2\n",
            "id: outcome-1\n",
            "tasks.yml: outcomes: outcome-1: the id is there twice",
            id="statement twice",
        ),
        pytest.param(
            "template-good-practice.yml",
            "title_field: activity",
            "title_field: name",
            'template-good-practice.yml: title_field names "name", which is not a field of the template',
            id="unknown title field",
        ),
        pytest.param(
            "template-good-practice.yml",
            "title_field: activity",
            "title_field: ecm_outcomes",
            'template-good-practice.yml: title_field names "ecm_outcomes", which is not of the kind line',
            id="checkboxes as title field",
        ),
        pytest.param(
            "template-good-practice.yml",
            "quote_field: description",
            "quote_field: cost",
            'template-good-practice.yml: quote_field names "cost", which is not of the kind text',
            id="quote into another kind of field",
        ),
        pytest.param(
            "template-good-practice.yml",
            "quote_field: description",
            "quote_field: story",
            'template-good-practice.yml: quote_field names "story", which is not a field of the template',
            id="unknown quote field",
        ),
        pytest.param(
            "template-good-practice.yml",
            "order: 1",
            "order: 0",
            "template-good-practice.yml: order is 0; the least is 1",
            id="order below one",
        ),
        pytest.param(
            "template-good-practice.yml",
            "order: 1",
            "order: 1001",
            "template-good-practice.yml: order is 1001; the most is 1000",
            id="order above the most",
        ),
        pytest.param(
            "template-good-practice.yml",
            "order: 1",
            "order: first",
            "template-good-practice.yml: order must be a whole number",
            id="order in words",
        ),
        pytest.param(
            "template-good-practice.yml",
            "id: target_group",
            "id: activity",
            "template-good-practice.yml: activity: the id is there twice",
            id="field twice",
        ),
        pytest.param(
            "template-good-practice.yml",
            "id: stay-safe",
            "id: be-healthy",
            "template-good-practice.yml: ecm_outcomes: be-healthy: the id is there twice",
            id="option twice",
        ),
        pytest.param(
            "template-good-practice.yml",
            "kind: line",
            "kind: slider",
            'template-good-practice.yml: who > organization: kind is "slider"; it must be one of line, '
            "text, checkboxes, date, cost, agencies, strategies, files",
            id="unknown kind of field",
        ),
        pytest.param(
            "template-good-practice.yml",
            "kind: checkboxes",
            "kind: text",
            "template-good-practice.yml: why > ecm_outcomes: the entry must not have options",
            id="options without checkboxes",
        ),
        pytest.param(
            "template-good-practice.yml",
            "kind: line",
            "kind: checkboxes",
            "template-good-practice.yml: who > organization: the entry lacks options",
            id="checkboxes without options",
        ),
        pytest.param(
            "template-good-practice.yml",
            "required: true",
            "required: perhaps",
            "template-good-practice.yml: who > organization: required must be true or false",
            id="required neither true nor false",
        ),
        pytest.param(
            "template-good-practice.yml",
            "id: target_group",
            "id: Target",
            'template-good-practice.yml: who > Target: id "Target" must start with a letter and hold only '
            "small letters, digits and hyphens or underscores",
            id="field id with a capital",
        ),
        pytest.param(
            "tasks.yml",
            "      - Everybody reads",
            '      - ""\n      - Everybody reads',
            "tasks.yml: outcomes > number 1 of steps: the entry must not be empty",
            id="empty step",
        ),
    ],
)
def test_a_fault_is_named_with_file_and_id(content: Path, name: str, old: str, new: str, fault: str) -> None:
    edit(content, name, old, new)
    assert fault in faults_of(content)


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
