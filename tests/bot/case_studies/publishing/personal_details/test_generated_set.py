"""How many of the planted details are found, and how often a clean answer is suspected."""

from collections import Counter

from bot.case_studies.publishing.personal_details import PersonalDetail, find_personal_details
from tests.bot.case_studies.publishing.personal_details.clean_sentences import CLEAN_SENTENCES
from tests.bot.case_studies.publishing.personal_details.generator import (
    FORMS,
    Planted,
    clean_answers,
    part_of,
    planted_answers,
)

SEED = 20_260_302
EACH = 300
CLEAN = 1000


def test_at_least_95_in_100_planted_details_of_each_kind_are_found() -> None:
    found = Counter(
        answer.kind
        for answer in planted_answers("report", SEED, each=EACH)
        if _names(answer, find_personal_details(answer.text))
    )
    assert {kind: found[kind] for kind in FORMS if found[kind] < 0.95 * EACH} == {}


def test_at_most_2_in_100_clean_answers_are_suspected() -> None:
    suspected = [
        answer for answer in clean_answers("report", SEED, count=CLEAN) if find_personal_details(answer)
    ]
    assert len(suspected) <= 0.02 * CLEAN, suspected


def test_nothing_beside_a_planted_detail_is_suspected() -> None:
    more = [
        answer.text
        for answer in planted_answers("report", SEED, each=EACH)
        if len(find_personal_details(answer.text)) > 1
    ]
    assert len(more) <= 0.02 * EACH * len(FORMS), more


def test_the_parts_share_no_sentence() -> None:
    for sentences in (CLEAN_SENTENCES, *(sentences for sentences, _ in FORMS.values())):
        tune, report = part_of(sentences, "tune"), part_of(sentences, "report")
        assert set(tune).isdisjoint(report)
        assert sorted(tune + report) == sorted(sentences)


def _names(answer: Planted, details: tuple[PersonalDetail, ...]) -> bool:
    """Whether one of `details` is of the planted kind and covers all of it."""
    return any(
        detail.kind == answer.kind and detail.start <= answer.start and answer.end <= detail.end
        for detail in details
    )
