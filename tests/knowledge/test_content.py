"""The content that ships: all of it, under the ids of its source, short enough and never empty."""

import json
from importlib.resources import files
from itertools import chain

import pytest
import yaml
from jsonschema import Draft202012Validator

from knowledge.loader import load_library
from knowledge.model import Library

STRATEGIES = {
    "roles": 9,
    "commitment": 10,
    "trust": 3,
    "understanding": 11,
    "communication": 14,
    "purpose": 11,
    "planning": 18,
    "funding": 8,
    "staffing": 3,
    "time": 4,
    "leadership": 7,
    "governance": 4,
    "performance": 3,
}
AREAS = {
    "working-relationships": ["roles", "commitment", "trust", "understanding"],
    "processes": ["communication", "purpose", "planning"],
    "resources": ["funding", "staffing", "time"],
    "management": ["leadership", "governance", "performance"],
}
ALSO = {
    "commitment-8": ("trust",),
    "commitment-9": ("trust",),
    "commitment-10": ("trust",),
    "purpose-11": ("planning",),
}
FIELDS = {
    "good-practice": {
        "who": ["organization", "activity", "target_group"],
        "why": ["aims", "expected_outcomes", "actual_outcomes", "ecm_outcomes"],
        "what": ["description", "other_agencies"],
        "learning": ["resources", "cost", "changes"],
    },
    "case-study-framework": {
        "approach": ["aim", "ecm_link", "in_practice", "challenges"],
        "practice": ["impact", "outcomes"],
        "conclusions": ["conclusions"],
        "next-steps": ["continuation", "transfer"],
    },
}
"""The questions of the source, section by section."""
ADDED = {
    "good-practice": {"began": "date", "strategies": "strategies", "files": "files"},
    "case-study-framework": {
        "target_group": "line",
        "other_agencies": "agencies",
        "ecm_outcomes": "checkboxes",
        "strategies": "strategies",
        "files": "files",
    },
}
"""What we ask for beside, so that a case study can be found and linked."""


def test_counts_are_those_of_the_source(shipped: Library) -> None:
    assert [len(items) for items in (shipped.areas, shipped.themes, shipped.strategies)] == [4, 13, 105]
    assert [len(task.statements) for task in shipped.tasks] == [10]
    assert len(shipped.templates) == 2


def test_strategies_keep_the_ids_and_the_order_of_the_source(shipped: Library) -> None:
    expected = chain.from_iterable(
        (f"{theme}-{number}" for number in range(1, count + 1)) for theme, count in STRATEGIES.items()
    )
    assert [strategy.id for strategy in shipped.strategies] == list(expected)
    assert all(strategy.id.rpartition("-")[0] == strategy.theme_id for strategy in shipped.strategies)


def test_themes_stand_in_their_areas(shipped: Library) -> None:
    found = {area.id: [theme.id for theme in shipped.themes_of(area.id)] for area in shipped.areas}
    assert found == AREAS


def test_second_themes_are_those_of_the_source(shipped: Library) -> None:
    assert {strategy.id: strategy.also for strategy in shipped.strategies if strategy.also} == ALSO


def test_statements_and_steps_are_complete(shipped: Library) -> None:
    task = shipped.task("outcomes")
    assert task is not None
    assert [statement.id for statement in task.statements] == [f"outcome-{number}" for number in range(1, 11)]
    assert len(task.steps) == 6


def test_templates_keep_their_fields(shipped: Library) -> None:
    found = {
        template.id: {
            section.id: [field.id for field in section.fields if field.id not in ADDED[template.id]]
            for section in template.sections
        }
        for template in shipped.templates
    }
    assert found == FIELDS
    added = {
        template.id: {field.id: field.kind for field in template.fields if field.id in ADDED[template.id]}
        for template in shipped.templates
    }
    assert added == ADDED


def test_the_fields_of_the_source_have_kinds_that_fit_their_meaning(shipped: Library) -> None:
    template = shipped.template("good-practice")
    assert template is not None
    kinds = {field.id: field.kind for field in template.fields if field.kind not in {"line", "text"}}
    assert kinds == {
        "ecm_outcomes": "checkboxes",
        "other_agencies": "agencies",
        "cost": "cost",
        **ADDED["good-practice"],
    }


def test_a_strategies_field_knows_every_strategy_by_its_title(shipped: Library) -> None:
    fields = [field for template in shipped.templates for field in template.fields]
    (one, other) = [field for field in fields if field.kind == "strategies"]
    assert one.options == other.options
    assert {option.id: option.label for option in one.options} == {
        strategy.id: strategy.title for strategy in shipped.strategies
    }


def test_a_message_goes_into_a_text(shipped: Library) -> None:
    fields = [template.field(template.quote_field) for template in shipped.templates]
    assert [(field.id, field.kind) for field in fields if field] == [
        ("description", "text"),
        ("in_practice", "text"),
    ]


