"""Every fault of an entry is named with its file, its id and the reason."""

from pathlib import Path

import pytest

from tests.knowledge.folders import RELATIONSHIPS, edit, faults_of


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
