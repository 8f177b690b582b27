"""How well and how fast look-up answers the labelled questions: `python -m bench.lookup`.

Only totals are printed, on purpose: questions of the part `report` are never read beside their answers.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.bootstrap import Estimate, Sample, estimate, mean, ratio_of_means
from bench.measures import (
    hit_at_1,
    ndcg_at_10,
    recall_at_5,
    refusal_f1,
    refusal_precision,
    refusal_recall,
)
from knowledge.encoder import Encoder, load_encoder
from knowledge.loader import load_library
from knowledge.model import Library
from knowledge.search import Search
from tests.knowledge.question_set import (
    KINDS,
    OUT_OF_SCOPE,
    Question,
    QuestionSetError,
    load_questions,
    split,
)

Found = tuple[Sequence[str], Sequence[str]]
Find = Callable[[str], Found]
"""A question in; out come the ids of up to ten strategies, best first, and of their themes in that order."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one question in scope got, each from 0 to 1."""

    hit_at_1: float
    recall_at_5: float
    ndcg_at_10: float
    theme_at_1: float


@dataclass(frozen=True, slots=True)
class Row:
    """The means over some questions in scope. `refused` is the share that got no strategy at all."""

    name: str
    questions: int
    hit_at_1: Estimate
    recall_at_5: Estimate
    ndcg_at_10: Estimate
    theme_at_1: Estimate
    refused: Estimate


@dataclass(frozen=True, slots=True)
class Refusals:
    """An empty result is the right answer to a question out of scope, and to no other."""

    questions: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class Slips:
    """What typing slips get, as a share of what the same questions get when spelt well."""

    hit_at_1: Estimate
    recall_at_5: Estimate
    ndcg_at_10: Estimate


@dataclass(frozen=True, slots=True)
class Report:
    """`rows` has all questions in scope first, then each kind, then the slips spelt well.

    `refusals` and `slips` are None for a set that has nothing out of scope, or no slip with its clean form.
    Times are milliseconds for one question, each asked once.
    """

    rows: tuple[Row, ...]
    refusals: Refusals | None
    slips: Slips | None
    median_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    score: Score
    refused: bool
    seconds: float


def score(found: Found, question: Question) -> Score:
    """How well a question in scope is answered."""
    strategies, themes = found
    return Score(
        hit_at_1=hit_at_1(strategies, question.relevant),
        recall_at_5=recall_at_5(strategies, question.relevant),
        ndcg_at_10=ndcg_at_10(strategies, question.relevant),
        theme_at_1=float(bool(strategies) and hit_at_1(themes, question.themes)),
    )


def measure(find: Find, questions: Sequence[Question]) -> Report:
    """Ask every question once, the slips in their clean form too. At least one question is in scope."""
    asked = [_ask(find, question, question.q) for question in questions]
    spelt_well = [_ask(find, each, each.clean) for each in questions if each.clean]
    in_scope = [each for each in asked if each.question.kind != OUT_OF_SCOPE]
    groups = {"all in scope": in_scope}
    groups |= {kind: [each for each in in_scope if each.question.kind == kind] for kind in KINDS}
    groups["typo, spelt well"] = spelt_well
    milliseconds = [each.seconds * 1000 for each in asked + spelt_well]
    return Report(
        rows=tuple(_row(name, group) for name, group in groups.items() if group),
        refusals=_refusals(asked) if len(in_scope) < len(asked) else None,
        slips=_slips([each for each in asked if each.question.clean], spelt_well) if spelt_well else None,
        median_ms=float(np.median(milliseconds)),
        p99_ms=float(np.percentile(milliseconds, 99)),
    )


