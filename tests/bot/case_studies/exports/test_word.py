"""The Word file, opened again with python-docx."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from bot.case_studies.exports.layout import layout_of
from bot.case_studies.exports.word import word_book, word_file
from knowledge.model import Library, Template
from storage.records.case_studies import CaseStudy
from tests.bot.case_studies.examples import AT, HARD, largest_values, make_study, person
from tests.slack import ANNA, BEN
from tests.word import style_of

NAMES = {person(ANNA): "Anna Example"}


def opened(study: CaseStudy, template: Template) -> Document:
    return docx.Document(io.BytesIO(word_file(study, template, NAMES)))


def test_the_layout_is_the_templates_with_real_headings_and_headers(library: Library) -> None:
    template = library.templates[0]
    document = opened(make_study(), template)
    headings = [(style_of(p), p.text) for p in document.paragraphs if style_of(p).startswith(("Head", "Ti"))]
    assert headings == [
        ("Title", "Saturday breakfast club"),
        ("Heading 1", "Who"),
        ("Heading 1", "Why"),
        ("Heading 1", "What"),
        ("Heading 1", "Resources and learning"),
        ("Heading 1", "Source of the template"),
    ]
    assert len(document.tables) == len(template.sections)
    for table, section in zip(document.tables, template.sections, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == ["Question", "Answer"]
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert [row.cells[0].text for row in table.rows[1:]] == [field.label for field in section.fields]
    assert document.tables[1].rows[4].cells[1].text == "Be healthy\nEnjoy and achieve"
    assert document.tables[3].rows[1].cells[1].text == "Not answered"


def test_authors_dates_source_and_language_are_there(library: Library) -> None:
    template = library.templates[0]
    study = make_study()
    answers = {**study.answers, "aims": make_study(owner=person(BEN)).answers["aims"]}
    document = opened(replace(study, answers=answers), template)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Written by Anna Example, U0BEN. Published on 2 March 2026." in texts
    assert template.source in texts
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "Saturday breakfast club"


def test_a_draft_says_that_it_is_one(library: Library) -> None:
    document = opened(make_study(status="draft"), library.templates[0])
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Written by Anna Example. A draft, last saved on 2 March 2026." in texts


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ("x", "x" * 3_000),
        ("\U0001f600", "\U0001f600" * 3_000),
        (HARD, (HARD * 3_000)[:3_000]),
        ("a\x00\x07\x1b", "a" * 750),
        ("\x00\x07\ufffe", "Not answered"),
        ("\ud800", "Not answered"),
        ("\n", "Not answered"),
    ],
)
def test_no_content_breaks_the_file(library: Library, letters: str, shown: str) -> None:
    for template in library.templates:
        study = make_study(largest_values(template, letters), title=(letters * 3_000)[:3_000])
        document = opened(study, template)
        assert document.tables[0].rows[1].cells[1].text == shown


def test_what_the_template_does_not_ask_for_any_more_comes_last(library: Library) -> None:
    study = make_study({"aims": "To meet parents", "a_field_of_old": ("One", "Two")})
    document = opened(study, layout_of(study, library.templates))
    last = document.tables[-1]
    assert [cell.text for cell in last.rows[1].cells] == ["a_field_of_old", "One\nTwo"]
    headings = [each.text for each in document.paragraphs if style_of(each) == "Heading 1"]
    assert headings[-2:] == ["Answers to questions no longer asked", "Source of the template"]


def test_a_withdrawn_one_says_so(library: Library) -> None:
    study = replace(make_study(), status="withdrawn", withdrawn_at=AT + timedelta(days=9))
    texts = [paragraph.text for paragraph in opened(study, library.templates[0]).paragraphs]
    assert "Written by Anna Example. Published on 2 March 2026, withdrawn on 11 March 2026." in texts


def book_of(library: Library, *studies: CaseStudy) -> Document:
    entries = [(study, layout_of(study, library.templates)) for study in studies]
    content = word_book(entries, "Case studies", "Exported from Common Ground on 2 March 2026", NAMES, AT)
    return docx.Document(io.BytesIO(content))


def test_several_have_a_list_of_contents_and_each_begins_on_a_page_of_its_own(library: Library) -> None:
    other = make_study(
        {"aim": "One front door"}, study_id="2/b", template_id="case-study-framework", title="Front door"
    )
    document = book_of(library, make_study(), other, make_study(study_id="s3", title=""))
    titles = ["Saturday breakfast club", "Front door", "Untitled case study"]
    headings = [each for each in document.paragraphs if style_of(each) == "Heading 1"]
    assert [each.text for each in headings] == ["Contents", *titles]
    assert [each.paragraph_format.page_break_before for each in headings] == [None, True, True, True]
    contents = document.tables[0]
    assert contents.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    links = [row.cells[0].paragraphs[0].hyperlinks[0] for row in contents.rows[1:]]
    assert [link.text for link in links] == titles
    places = {
        mark.get(qn("w:name")): each.text for each in headings for mark in each._p.iter(qn("w:bookmarkStart"))
    }
    assert [places[link.fragment] for link in links] == titles
    sections = [each.text for each in document.paragraphs if style_of(each) == "Heading 2"]
    assert sections[:5] == ["Who", "Why", "What", "Resources and learning", "Source of the template"]
    assert document.core_properties.title == "Case studies"
    assert document.core_properties.language == "en-GB"


def test_python_docx_is_imported_only_when_it_is_needed() -> None:
    code = "import sys, bot.case_studies; sys.exit('docx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
