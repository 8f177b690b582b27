"""Every view and message, empty and at its largest, against Slack's limits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest

from bot.blocks import cut
from bot.case_studies.drafts.forms import section_modal
from bot.case_studies.drafts.views import deleted_modal, overview_modal, published_modal, start_modal
from bot.case_studies.fields.inputs import MOST_CHOSEN
from bot.case_studies.fields.uploads import MOST_FILES
from bot.case_studies.library.facets import FACET_LABELS, LONGEST_VALUE, FacetNames
from bot.case_studies.library.filter_views import choice_options, filters_modal
from bot.case_studies.library.finding import STUDIES_A_PAGE, Choice, Found
from bot.case_studies.library.reading_views import card_content, reading_modal
from bot.case_studies.library.views import library_modal, share_modal, shared_modal
from bot.case_studies.library.wanted import LONGEST_SEARCH, MOST_VALUES, Wanted, decode_filters
from bot.case_studies.publishing.checks import PointedOut, point_out
from bot.case_studies.publishing.personal_details import PersonalDetail
from bot.case_studies.publishing.views import check_modal
from bot.case_studies.reviews.views import (
    LONGEST_REASON,
    asked_modal,
    changes_modal,
    closed_content,
    decision_content,
    request_content,
)
from knowledge.model import Field, FieldKind, Glossary, Library, Option, Section, Template
from sandbox.limits import counted_characters, message_faults, view_faults
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.case_study_history import CaseStudyEvent
from storage.records.published import SearchHit, Segment
from tests.bot.case_studies.examples import (
    AT,
    BENS,
    HARD,
    access_of,
    draft_of,
    largest_value,
    largest_values,
    make_study,
)
from tests.slack import Json, words_of

LETTERS = ["x", "\U0001f600", "&", "<", HARD, "long lines of ordinary words ", "\n", "\u200d"]


LARGEST_DETAIL = PersonalDetail("phone number", 0, 6_000, "\U0001f600" * 6_000, "E" * 300)


def assert_fits(view: Mapping[str, Any]) -> None:
    assert view_faults(dict(view)) == []


def every_view(study: CaseStudy, template: Template, section: Section) -> list[Json]:
    drafts = [replace(study, id=f"d{number}", status="draft", published_at=None) for number in range(50)]
    listed = [draft_of(draft) for draft in drafts]
    in_review = replace(drafts[0], status="in_review", reviewer=BENS.person)
    return [
        start_modal([template], listed),
        start_modal([template], listed, offset=10),
        overview_modal(study, template, access=access_of(study)),
        overview_modal(drafts[0], template, access=access_of(drafts[0]), refused=True),
        section_modal(study, template, section),
        section_modal(study, template, section, note="N" * 1_000),
        check_modal(study, point_out(study, template)),
        check_modal(study, point_out(study, template), open_choices=100, needs_approval=True),
        overview_modal(in_review, template, access=access_of(in_review), needs_approval=True),
        changes_modal(in_review),
        asked_modal(in_review, "U1"),
        check_modal(study, [PointedOut(section, section.fields[0], LARGEST_DETAIL)] * 1_000),
        published_modal(study),
        deleted_modal(study),
        *library_views(study, template),
        share_modal(study),
        shared_modal(study, "C1"),
        reading_modal(study, template, own=True, member=True),
        reading_modal(study, template, own=True, member=True, signed=True),
    ]


@dataclass(frozen=True)
class Titles:
    """The template's, for every case study and field."""

    template: Template

    def template_title(self, study: CaseStudySummary) -> str:
        return self.template.title

    def field_label(self, study: CaseStudySummary, field_id: str) -> str:
        return "L" * 150 if field_id else ""


NOTHING_NAMED = FacetNames(Library((), (), (), (), (), Glossary((), (), ())))