def table(report: Report) -> str:
    """The report as lines of plain text; in brackets the ends of the 95% interval."""
    heads = ("hit@1", "recall@5", "nDCG@10", "theme@1", "refused")
    lines = [f"{'questions':<20}{'n':>5}" + "".join(f"{head:>19}" for head in heads)]
    for row in report.rows:
        values = (row.hit_at_1, row.recall_at_5, row.ndcg_at_10, row.theme_at_1, row.refused)
        lines.append(f"{row.name:<20}{row.questions:>5}" + "".join(f"{value!s:>19}" for value in values))
    if refusals := report.refusals:
        lines.append(
            f"refusals, {refusals.questions} out of scope: precision {refusals.precision}, "
            f"recall {refusals.recall}, F1 {refusals.f1}"
        )
    if slips := report.slips:
        lines.append(
            f"typing slips as a share of the clean question: hit@1 {slips.hit_at_1}, "
            f"recall@5 {slips.recall_at_5}, nDCG@10 {slips.ndcg_at_10}"
        )
    lines.append(f"latency: median {report.median_ms:.2f} ms, p99 {report.p99_ms:.2f} ms")
    return "\n".join(lines)


def _ask(find: Find, question: Question, text: str) -> _Asked:
    start = time.perf_counter()
    found = find(text)
    seconds = time.perf_counter() - start
    no_score = Score(0, 0, 0, 0)
    in_scope = question.kind != OUT_OF_SCOPE
    return _Asked(question, score(found, question) if in_scope else no_score, not found[0], seconds)


def _column(values: Sequence[float]) -> Sample:
    return np.array(values, dtype=np.float64)[:, np.newaxis]


def _row(name: str, asked: Sequence[_Asked]) -> Row:
    return Row(
        name=name,
        questions=len(asked),
        hit_at_1=estimate(_column([each.score.hit_at_1 for each in asked]), mean),
        recall_at_5=estimate(_column([each.score.recall_at_5 for each in asked]), mean),
        ndcg_at_10=estimate(_column([each.score.ndcg_at_10 for each in asked]), mean),
        theme_at_1=estimate(_column([each.score.theme_at_1 for each in asked]), mean),
        refused=estimate(_column([each.refused for each in asked]), mean),
    )


def _refusals(asked: Sequence[_Asked]) -> Refusals:
    out_of_scope = _column([each.question.kind == OUT_OF_SCOPE for each in asked])
    sample = np.hstack([out_of_scope, _column([each.refused for each in asked])])
    return Refusals(
        questions=int(out_of_scope.sum()),
        precision=estimate(sample, refusal_precision),
        recall=estimate(sample, refusal_recall),
        f1=estimate(sample, refusal_f1),
    )


def _slips(as_typed: Sequence[_Asked], spelt_well: Sequence[_Asked]) -> Slips:
    def kept(value: Callable[[Score], float]) -> Estimate:
        pairs = [
            (value(slip.score), value(clean.score)) for slip, clean in zip(as_typed, spelt_well, strict=True)
        ]
        return estimate(np.array(pairs, dtype=np.float64), ratio_of_means)

    return Slips(
        hit_at_1=kept(lambda each: each.hit_at_1),
        recall_at_5=kept(lambda each: each.recall_at_5),
        ndcg_at_10=kept(lambda each: each.ndcg_at_10),
    )


def _shipped(library: Library, encoder: Encoder | None) -> Find:
    search = Search(library, encoder)

    def find(text: str) -> Found:
        strategies = [match.strategy for match in search.find(text, limit=10).matches]
        return [each.id for each in strategies], list(dict.fromkeys(each.theme_id for each in strategies))

    return find


def _questions(library: Library, part: str, file: Path | None) -> tuple[Question, ...]:
    if file:
        return load_questions(library, file)
    parts = split(load_questions(library))
    return parts.tune if part == "tune" else parts.report


def measure_part(part: str) -> Report:
    """The shipped search on the labelled questions of one part, `report` or `tune`."""
    library = load_library()
    return measure(_shipped(library, load_encoder()), _questions(library, part, None))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for a part of the labelled set, or for all of a file. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--set", choices=("report", "tune"), default="report", help="part of the labelled set")
    which.add_argument("--file", type=Path, help="other questions, one JSON object a line, all of them")
    parser.add_argument("--words-only", action="store_true", help="leave the sentence model out")
    options = parser.parse_args(arguments)
    library = load_library()
    try:
        questions = _questions(library, options.set, options.file)
    except (OSError, QuestionSetError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{options.file or options.set}: {len(questions)} questions\n")
    sys.stdout.write(
        table(measure(_shipped(library, None if options.words_only else load_encoder()), questions)) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
