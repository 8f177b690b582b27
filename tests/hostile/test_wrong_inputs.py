"""Every input of every form holds what no form of ours gives it: it is refused in words."""

from collections.abc import Iterator

import pytest

from bench.fuzz.corpus import Json, load_corpus, name_of
from bench.fuzz.rows import damage
from bench.fuzz.workspace import ANNA
from tests.hostile.conftest import Target
from tests.hostile.test_entries import changed, sent

ELEMENTS: tuple[Json | None, ...] = (
    {"type": "plain_text_input", "value": "x"},
    {"type": "plain_text_input", "value": None},
    {"type": "datetimepicker", "selected_date_time": 5},
    {"type": "checkboxes", "selected_options": [{"value": "x"}]},
    {"type": "multi_users_select", "selected_users": []},
    {"type": "radio_buttons", "selected_option": None},
    {"type": "file_input", "files": [{"id": "F"}]},
    None,
)
FORMS = [body for body in load_corpus() if body.get("type") == "view_submission"]
ABOUT = {"ranking": "r-discard", "case_studies": "study-draft"}


def as_here(body: Json) -> Iterator[Json]:
    """The form as it was recorded, and about something that is here and is the sender's."""
    body = changed(body, "user.id", ANNA.user_id)
    yield body
    _, *rest = str(body["view"]["private_metadata"]).split("|")
    if thing := ABOUT.get(name_of(body).split()[1].split(".")[0]):
        rest = ["2", *rest[1:]] if rest[:1] and rest[0].isdigit() else rest
        yield changed(body, "view.private_metadata", "|".join([thing, *rest]))


@pytest.mark.parametrize("body", FORMS, ids=name_of)
def test_no_input_is_a_fault_of_the_server(target: Target, body: Json) -> None:
    before, began = target.inside.rows(), len(target.inside.faults)
    for number, form in enumerate(as_here(body)):
        for block_id, inputs in form["view"]["state"]["values"].items():
            for at, element in enumerate(ELEMENTS):
                values = {**form["view"]["state"]["values"], block_id: dict.fromkeys(inputs, element)}
                if element is None:
                    del values[block_id]
                again = changed(form, "view.state.values", values)
                again["trigger_id"] = f"{name_of(body)} {number} {block_id} {at}"
                assert target.send(sent(again)) == 200
                assert target.inside.faults[began:] == [], (block_id, element)
    after = target.inside.rows()
    others = {table: [row for row in rows if ANNA.user_id not in str(row)] for table, rows in before.items()}
    assert [one for one in damage(others, after) if " lost " in one] == []