def library_views(study: CaseStudy, template: Template) -> list[Json]:
    """The library and its filters, with nothing and with as much as there can be, in the title's letters."""
    letters = " ".join(study.title.split()) or "x"
    published = replace(study, status="published", published_at=study.updated_at)
    snippet = (Segment("… "), Segment(letters[:300], is_match=True), Segment(" &"))
    hits = [SearchHit(published, "f0", snippet)] * STUDIES_A_PAGE
    bare = [SearchHit(published, "", ())] * STUDIES_A_PAGE
    values = [cut(f"{number}{letters}", LONGEST_VALUE) for number in range(MOST_VALUES)]
    full = Wanted(letters[:LONGEST_SEARCH].strip(), dict.fromkeys(FACET_LABELS, values), 10)
    titles = Titles(template)
    return [
        library_modal(Found(full, hits, 1_000_000, 1_000_000), NOTHING_NAMED, titles),
        library_modal(Found(full, [], 0, 1_000_000), NOTHING_NAMED, titles),
        library_modal(Found(Wanted(), bare, 1_000_000, 1_000_000), NOTHING_NAMED, titles),
        library_modal(Found(Wanted(HARD), [], 0, 1), NOTHING_NAMED, titles),
        library_modal(Found(Wanted(), [], 0, 0), NOTHING_NAMED, titles),
        filters_modal(full, NOTHING_NAMED),
        filters_modal(Wanted(), NOTHING_NAMED),
    ]


@pytest.mark.parametrize("template_id", ["good-practice", "case-study-framework"])
@pytest.mark.parametrize("letters", LETTERS)
def test_every_view_fits_at_its_largest(library: Library, template_id: str, letters: str) -> None:
    template = library.template(template_id)
    assert template is not None
    study = make_study(
        largest_values(template, letters), template_id=template_id, title=(letters * 3_000)[:3_000]
    )
    for section in template.sections:
        for view in every_view(study, template, section):
            assert_fits(view)
    reason = (letters * LONGEST_REASON)[:LONGEST_REASON]
    changes = CaseStudyEvent(1, "changes_wanted", BENS.person, AT, 0, study.title, reason)
    draft = replace(study, status="draft")
    for content in (
        card_content(study, template),
        request_content(draft),
        closed_content(draft, "You approved it."),
        decision_content(draft, changes),
        decision_content(draft, replace(changes, kind="approved", note="")),
    ):
        assert message_faults(content.arguments()) == []
        assert counted_characters(content.arguments()["blocks"]) < 10_000
        assert len(content.arguments()["text"]) <= 4_000


@pytest.mark.parametrize("template_id", ["good-practice", "case-study-framework"])
def test_every_view_fits_when_empty(library: Library, template_id: str) -> None:
    template = library.template(template_id)
    assert template is not None
    study = make_study({}, template_id=template_id, title="", status="draft")
    for section in template.sections:
        for view in every_view(study, template, section):
            assert_fits(view)
    assert message_faults(card_content(study, template).arguments()) == []


def test_all_parts_of_a_long_one_together_hold_every_letter(library: Library) -> None:
    template = library.templates[0]
    values = largest_values(template, "\U0001f600")
    study = make_study(values)
    views = [reading_modal(study, template, part=part, own=True, member=True) for part in range(4)]
    for view in views:
        assert_fits(view)
    different = {words_of(view["blocks"]): view for view in views}  # past the end, the last part stays
    letters = sum(words.count("\U0001f600") for words in different)
    written = [value for value in values.values() if isinstance(value, str)]
    texts = [*written, *values["other_agencies"]]
    shown_of_a_file_name = 149  # and an ellipsis
    assert letters == sum(text.count("\U0001f600") for text in texts) + shown_of_a_file_name * MOST_FILES


def large_template(kind: FieldKind) -> Template:
    """As large as the content's schema allows."""
    options = tuple(Option(f"o{number}", "O" * 75) for number in range(MOST_CHOSEN))
    fields = [
        Field(
            f"f{number}",
            "L" * 150,
            kind,
            "H" * 300,
            "E" * 150,
            True,
            options[:10] if kind == "checkboxes" else options if kind == "strategies" else (),
        )
        for number in range(80)
    ]
    sections = [
        Section(f"s{at}", "T" * 75, "I" * 300, tuple(fields[at * 8 : at * 8 + 8])) for at in range(10)
    ]
    return Template("good-practice", "T" * 75, "S" * 300, "f0", "f1", tuple(sections), "C" * 300)


