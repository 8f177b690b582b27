"""A made-up library of any size, as rows by table: the same for the same size."""

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from storage.records.people import Person

SEED = 20071
WORKSPACE = "T0BENCH"
READER = Person(WORKSPACE, "U0")
"""Owns fifty drafts, has twenty sections to write and ten reviews to do."""
STRATEGIES = tuple(f"strategy-{number}" for number in range(105))
FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
_FIELDS = ("who", "why", "what", "approach", "practice", "results", "learning", "next")
_WORDS_A_FIELD = 30
_WORDS_KNOWN = 20_000
_BATCH = 2_000

Rows: TypeAlias = dict[str, list[dict[str, object]]]


def made_up(studies: int) -> tuple[tuple[str, ...], Iterator[Rows]]:
    """The words, the most frequent first, and the rows by table, in batches that can be written as they come.

    So many case studies are published; of all else that App Home asks for there are a few.
    """
    draw = random.Random(SEED)
    words = _vocabulary(draw)
    return words, _batches(draw, words, studies)


def _batches(draw: random.Random, words: tuple[str, ...], studies: int) -> Iterator[Rows]:
    counts: Counter[tuple[str, str]] = Counter()
    published = _studies(draw, words, studies, counts)
    while batch := list(itertools.islice(published, _BATCH)):
        yield {table: [row for study in batch for row in study[table]] for table in batch[0]}
    yield {
        "case_study_facet_counts": list(_counted(counts)),
        "case_studies": [_draft(number) for number in range(80)],
        "case_study_sections": [_section(number) for number in range(60, 80)],
    }


def _vocabulary(draw: random.Random) -> tuple[str, ...]:
    """Made-up words of two to four syllables, without doubles."""
    syllables = [f"{first}{vowel}" for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
    words = dict.fromkeys(
        "".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(2 * _WORDS_KNOWN)
    )
    return tuple(itertools.islice(words, _WORDS_KNOWN))


def _studies(
    draw: random.Random, words: tuple[str, ...], studies: int, counts: Counter[tuple[str, str]]
) -> Iterator[Rows]:
    """The rows of each published case study by table. A word is as frequent as in English (Zipf's law)."""
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(studies):
        key = {"workspace_id": WORKSPACE, "case_study_id": f"S{number:06}"}
        title = " ".join(draw.choices(words, cum_weights=weights, k=5))
        texts = {
            field: " ".join(draw.choices(words, cum_weights=weights, k=_WORDS_A_FIELD)) for field in _FIELDS
        }
        published_at = FIRST_DAY + timedelta(minutes=37 * number)
        facets = {
            ("template", draw.choice(["short", "long"])),
            ("year", str(published_at.year)),
            ("outcome", f"outcome-{draw.randrange(5)}"),
            ("outcome", f"outcome-{draw.randrange(5)}"),
            ("agency", f"Agency {int(draw.paretovariate(0.7))}"[:20]),
            ("target_group", f"Group {draw.randrange(300)}"),
            ("strategy", draw.choice(STRATEGIES)),
            ("strategy", draw.choice(STRATEGIES)),
        }
        counts.update(facets)
        author = {"author_team": WORKSPACE, "author_user": f"U{number % 500 + 1}"}
        yield {
            "case_studies": [_study(key["case_study_id"], title, f"U{number % 500 + 1}", published_at)],
            "case_study_answers": [
                key | author | {"field_id": field, "value": json.dumps([text]), "updated_at": published_at}
                for field, text in texts.items()
            ],
            "case_study_words": [
                {**key, "title": title, "body": " ".join(texts[field] for field in sorted(texts))}
            ],
            "case_study_facets": [
                key | {"facet": facet, "value": value, "published_at": published_at}
                for facet, value in sorted(facets)
            ],
        }


def _study(study_id: str, title: str, owner: str, at: datetime) -> dict[str, object]:
    return {
        "workspace_id": WORKSPACE,
        "id": study_id,
        "template_id": "short",
        "owner_team": WORKSPACE,
        "owner_user": owner,
        "status": "published",
        "title": title,
        "created_at": at,
        "updated_at": at,
        "published_at": at,
        "reviewer_team": None,
        "reviewer_user": None,
    }


def _draft(number: int) -> dict[str, object]:
    """The reader's own up to 50, then those they review, then those they are asked to write in."""
    of_reader = number < 50
    study = _study(f"D{number}", "draft", READER.user_id if of_reader else "U1", FIRST_DAY)
    study |= {"status": "draft", "published_at": None}
    if 50 <= number < 60:
        study |= {"status": "in_review", "reviewer_team": WORKSPACE, "reviewer_user": READER.user_id}
    return study


def _section(number: int) -> dict[str, object]:
    return {
        "workspace_id": WORKSPACE,
        "case_study_id": f"D{number}",
        "section_id": "practice",
        "team_id": WORKSPACE,
        "user_id": READER.user_id,
        "asked_by_team": WORKSPACE,
        "asked_by_user": "U1",
        "asked_at": FIRST_DAY,
        "state": "asked",
        "reminded_at": None,
    }


def _counted(counts: Counter[tuple[str, str]]) -> Iterator[dict[str, object]]:
    for (facet, value), number in counts.items():
        yield {"workspace_id": WORKSPACE, "facet": facet, "value": value, "number": number}
