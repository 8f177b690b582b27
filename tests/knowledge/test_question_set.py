"""The labelled questions cover the whole library, are fit to measure with, and keep their part."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge.model import Library
from tests.knowledge.question_set import (
    KINDS,
    OUT_OF_SCOPE,
    TYPO,
    Parts,
    Question,
    QuestionSetError,
    load_questions,
    normalised,
    split,
)

LEAST_OF_KIND = {
    "theme-word": 40,
    "paraphrase": 240,
    "typo": 45,
    "acronym-or-jargon": 45,
    "multi-topic": 30,
    "out-of-scope": 45,
}
# Numbers of the questions in the part for reporting, among the first 20 of their kind. A change here would
# move questions that have been tuned on into the part that reports.
REPORTED = [1, 2, 7, 9, 12, 14, 17, 19]


@pytest.fixture(scope="module")
def questions(shipped: Library) -> tuple[Question, ...]:
    return load_questions(shipped)


@pytest.fixture(scope="module")
def parts(questions: tuple[Question, ...]) -> Parts:
    return split(questions)


def line(**changes: Any) -> dict[str, Any]:
    return {
        "id": "paraphrase-001",
        "kind": "paraphrase",
        "q": "who does what",
        "themes": ["roles"],
        "relevant": ["roles-1"],
    } | changes


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path


def test_there_are_enough_questions_of_each_kind(questions: tuple[Question, ...]) -> None:
    counts = Counter(question.kind for question in questions)
    assert set(counts) == set(KINDS)
    assert {kind: count for kind, count in counts.items() if count < LEAST_OF_KIND[kind]} == {}


def test_every_strategy_helps_with_several_questions(
    questions: tuple[Question, ...], shipped: Library
) -> None:
    counts = Counter(each for question in questions for each in question.relevant)
    assert [each.id for each in shipped.strategies if counts[each.id] < 4] == []


def test_every_strategy_is_the_best_answer_to_some_question(
    questions: tuple[Question, ...], shipped: Library
) -> None:
    best = {question.relevant[0] for question in questions if question.relevant}
    assert {each.id for each in shipped.strategies} - best == set()


def test_both_parts_cover_every_theme(parts: Parts, shipped: Library) -> None:
    themes = {each.id for each in shipped.themes}
    for part in (parts.tune, parts.report):
        assert {question.themes[0] for question in part if question.themes} == themes


def test_the_themes_are_those_of_the_strategies(questions: tuple[Question, ...], shipped: Library) -> None:
    own = {each.id: each.theme_id for each in shipped.strategies}
    for question in questions:
        assert question.themes == tuple(dict.fromkeys(own[each] for each in question.relevant)), question.id


def test_a_question_has_two_to_twenty_words(questions: tuple[Question, ...]) -> None:
    assert [each.id for each in questions if not 2 <= len(each.q.split()) <= 20] == []


def test_every_typing_slip_has_its_clean_form(questions: tuple[Question, ...]) -> None:
    slips = [question for question in questions if question.kind == TYPO]
    assert [each.id for each in slips if each.clean is None or each.clean == each.q] == []


def test_no_question_is_one_of_the_asks(questions: tuple[Question, ...], shipped: Library) -> None:
    asks = {normalised(ask) for strategy in shipped.strategies for ask in strategy.asks}
    texts = {normalised(text): each.id for each in questions for text in (each.q, each.clean) if text}
    assert [texts[ask] for ask in asks & texts.keys()] == []


def test_each_kind_is_split_three_to_two(parts: Parts) -> None:
    tune, report = (Counter(question.kind for question in part) for part in (parts.tune, parts.report))
    for kind in KINDS:
        assert abs(tune[kind] - 1.5 * report[kind]) <= 2.5


def test_every_question_is_in_exactly_one_part(parts: Parts, questions: tuple[Question, ...]) -> None:
    assert sorted(each.id for part in (parts.tune, parts.report) for each in part) == sorted(
        each.id for each in questions
    )


def test_a_question_keeps_its_part_when_others_come_or_go(
    parts: Parts, questions: tuple[Question, ...]
) -> None:
    fewer = split(questions[::3])
    assert set(fewer.tune) <= set(parts.tune)
    assert set(fewer.report) <= set(parts.report)


def test_another_seed_splits_another_way(parts: Parts, questions: tuple[Question, ...]) -> None:
    assert split(questions, seed="another").report != parts.report


def test_the_split_is_the_one_that_was_reported_on(parts: Parts) -> None:
    numbers = [int(each.id[-3:]) for each in parts.report if each.kind == "multi-topic"]
    assert [number for number in numbers if number <= 20] == REPORTED


def test_questions_without_ids_are_numbered_within_their_kind(tmp_path: Path, shipped: Library) -> None:
    bare = [line(q="one thing"), line(q="a slip", kind=TYPO), line(q="another")]
    for each in bare:
        del each["id"]
    loaded = load_questions(shipped, written(tmp_path, *bare))
    assert [each.id for each in loaded] == ["paraphrase-001", "typo-001", "paraphrase-002"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"relevant": ["roles-99"]}, "no strategy roles-99"),
        ({"themes": ["weather"]}, "no theme weather"),
        ({"kind": "riddle", "id": "riddle-001"}, "unknown kind riddle"),
        ({"id": "typo-001"}, "an id is the question's kind"),
        ({"id": "paraphrase-000"}, "an id is the question's kind"),
        ({"q": "?!"}, "no words"),
        ({"clean": "who does it"}, "only a typing slip"),
        ({"relevant": ["roles-1", "roles-1"]}, "a label stands twice"),
        ({"relevant": []}, "in scope at least one"),
        ({"kind": OUT_OF_SCOPE, "id": "out-of-scope-001"}, "out of scope means no labels"),
    ],
)
def test_a_faulty_question_is_refused(
    tmp_path: Path, shipped: Library, changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(QuestionSetError, match=fault):
        load_questions(shipped, written(tmp_path, line(**changes)))


def test_the_same_question_twice_is_refused(tmp_path: Path, shipped: Library) -> None:
    path = written(tmp_path, line(), line(id="paraphrase-002", q="Who  does what?"))
    with pytest.raises(QuestionSetError, match="who does what: there 2 times"):
        load_questions(shipped, path)


def test_the_same_id_twice_is_refused(tmp_path: Path, shipped: Library) -> None:
    path = written(tmp_path, line(), line(q="who does the rest"))
    with pytest.raises(QuestionSetError, match="paraphrase-001: there 2 times"):
        load_questions(shipped, path)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, shipped: Library) -> None:
    path = written(tmp_path, line())
    path.write_text(path.read_text(encoding="utf-8") + "not json\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"questions\.jsonl, line 2"):
        load_questions(shipped, path)