@pytest.mark.parametrize("letters", ["", "short", "x", "\U0001f600"])
@pytest.mark.parametrize("kind", get_args(FieldKind))
def test_the_largest_template_that_content_allows_fits(kind: FieldKind, letters: str) -> None:
    template = large_template(kind)
    values = {field.id: largest_value(field, letters) if letters else "" for field in template.fields}
    study = make_study(values, title="t")
    for view in every_view(study, template, template.sections[5]):
        assert_fits(view)
    assert_fits(start_modal([template] * 10, [draft_of(study)] * 50, offset=20))


def test_the_second_field_of_a_text_is_offered_before_the_first_is_full(library: Library) -> None:
    template = library.templates[0]
    section = template.sections[1]
    for length, blocks in (
        (2_699, ["aims"]),
        (2_700, ["aims", "aims.more"]),
        (6_000, ["aims", "aims.joined"]),
    ):
        study = make_study({"aims": "x" * length})
        form = section_modal(study, template, section)["blocks"]
        assert [b["block_id"] for b in form if b.get("block_id", "").startswith("aims")] == blocks


def test_what_a_person_wrote_is_never_markup(library: Library) -> None:
    template = library.templates[0]
    study = make_study(largest_values(template), title=HARD)
    for view in every_view(study, template, template.sections[0]):
        for text in markup_of(view):
            assert "<!channel>" not in text
    card = card_content(study, template)
    assert "<!channel>" not in card.text
    assert "&lt;!channel&gt;" in card.text
    for text in markup_of({"blocks": card.arguments()["blocks"]}):
        assert "<!channel>" not in text


def markup_of(part: Any) -> list[str]:
    """The texts that Slack reads as markup; each must be verbatim."""
    if isinstance(part, list):
        return [text for one in part for text in markup_of(one)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "mrkdwn":
        assert part["verbatim"] is True
        return [part["text"]]
    return [text for one in part.values() for text in markup_of(one)]


def test_a_filter_offers_names_with_their_numbers_within_slacks_length() -> None:
    options = choice_options([Choice("v", "\U0001f600" * 75, 1_000_000), Choice("w", "Larkfield", 1)])
    long, short = (option._resolve() for option in options)
    assert long["text"]["text"].endswith("… (1,000,000)")
    assert len(long["text"]["text"]) == 75
    assert (short["text"]["text"], short["value"]) == ("Larkfield (1)", "w")


def test_metadata_holds_ids_and_filters_only(library: Library) -> None:
    template = library.templates[0]
    study = make_study(largest_values(template, "secret"), title="secret")
    for view in every_view(study, template, template.sections[0]):
        metadata = view.get("private_metadata", "")
        assert metadata in {"", "s1", "d0", "s1|who|0"} or set(decode_filters(metadata)) == set(FACET_LABELS)


def test_every_form_has_an_input_a_field_named_by_its_id(library: Library) -> None:
    for template in library.templates:
        study = make_study({}, template_id=template.id)
        for section in template.sections:
            blocks = section_modal(study, template, section)["blocks"]
            inputs = [block for block in blocks if block["type"] == "input"]
            assert all(block["optional"] for block in inputs)
            assert all(block["element"]["action_id"] == block["block_id"] for block in inputs)
            firsts = [block for block in inputs if block["block_id"] != "cost.hours"]
            assert [block["block_id"] for block in firsts] == [field.id for field in section.fields]
            for block, field in zip(firsts, section.fields, strict=True):
                hint = block["hint"]["text"]
                assert hint.startswith("Needed before you publish.") == field.required
                assert field.help in hint
                inside = block["element"].get("placeholder", {}).get("text", "")
                assert field.example in inside or field.example.rstrip(".") in hint
