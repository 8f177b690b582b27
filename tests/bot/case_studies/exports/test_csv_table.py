"""The CSV table, read again with Python's csv."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.case_studies.exports.csv_table import csv_chunks
from knowledge.model import Library
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.people import Person
from tests.bot.case_studies.examples import AT, COMPLETE, make_study, person
from tests.slack import ANNA, BEN


async def each(*studies: CaseStudy) -> AsyncIterator[CaseStudy]:
    for study in studies:
        yield study


async def table_of(library: Library, *studies: CaseStudy) -> list[dict[str, str]]:
    names = {person(ANNA): "Anna Example"}
    text = "".join([chunk async for chunk in csv_chunks(each(*studies), library.templates, names)])
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


async def test_each_case_study_is_a_row_with_a_column_a_field(library: Library) -> None:
    other = make_study(
        {"aim": "One front door"}, study_id="s2", template_id="case-study-framework", title="One"
    )
    first, second = await table_of(library, make_study(), other)
    assert first["owner"] == first["authors"] == "Anna Example"
    assert first["status"] == "Published"
    assert first["template"] == "Sharing good practice"
    assert first["published"] == "2026-03-02T09:30:00+00:00"
    assert first["Sharing good practice: Target group"] == "Parents of small children"
    assert first["Sharing good practice: ECM outcome(s) met"] == "Be healthy; Enjoy and achieve"
    assert first["Case study framework: Overall aim of the work"] == ""
    assert second["Case study framework: Overall aim of the work"] == "One front door"
    assert len(first) == 12 + sum(len(template.fields) for template in library.templates)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " =", "\n=", "＝", "\r\n@"])
async def test_no_cell_is_run_as_a_formula(library: Library, begin: str) -> None:
    formula = f"{begin}HYPERLINK(1)"
    values: dict[str, FieldValue] = {"aims": formula, "other_agencies": (formula, "b"), "of_old": formula}
    study = make_study(values, title=formula, owner=Person("T0HOME", formula))
    text = "".join([chunk async for chunk in csv_chunks(each(study), library.templates, {})])
    for row in csv.reader(io.StringIO(text[1:], newline="")):
        for cell in row:
            assert not cell.lstrip(" \n\u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert text.count("HYPERLINK") >= 5


async def test_who_wrote_what_is_told_a_person_a_line(library: Library) -> None:
    bens = make_study(owner=person(BEN)).answers["aims"]
    study = make_study({**COMPLETE, "of_old": "Kept"})
    (row,) = await table_of(library, replace(study, answers={**study.answers, "aims": bens}))
    anna, ben = row["written by"].splitlines()
    assert anna.startswith("Anna Example: Name of the organisation; Multi-agency activity")
    assert ben == "U0BEN: Aims of the activity"
    assert row["authors"] == "Anna Example, U0BEN"
    assert row["Answers to questions no longer asked"] == "of_old: Kept"


async def test_a_withdrawn_one_has_its_dates(library: Library) -> None:
    (row,) = await table_of(library, replace(make_study(), status="withdrawn", withdrawn_at=AT))
    assert (row["status"], row["withdrawn"]) == ("Withdrawn", "2026-03-02T09:30:00+00:00")


async def test_lines_quotes_and_commas_survive(library: Library) -> None:
    aims = 'One, "two"\nthree; four'
    (row,) = await table_of(library, make_study({"aims": aims}))
    assert row["Sharing good practice: Aims of the activity"] == aims
