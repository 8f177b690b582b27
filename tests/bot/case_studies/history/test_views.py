"""Every view of a history, empty and at its largest, against Slack's limits; and what the signs say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from bot.case_studies.history.comparing import FieldDifference, differences
from bot.case_studies.history.difference_views import difference_blocks
from bot.case_studies.history.differences import word_differences
from bot.case_studies.history.ids import Comparison
from bot.case_studies.history.service import (
    AT_ONCE,
    NumberedVersion,
    StepCompared,
    Steps,
    Versions,
    VersionsCompared,
)
from bot.case_studies.history.steps import Entry, Step
from bot.case_studies.history.views import (
    step_compared_modal,
    steps_modal,
    versions_compared_modal,
    versions_modal,
)
from bot.case_studies.library.reading_views import reading_modal
from knowledge.model import FieldKind
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.case_study_history import CaseStudyEvent, CaseStudyEventKind, ChangeKind, Version
from storage.records.people import Person
from tests.bot.case_studies.examples import ANNAS, AT, BENS, HARD, largest_value, make_study
from tests.bot.case_studies.test_views import assert_fits, large_template, markup_of
from tests.slack import Json, words_of

LETTERS = ["x", "\U0001f600", "<", HARD, "a b ", "\n"]
BIG = 10**9


def largest(study: CaseStudy, changes: Sequence[FieldDifference], part: int = 0) -> list[Json]:
    labels = ("L" * 150,) * 80
    version = Version(BIG, "edited", ANNAS.person, AT, study.title, {})
    shown = tuple(
        NumberedVersion(BIG, replace(version, number=BIG + at), labels, BIG + at - 1) for at in range(AT_ONCE)
    )
    steps: tuple[Entry, ...] = tuple(
        Step(BIG, BIG, kind, ANNAS.person, AT, "T" * 75, labels) for kind in get_args(ChangeKind)
    )
    events: tuple[Entry, ...] = tuple(
        CaseStudyEvent(1, kind, ANNAS.person, AT, 1, study.title, "N" * 3_000, BENS.person)
        for kind in get_args(CaseStudyEventKind)
        if kind != "edited"
    )
    comparison = Comparison(study.id, "versions", BIG, BIG, part)
    page = Versions(study, shown, BIG, 3 * BIG, 1, all_shown=True, steps_shown=True)
    step = steps[1]
    assert isinstance(step, Step)
    return [
        versions_modal(page),
        versions_modal(replace(page, all_shown=False, shown=shown[:1], total=1, offset=0)),
        steps_modal(Steps(study, (*steps, *events), BIG, 3 * BIG)),
        versions_compared_modal(VersionsCompared(study, comparison, shown[0], shown[1], tuple(changes), BIG)),
        step_compared_modal(
            StepCompared(study, replace(comparison, of="changes"), step, tuple(changes), BIG)
        ),
    ]


def other(value: FieldValue) -> FieldValue:
    """About as much, and hardly a word of it the same."""
    if isinstance(value, tuple):
        return tuple(f"other {one}" for one in value[::2])
    return "".join(f"{part} z " for part in value[::3])


@pytest.mark.parametrize(
    ("kind", "letters"),
    [*(("text", letters) for letters in LETTERS), *((kind, HARD) for kind in get_args(FieldKind))],
)
def test_every_view_fits_at_its_largest(kind: FieldKind, letters: str) -> None:
    template = large_template(kind)
    values = {field.id: largest_value(field, letters) for field in template.fields}
    study = make_study(values, title=(letters * 3_000)[:3_000])
    changed = {field_id: other(value) for field_id, value in values.items()}
    for changes in (
        differences(template, values, changed),
        differences(template, {}, values),
        differences(template, values, {}),
    ):
        assert len(changes) == len(template.fields)
        for part in (0, BIG):
            for view in largest(study, changes, part):
                assert_fits(view)
    assert_fits(reading_modal(study, template, own=True, member=True, signed=True))


def test_every_view_fits_when_empty() -> None:
    study = make_study({}, title="", status="draft")
    for view in largest(study, ()):
        assert_fits(view)
    assert_fits(steps_modal(Steps(study, (), 0, 0)))
    assert_fits(versions_modal(Versions(study, (), 0, 0, 0, all_shown=True, steps_shown=False)))


def test_many_authors_fit_in_their_line() -> None:
    template = large_template("line")
    study = make_study({field.id: "x" for field in template.fields})
    answers = {
        name: replace(answer, author=Person("T0HOME", f"U{at:012}"))
        for at, (name, answer) in enumerate(study.answers.items())
    }
    view = reading_modal(replace(study, answers=answers), template, own=True, member=True)
    assert_fits(view)
    assert "<@U000000000079>" in words_of(view["blocks"])


def test_all_parts_of_a_long_difference_hold_every_letter() -> None:
    template = large_template("text")
    values: dict[str, FieldValue] = {field.id: "\U0001f600 " * 3_000 for field in template.fields}
    changes = differences(template, {}, values)
    study = make_study(values)
    shown: dict[str, Json] = {}
    part = 0
    while len(shown) == part:
        view = largest(study, changes, part)[3]
        shown[words_of(view["blocks"])] = view
        part += 1
    assert len(shown) > 2
    assert sum(words.count("\U0001f600") for words in shown) == 3_000 * 80


def test_what_a_person_wrote_is_never_markup_and_metadata_holds_an_id() -> None:
    template = large_template("text")
    study = make_study({"f0": HARD}, title=HARD)
    for view in largest(study, differences(template, {}, {"f0": HARD, "<!channel>": HARD})):
        for text in markup_of(view):
            assert "<!channel>" not in text
        assert view["private_metadata"] == "s1"


def shown_of(before: str, after: str) -> list[tuple[str, str]]:
    """Each element as it is shown, with its style."""
    blocks = difference_blocks([FieldDifference("Aims", word_differences(before, after))])
    texts = [part for block in blocks[1:] for part in block._resolve()["elements"][0]["elements"]]
    return [(one["text"], ",".join(one.get("style", {}))) for one in texts]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "Twenty families",
            "Thirty families",
            [("[−Twenty]", "strike"), (" ", ""), ("[+Thirty]", "bold"), (" ", ""), ("families", "")],
        ),
        (
            "One.\nTwo.",
            "One.\n\nTwo.",
            [("One.", ""), ("[− new line]", "strike"), ("[+ 2 new lines]", "bold"), ("Two.", "")],
        ),
        (
            "Two  cooks",
            "Two cooks",
            [("Two", ""), ("[− space]", "strike"), ("[+ space]", "bold"), ("cooks", "")],
        ),
    ],
)
def test_a_change_is_told_by_its_style_and_by_its_sign(
    before: str, after: str, shown: list[tuple[str, str]]
) -> None:
    assert shown_of(before, after) == shown


def test_a_list_whose_order_alone_changed_says_so() -> None:
    template = large_template("agencies")
    (changed,) = differences(template, {"f0": ("Health", "Police")}, {"f0": ("Police", "Health")})
    assert "Only the order has changed." in words_of([b._resolve() for b in difference_blocks([changed])])
