"""A seeded set of answers, with and without somebody's details, in two parts that share no sentence.

Rules may be looked at and mended with the part `tune`; the figures come from the part `report`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeVar

from tests.bot.case_studies.publishing.personal_details import invented_details as made
from tests.bot.case_studies.publishing.personal_details.clean_sentences import CLEAN_SENTENCES
from tests.bot.case_studies.publishing.personal_details.look_alikes import SLOTS
from tests.bot.case_studies.publishing.personal_details.planted_sentences import (
    BIRTH_SENTENCES,
    EMAIL_SENTENCES,
    FILLERS,
    NHS_SENTENCES,
    PHONE_SENTENCES,
    POSTCODE_SENTENCES,
)

Part = Literal["tune", "report"]
T = TypeVar("T")

SPLIT_SEED = 4187

FORMS: dict[str, tuple[Sequence[str], Sequence[made.Maker]]] = {
    "phone number": (
        PHONE_SENTENCES,
        (
            made.mobile_plain,
            made.mobile_spaced,
            made.mobile_in_threes,
            made.mobile_abroad,
            made.landline_spaced,
            made.landline_bracketed,
            made.landline_hyphened,
            made.landline_plain,
            made.landline_abroad,
            made.london,
            made.small_town,
            made.helpline,
            made.abroad,
        ),
    ),
    "e-mail address": (
        EMAIL_SENTENCES,
        (
            made.email,
            made.email_in_capitals,
            made.email_in_words,
            made.email_all_in_words,
            made.email_bracketed,
            made.email_spaced,
        ),
    ),
    "postcode": (
        POSTCODE_SENTENCES,
        (made.postcode, made.postcode_lettered, made.postcode_unspaced, made.postcode_small),
    ),
    "NHS number": (NHS_SENTENCES, (made.nhs_spaced, made.nhs_hyphened, made.nhs_plain)),
    "date of birth": (
        BIRTH_SENTENCES,
        (
            made.date_in_words,
            made.date_with_ordinal,
            made.date_shortened,
            made.date_american,
            made.date_slashed,
            made.date_unpadded,
            made.date_iso,
        ),
    ),
}
"""For each kind, the sentences and the ways to write the detail."""


@dataclass(frozen=True)
class Planted:
    """An answer with one detail at text[start:end]."""

    kind: str
    text: str
    start: int
    end: int


def planted_answers(part: Part, seed: int, *, each: int) -> Iterator[Planted]:
    """`each` answers a kind, in all ways of writing, most of them between sentences without details."""
    random = Random(f"planted {part} {seed}")
    for kind, (sentences, makers) in FORMS.items():
        own, around = part_of(sentences, part), part_of(FILLERS, part)
        for number in range(each):
            detail = makers[number % len(makers)](random)
            before, after = random.choice(own).split("{}")
            lead = f"{random.choice(around)} " if random.random() < 0.7 else ""
            tail = f" {random.choice(around)}" if random.random() < 0.7 else ""
            start = len(lead) + len(before)
            yield Planted(kind, f"{lead}{before}{detail}{after}{tail}", start, start + len(detail))


def clean_answers(part: Part, seed: int, *, count: int) -> Iterator[str]:
    """Answers of one to four sentences with numbers, dates, money and codes in them."""
    random = Random(f"clean {part} {seed}")
    sentences = part_of(CLEAN_SENTENCES, part)
    for _ in range(count):
        chosen = random.sample(sentences, random.randint(1, 4))
        yield " ".join(_filled(sentence, random) for sentence in chosen)


def part_of(items: Sequence[T], part: Part) -> list[T]:
    """Half of `items`, mixed first."""
    mixed = list(items)
    Random(SPLIT_SEED).shuffle(mixed)
    return mixed[::2] if part == "tune" else mixed[1::2]


def _filled(sentence: str, random: Random) -> str:
    for slot, make in SLOTS.items():
        while f"{{{slot}}}" in sentence:
            sentence = sentence.replace(f"{{{slot}}}", make(random), 1)
    return sentence
