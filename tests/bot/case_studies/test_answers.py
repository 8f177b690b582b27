"""What is answered and what is missing."""

from bot.case_studies.answers import missing_fields, section_states, study_title, value_lines
from knowledge.model import Library
from tests.bot.case_studies.examples import COMPLETE, WHO, make_study


def test_a_section_counts_its_answers_and_names_what_publishing_asks_for(library: Library) -> None:
    template = library.templates[0]
    states = section_states(template, make_study({"organization": "Larkfield"}).answers)
    assert [state.words for state in states] == ["1 of 3 answered", "Empty", "Empty", "Empty"]
    assert [field.label for field in states[0].missing] == ["Multi-agency activity"]


def test_fields_that_are_not_required_are_never_missing(library: Library) -> None:
    template = library.templates[0]
    required = {field.id: COMPLETE[field.id] for field in template.fields if field.required}
    assert missing_fields(template, make_study(required).filled) == []
    assert [f.id for f in missing_fields(template, make_study(WHO).filled)] == ["aims", "description"]


def test_ticks_are_shown_by_their_labels_and_unknown_ones_by_their_ids(library: Library) -> None:
    field = library.templates[0].field("ecm_outcomes")
    assert field is not None
    assert value_lines(field, ("be-healthy", "of-old")) == ["Be healthy", "of-old"]


def test_a_title_is_one_line_and_never_empty() -> None:
    assert study_title(make_study(title=" One\n door ")) == "One door"
    assert study_title(make_study(title="  ")) == "Untitled case study"
