"""The measures of look-up, against values worked out by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.bootstrap import Estimate, estimate, mean, ratio_of_means
from bench.lookup import Found, Report, Row, main, measure, table
from bench.measures import (
    hit_at_1,
    ndcg_at_10,
    recall_at_5,
    refusal_f1,
    refusal_precision,
    refusal_recall,
)
from tests.knowledge.question_set import OUT_OF_SCOPE, TYPO, Question

# Eight questions as (out of scope, refused): two rightly refused, two wrongly answered, one wrongly
# refused, three rightly answered.
ASKED = np.array([[1, 1], [1, 1], [1, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 0]], dtype=np.float64)


def question(
    q: str,
    relevant: tuple[str, ...] = ("a-1",),
    themes: tuple[str, ...] = ("a",),
    kind: str = "paraphrase",
    clean: str | None = None,
) -> Question:
    if kind == OUT_OF_SCOPE:
        relevant = themes = ()
    return Question(f"{kind}-001", kind, q, clean, themes, relevant)


@pytest.fixture
def report() -> Report:
    """Right first, right second, wrongly refused, a slip that misses, and two out of scope."""
    answers: dict[str, Found] = {
        "right": (["a-1", "a-2"], ["a"]),
        "second": (["b-1", "a-1"], ["b", "a"]),
        "wrongly refused": ([], ["a"]),
        "slpi": (["c-1"], ["c"]),
        "slip": (["a-1"], ["a"]),
        "rightly refused": ([], []),
        "wrongly answered": (["a-1"], ["a"]),
    }
    return measure(
        answers.__getitem__,
        [
            question("right"),
            question("second"),
            question("wrongly refused"),
            question("slpi", kind=TYPO, clean="slip"),
            question("rightly refused", kind=OUT_OF_SCOPE),
            question("wrongly answered", kind=OUT_OF_SCOPE),
        ],
    )


def row(report: Report, name: str) -> Row:
    return next(each for each in report.rows if each.name == name)


@pytest.mark.parametrize(
    ("found", "relevant", "hit"),
    [
        (["a-1", "b-1"], ["b-9", "a-1"], 1),
        (["b-1", "a-1"], ["a-1"], 0),
        ([], ["a-1"], 0),
    ],
)
def test_hit_looks_at_the_first_only(found: list[str], relevant: list[str], hit: float) -> None:
    assert hit_at_1(found, relevant) == hit


@pytest.mark.parametrize(
    ("found", "relevant", "recall"),
    [
        (["x", "a", "y", "b", "z"], ["a", "b", "c", "d"], 2 / 4),
        (["v", "w", "x", "y", "z", "a"], ["a"], 0),
        (["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e", "f", "g"], 1),
        (["a"], ["a", "b", "c", "d", "e", "f", "g"], 1 / 5),
        ([], ["a"], 0),
    ],
)
def test_recall_is_a_share_of_what_five_places_can_hold(
    found: list[str], relevant: list[str], recall: float
) -> None:
    assert recall_at_5(found, relevant) == recall


@pytest.mark.parametrize(
    ("found", "relevant", "ndcg"),
    [
        (["a", "b"], ["b", "a"], 1),
        (["x", "a"], ["a"], 0.63093),  # 1 / log2(3)
        (["a", "x", "b"], ["a", "b"], 0.91972),  # (1 + 1 / 2) / (1 + 1 / log2(3))
        (["x", "a", "y", "b"], ["a", "b", "c"], 0.49819),  # (0.63093 + 0.43068) / (1.63093 + 0.5)
        (list("abcdefghij"), list("abcdefghijkl"), 1),
        (["v"] * 10 + ["a"], ["a"], 0),
        ([], ["a"], 0),
    ],
)
def test_ndcg_discounts_by_place(found: list[str], relevant: list[str], ndcg: float) -> None:
    assert ndcg_at_10(found, relevant) == pytest.approx(ndcg, abs=1e-5)


def test_refusals_count_an_empty_answer_as_the_positive() -> None:
    assert refusal_precision(ASKED) == pytest.approx(2 / 3)
    assert refusal_recall(ASKED) == pytest.approx(2 / 4)
    assert refusal_f1(ASKED) == pytest.approx(4 / 7)


def test_refusals_are_worth_nothing_when_nothing_is_refused() -> None:
    answered = ASKED * [1, 0]
    assert [float(each(answered)) for each in (refusal_precision, refusal_recall, refusal_f1)] == [0, 0, 0]


def test_the_interval_is_the_same_each_time_and_holds_the_value() -> None:
    sample = np.array([[0.0], [1.0]] * 50)
    first = estimate(sample, mean)
    assert first == estimate(sample, mean)
    assert first.value == 0.5
    # The mean of 100 tosses has a standard error of 0.05, so 1.96 of them reach from 0.402 to 0.598.
    assert first.low == pytest.approx(0.402, abs=0.02)
    assert first.high == pytest.approx(0.598, abs=0.02)


def test_a_sample_without_spread_has_an_interval_without_width() -> None:
    assert estimate(np.ones((7, 1)), mean) == Estimate(1, 1, 1)


def test_the_ratio_is_that_of_the_means() -> None:
    assert ratio_of_means(np.array([[1.0, 1.0], [0.0, 1.0], [0.5, 0.0]])) == pytest.approx(0.75)
    assert ratio_of_means(np.array([[1.0, 0.0]])) == 0


def test_questions_in_scope_make_the_means(report: Report) -> None:
    whole = row(report, "all in scope")
    assert whole.questions == 4
    assert whole.hit_at_1.value == pytest.approx(1 / 4)
    assert whole.recall_at_5.value == pytest.approx(2 / 4)
    assert whole.ndcg_at_10.value == pytest.approx((1 + 0.63093) / 4, abs=1e-5)
    assert whole.refused.value == pytest.approx(1 / 4)


def test_a_theme_offered_with_a_refusal_is_no_first_result(report: Report) -> None:
    assert row(report, "all in scope").theme_at_1.value == pytest.approx(1 / 4)


def test_each_kind_has_its_row_and_what_is_out_of_scope_has_none(report: Report) -> None:
    assert [(each.name, each.questions) for each in report.rows] == [
        ("all in scope", 4),
        ("paraphrase", 3),
        ("typo", 1),
        ("typo, spelt well", 1),
    ]
    assert row(report, "paraphrase").hit_at_1.value == pytest.approx(1 / 3)


def test_refusals_are_measured_over_all_questions(report: Report) -> None:
    assert report.refusals is not None
    assert report.refusals.questions == 2
    assert report.refusals.precision.value == pytest.approx(1 / 2)
    assert report.refusals.recall.value == pytest.approx(1 / 2)
    assert report.refusals.f1.value == pytest.approx(1 / 2)


def test_slips_are_held_against_the_clean_question(report: Report) -> None:
    assert row(report, "typo").hit_at_1.value == 0
    assert row(report, "typo, spelt well").hit_at_1.value == 1
    assert report.slips is not None
    assert report.slips.hit_at_1.value == 0


def test_what_a_set_lacks_is_left_out() -> None:
    report = measure(lambda _: (["a-1"], ["a"]), [question("one"), question("slpi", kind=TYPO)])
    assert report.refusals is None
    assert report.slips is None
    assert "refusals" not in table(report)


def test_latency_is_that_of_the_callable() -> None:
    report = measure(lambda _: (["a-1"], ["a"]), [question("one")])
    assert 0 < report.median_ms <= report.p99_ms


def test_the_table_has_a_line_for_each_row_and_none_for_a_question(report: Report) -> None:
    lines = table(report).splitlines()
    assert len(lines) == 1 + len(report.rows) + 3
    assert lines[1].split()[:5] == ["all", "in", "scope", "4", "0.25"]
    assert "wrongly" not in table(report)


def test_the_command_measures_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.jsonl"
    asked = {"q": "funding", "kind": "theme-word", "themes": ["funding"], "relevant": ["funding-1"]}
    path.write_text(json.dumps(asked) + "\n", encoding="utf-8")
    assert main(["--file", str(path)]) == 0
    assert "theme-word              1" in capsys.readouterr().out


@pytest.mark.parametrize("part", ["tune", "report"])
def test_the_command_measures_a_part(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", part]) == 0
    assert capsys.readouterr().out.startswith(f"{part}: ")


def test_a_faulty_file_is_refused_with_its_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.jsonl"
    asked = {"q": "hats", "kind": "theme-word", "themes": ["hats"], "relevant": ["hats-1"]}
    path.write_text(json.dumps(asked) + "\n", encoding="utf-8")
    assert main(["--file", str(path)]) == 1
    assert "no strategy hats-1" in capsys.readouterr().err


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--file", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
