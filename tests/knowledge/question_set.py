"""The labelled questions for look-up: what people ask, and which strategies would help them.

`questions.jsonl` holds one question a line: `id` (its kind and its number in that kind), `kind`, `q`,
for a typing slip `clean` (the same question spelt well), `themes` and `relevant`, both best first.
`relevant` names every strategy that a coordinator who knows them all would take as a useful answer.
A question that is out of scope has neither.

The questions were written without seeing any answer of the search. Please keep it so:

- Tune on the part `tune` only. Nobody reads questions of the part `report` beside the search's answers,
  nor changes the search, the content or a label because of one; only its totals are looked at.
- New questions go to the end of their kind with the next number, so that no other question changes part.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge.model import Library

QUESTIONS = Path(__file__).with_name("questions.jsonl")
OUT_OF_SCOPE = "out-of-scope"
TYPO = "typo"
KINDS = ("theme-word", "paraphrase", TYPO, "acronym-or-jargon", "multi-topic", OUT_OF_SCOPE)
SEED = "common ground"

_RUN = 5
_TUNED_OF_RUN = 3


class QuestionSetError(Exception):
    """The file has faults; each is named with its line or its question."""


@dataclass(frozen=True, slots=True)
class Question:
    """`clean` is the same question spelt well, for a typing slip; else it is None."""

    id: str
    kind: str
    q: str
    clean: str | None
    themes: tuple[str, ...]
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The questions to tune on, and those kept for reporting."""

    tune: tuple[Question, ...]
    report: tuple[Question, ...]


def normalised(text: str) -> str:
    """The text's letters and digits in lower case, one space between words: for telling doubles."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def load_questions(library: Library, path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of a file, in its order. A question without an id is numbered within its kind.

    Raises QuestionSetError naming every fault, OSError when the file cannot be read.
    """
    questions = []
    counts = Counter[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            counts[data["kind"]] += 1
            questions.append(_question(data, f"{data['kind']}-{counts[data['kind']]:03}"))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionSetError(f"{path.name}, line {number}: {error!r}") from error
    faults = [*_doubles(questions), *(fault for each in questions for fault in _faults(each, library))]
    if faults:
        raise QuestionSetError("\n".join(faults))
    return tuple(questions)


def split(questions: Iterable[Question], seed: str = SEED) -> Parts:
    """Three of each five questions of a kind to tune on, two to report on, chosen by a hash of their ids."""
    tune: list[Question] = []
    report: list[Question] = []
    for question in questions:
        (tune if _is_for_tuning(question.id, seed) else report).append(question)
    return Parts(tuple(tune), tuple(report))


def _is_for_tuning(question_id: str, seed: str) -> bool:
    # The run of five is known from the number alone, so the shares hold in every kind
    # and a question keeps its part whatever is added after it.
    kind, _, number = question_id.rpartition("-")
    first = (int(number) - 1) // _RUN * _RUN + 1
    run = [f"{kind}-{each:03}" for each in range(first, first + _RUN)]
    run.sort(key=lambda each: sha256(f"{seed}/{each}".encode()).digest())
    return question_id in run[:_TUNED_OF_RUN]


def _question(data: dict[str, Any], fallback_id: str) -> Question:
    return Question(
        id=data.get("id", fallback_id),
        kind=data["kind"],
        q=data["q"],
        clean=data.get("clean"),
        themes=tuple(data["themes"]),
        relevant=tuple(data["relevant"]),
    )


def _doubles(questions: Sequence[Question]) -> Iterator[str]:
    ids = Counter(question.id for question in questions)
    texts = Counter(normalised(text) for each in questions for text in (each.q, each.clean) if text)
    for value, count in (ids + texts).items():
        if count > 1:
            yield f"{value}: there {count} times"


def _faults(question: Question, library: Library) -> Iterator[str]:
    if question.kind not in KINDS:
        yield f"{question.id}: unknown kind {question.kind}"
    if not re.fullmatch(rf"{re.escape(question.kind)}-(?!000)\d{{3}}", question.id):
        yield f"{question.id}: an id is the question's kind and a number of three digits from 001"
    if not normalised(question.q):
        yield f"{question.id}: no words"
    if question.clean and question.kind != TYPO:
        yield f"{question.id}: only a typing slip has a clean form"
    for strategy_id in question.relevant:
        if library.strategy(strategy_id) is None:
            yield f"{question.id}: no strategy {strategy_id}"
    for theme_id in question.themes:
        if library.theme(theme_id) is None:
            yield f"{question.id}: no theme {theme_id}"
    for labels in (question.themes, question.relevant):
        if len(set(labels)) < len(labels):
            yield f"{question.id}: a label stands twice"
        if bool(labels) == (question.kind == OUT_OF_SCOPE):
            yield f"{question.id}: out of scope means no labels, in scope at least one of each"
