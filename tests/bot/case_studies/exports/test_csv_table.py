"""The CSV table, read again with Python's csv."""

import csv
import io
from collections.abc import AsyncIterator

from bot.case_studies.exports.csv_table import csv_chunks
from knowledge.model import Library
from storage.records.case_studies import CaseStudy
from tests.bot.case_studies.examples import make_study, person
from tests.slack import ANNA


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
    assert first["written by"] == "Anna Example"
    assert first["template"] == "Sharing good practice"
    assert first["published"] == "2026-03-02T09:30:00+00:00"
    assert first["Sharing good practice: Target group"] == "Parents of small children"
    assert first["Sharing good practice: ECM outcome(s) met"] == "Be healthy; Enjoy and achieve"
    assert first["Case study framework: Overall aim of the work"] == ""
    assert second["Case study framework: Overall aim of the work"] == "One front door"
    assert len(first) == 8 + sum(len(template.fields) for template in library.templates)


async def test_no_cell_is_run_as_a_formula(library: Library) -> None:
    (row,) = await table_of(
        library, make_study({"aims": '=HYPERLINK("x")', "activity": "@SUM(1)"}, title="+1")
    )
    assert row["title"] == "'+1"
    assert row["Sharing good practice: Aims of the activity"] == '\'=HYPERLINK("x")'
    assert row["Sharing good practice: Multi-agency activity"] == "'@SUM(1)"


async def test_lines_quotes_and_commas_survive(library: Library) -> None:
    aims = 'One, "two"\nthree; four'
    (row,) = await table_of(library, make_study({"aims": aims}))
    assert row["Sharing good practice: Aims of the activity"] == aims