def test_only_the_outcomes_are_checkboxes_and_there_are_five(shipped: Library) -> None:
    fields = [field for template in shipped.templates for field in template.fields]
    boxes = {
        field.id: [option.label for option in field.options] for field in fields if field.kind == "checkboxes"
    }
    assert boxes == {
        "ecm_outcomes": [
            "Be healthy",
            "Stay safe",
            "Enjoy and achieve",
            "Make a positive contribution",
            "Achieve economic well-being",
        ]
    }


def test_case_studies_are_named_by_a_required_line(shipped: Library) -> None:
    titles = [template.field(template.title_field) for template in shipped.templates]
    assert [(field.id, field.kind, field.required) for field in titles if field] == [
        ("activity", "line", True),
        ("aim", "line", True),
    ]


def test_titles_are_short_and_each_is_there_once(shipped: Library) -> None:
    statements = [statement for task in shipped.tasks for statement in task.statements]
    for items in (shipped.strategies, statements, shipped.themes, shipped.areas):
        titles = [item.title for item in items]
        assert max(map(len, titles)) <= 75
        assert len({title.casefold() for title in titles}) == len(titles)


def test_strategy_texts_are_one_to_three_sentences(shipped: Library) -> None:
    for strategy in shipped.strategies:
        assert strategy.text.endswith("."), strategy.id
        assert 1 <= strategy.text.count(". ") + 1 <= 3, strategy.id


def test_every_strategy_has_asks_that_are_its_own(shipped: Library) -> None:
    asks = [ask.casefold() for strategy in shipped.strategies for ask in strategy.asks]
    assert min(len(strategy.asks) for strategy in shipped.strategies) >= 8
    assert max(map(len, asks)) <= 120
    assert len(set(asks)) == len(asks)


def test_the_glossary_knows_the_words_of_the_sector(shipped: Library) -> None:
    known = {term.term.casefold() for term in shipped.glossary.terms}
    assert len(known) >= 120
    assert {
        "gdpr",
        "mou",
        "sla",
        "kpi",
        "tor",
        "mash",
        "tac",
        "eha",
        "dsl",
        "vcs",
        "ics",
        "senco",
        "lado",
    } <= known
    assert {"co-production", "backfill", "match funding", "in kind", "secondee", "lead practitioner"} <= known
    assert all(len(group) > 1 for group in shipped.glossary.synonyms)
    assert "password" in shipped.glossary.elsewhere


def test_every_text_is_calm_and_on_one_line(shipped: Library) -> None:
    texts = [text for strategy in shipped.strategies for text in (strategy.title, strategy.text)]
    texts += [ask for strategy in shipped.strategies for ask in strategy.asks]
    texts += [text for theme in shipped.themes for text in (theme.title, theme.summary)]
    texts += [text for task in shipped.tasks for text in (task.summary, *task.steps)]
    texts += [text for task in shipped.tasks for item in task.statements for text in (item.title, item.text)]
    for template in shipped.templates:
        texts += [text for section in template.sections for text in (section.title, section.intro)]
        texts += [text for field in template.fields for text in (field.label, field.help, field.example)]
    assert not [text for text in texts if "!" in text or "\n" in text or not text.strip()]


def test_everything_carries_its_source(shipped: Library) -> None:
    assert {strategy.source for strategy in shipped.strategies} == {
        "Table 5.1: Atkinson et al., 2007: 80-4, reproduced with permission from NFER and CfBT (2007)."
    }
    assert shipped.source_of(shipped.strategies[0]) == shipped.strategies[0].source
    assert "Task 5.1" in shipped.tasks[0].source
    assert ["5.2a" in template.source or "5.2b" in template.source for template in shipped.templates] == [
        True,
        True,
    ]


def test_each_file_names_the_schema_that_checks_it() -> None:
    for file in (files("knowledge") / "content").iterdir():
        schema = file.name.removesuffix(".yml").partition("-")[0]
        first_line = file.read_text(encoding="utf-8").splitlines()[0]
        assert first_line == f"# yaml-language-server: $schema=../schema/{schema}.json"
        rules = json.loads((files("knowledge") / "schema" / f"{schema}.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(rules)
        Draft202012Validator(rules).validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", ["area", "theme", "strategy", "task", "template"])
def test_an_unknown_id_gives_none(shipped: Library, kind: str) -> None:
    assert getattr(shipped, kind)("no-such-thing") is None


def test_a_theme_lists_its_own_strategies_before_those_of_other_themes(shipped: Library) -> None:
    assert [strategy.id for strategy in shipped.strategies_of("trust")] == [
        "trust-1",
        "trust-2",
        "trust-3",
        "commitment-8",
        "commitment-9",
        "commitment-10",
    ]


def test_a_strategy_leads_to_its_theme_and_area(shipped: Library) -> None:
    strategy = shipped.strategy("funding-1")
    assert strategy is not None
    assert shipped.theme_of(strategy).id == "funding"
    assert shipped.area_of(shipped.theme_of(strategy)).id == "resources"


def test_two_loads_give_the_same_library(shipped: Library) -> None:
    assert load_library() == shipped
