"""Fields that fit their meaning, each from the form to the store and back into the form."""

from typing import Any

import pytest

from bot.case_studies.answers import value_lines
from bot.case_studies.fields.suggestions import agency_options
from knowledge.model import Library
from storage.records.case_studies import FieldValue
from storage.records.people import Person
from storage.store import Store
from tests.bot.case_studies.examples import make_study, person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, TEAM, Bot, Json, Place, Slack, shown_view, state_of, words_of

WHO_FORM, WHY_FORM, WHAT_FORM, LEARNING_FORM = range(4)
PDF = {"id": "F1", "name": "poster.pdf", "permalink": "https://home.slack.com/files/F1", "size": 2_000}


async def opened(bot: Bot, slack: Slack, nth: int, user: Any = ANNA) -> Place:
    """The form of the nth section of Anna's only draft, on top of the overview."""
    await bot.command("/casestudy", user=user)
    await bot.press(last_view(slack), "Go on", user=user)
    overview = last_view(slack)
    await bot.press(overview, "Write", nth=nth, user=user)
    assert overview.view is not None
    stack = {"previous_view_id": overview.view["id"], "root_view_id": overview.view["id"]}
    return shown_view({**slack.last("views.push")["view"], **stack})


async def draft(store: Store, values: dict[str, FieldValue] | None = None) -> None:
    await store.case_studies.create_case_study(make_study(values or {"activity": "Club"}, status="draft"))


async def stored(store: Store) -> dict[str, FieldValue]:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return {name: answer.value for name, answer in study.answers.items() if name != "activity"}


def input_of(place: Place, block_id: str) -> Json:
    (block,) = [block for block in place.blocks if block.get("block_id") == block_id]
    element: Json = block["element"]
    return element


async def choose(bot: Bot, form: Place, field_id: str, given: Any) -> None:
    """Choose in one input, as Slack tells of it at once."""
    state = state_of(form.blocks, {field_id: given})
    kind = input_of(form, field_id)["type"]
    await bot.act(form, {"type": kind, "block_id": field_id, "action_id": field_id}, state=state)


@pytest.mark.parametrize(
    ("nth", "field_id", "given", "value"),
    [
        (WHAT_FORM, "began", "2026-03-07", "2026-03-07"),
        (
            WHAT_FORM,
            "other_agencies",
            ["Larkfield Library", "New  Trust"],
            ("Larkfield Library", "New Trust"),
        ),
        (WHAT_FORM, "strategies", ["trust-2", "roles-1"], ("trust-2", "roles-1")),
        (WHY_FORM, "ecm_outcomes", ["stay-safe"], ("stay-safe",)),
    ],
)
async def test_a_choice_is_stored_at_once_and_can_be_taken_back(
    bot: Bot, slack: Slack, store: Store, nth: int, field_id: str, given: Any, value: FieldValue
) -> None:
    await draft(store)
    form = await opened(bot, slack, nth)
    await choose(bot, form, field_id, given)
    assert await stored(store) == {field_id: value}
    assert "1 of" in words_of(slack.last("views.update")["view"]["blocks"])
    await choose(bot, form, field_id, None)
    assert await stored(store) == {}


async def test_a_cost_is_two_numbers_kept_as_one_answer(bot: Bot, slack: Slack, store: Store) -> None:
    await draft(store)
    form = await opened(bot, slack, LEARNING_FORM)
    assert await bot.submit(form, {"cost": "1250", "cost.hours": "40"}) == {}
    assert await stored(store) == {"cost": "£1,250 and 40 hours"}
    form = await opened(bot, slack, LEARNING_FORM)
    assert input_of(form, "cost")["initial_value"] == "1250"
    assert input_of(form, "cost.hours")["initial_value"] == "40"


async def test_a_number_that_is_none_is_refused_at_its_input_with_what_to_type(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await draft(store)
    form = await opened(bot, slack, LEARNING_FORM)
    answer = await bot.submit(form, {"cost": "about £60", "cost.hours": "9999999999", "resources": "A hall"})
    assert answer["errors"] == {
        "cost": "Type the pounds as a number, such as 1250 or 12.50. Leave out the pound sign and words.",
        "cost.hours": "Type a number below 1,000,000,000.",
    }
    answer = await bot.submit(form, {"cost.hours": "two days"})
    assert answer["errors"] == {
        "cost.hours": "Type the hours as a number, such as 40 or 7.5. Leave out words."
    }
    assert await stored(store) == {}


async def test_what_was_written_when_the_field_had_another_kind_is_shown_and_kept(
    bot: Bot, slack: Slack, store: Store
) -> None:
    before: dict[str, FieldValue] = {"cost": "£60 a week", "activity": "Club", "resources": "A hall"}
    await draft(store, before)
    form = await opened(bot, slack, LEARNING_FORM)
    assert "Written before, and kept until you fill in this field: £60 a week" in words_of(form.blocks)
    assert await bot.submit(form, {"resources": "A hall"}) == {}
    assert (await stored(store))["cost"] == "£60 a week"
    assert await bot.submit(form, {"cost": "60", "resources": "A hall"}) == {}
    assert (await stored(store))["cost"] == "£60"


async def test_a_date_that_is_none_is_refused(bot: Bot, slack: Slack, store: Store) -> None:
    await draft(store)
    form = await opened(bot, slack, WHAT_FORM)
    answer = await bot.submit(form, {"began": "soon"})
    assert answer["errors"] == {"began": "Choose a day from the calendar."}
    await choose(bot, form, "began", "soon")
    assert await stored(store) == {}


async def test_files_are_kept_by_id_and_name_and_left_out_by_taking_a_tick_away(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await draft(store)
    form = await opened(bot, slack, LEARNING_FORM)
    assert input_of(form, "files")["max_files"] == 10
    two = [PDF, {"id": "F2", "file_access": "check_file_info"}]
    assert await bot.submit(form, {"files": two}) == {}
    assert await bot.submit(form, {"files": two}) == {}  # sent twice, kept once
    assert await stored(store) == {"files": ("F1 https://home.slack.com/files/F1 poster.pdf", "F2 - F2")}
    form = await opened(bot, slack, LEARNING_FORM)
    assert await bot.submit(form, {"files.kept": ["F1"], "files": []}) == {}
    assert await stored(store) == {"files": ("F1 https://home.slack.com/files/F1 poster.pdf",)}
    await bot.press(last_view(slack), "Read it through")
    words = words_of(slack.last("views.push")["view"]["blocks"])
    assert "• <https://home.slack.com/files/F1|poster.pdf>" in words


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([{**PDF, "name": "virus.exe"}], "“virus.exe” is of a kind that is not taken. Up to 10 files"),
        ([{**PDF, "size": 100_000_001}], "“poster.pdf” is too large. Up to 10 files, each up to 100 MB"),
        ([{**PDF, "id": f"F{number}"} for number in range(11)], "These are 11 files. Up to 10 files"),
    ],
)
async def test_files_that_are_not_taken_are_refused_at_their_field(
    bot: Bot, slack: Slack, store: Store, files: list[Json], words: str
) -> None:
    await draft(store)
    answer = await bot.submit(await opened(bot, slack, LEARNING_FORM), {"files": files})
    assert answer["errors"]["files"].startswith(words)
    assert await stored(store) == {}


async def test_a_long_text_goes_on_in_a_second_field_and_is_one_text_everywhere(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await draft(store)
    form = await opened(bot, slack, WHY_FORM)
    first = ("word " * 600).strip()
    answer = await bot.submit(form, {"aims": first})
    assert answer["response_action"] == "update"
    again = shown_view(answer["view"])
    assert "it has a second field to go on in" in words_of(again.blocks)
    assert await bot.submit(again, {"aims": first, "aims.more": "and more words"}) == {}
    assert (await stored(store))["aims"] == f"{first} and more words"
    assert await bot.submit(await opened(bot, slack, WHY_FORM), {"aims": "Short"}) == {}
    assert (await stored(store))["aims"] == "Short"


async def test_strategies_are_found_as_in_a_look_up(bot: Bot, slack: Slack, store: Store) -> None:
    await draft(store)
    form = await opened(bot, slack, WHAT_FORM)
    groups = await bot.suggest(form, "strategies", "nobody trusts us")
    found = [option["value"] for group in groups for option in group["options"]]
    assert "trust-2" in found
    assert await bot.suggest(form, "strategies", "zzzz qqqq") == []
    assert len(await bot.suggest(form, "strategies", "")) == 13


async def test_agencies_are_those_of_the_workspace_or_what_was_typed(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.people.set_agency(TEAM, person(BEN), "Larkfield Library")
    await store.people.set_agency("T0OTHER", Person("T0OTHER", "U9"), "Elsewhere Library")
    await draft(store)
    form = await opened(bot, slack, WHAT_FORM)
    values = [option["value"] for option in await bot.suggest(form, "other_agencies", "lib")]
    assert values == ["Larkfield Library", "lib"]
    (known,) = await bot.suggest(form, "other_agencies", "larkfield library")
    assert known["value"] == "Larkfield Library"
    assert [option["value"] for option in await bot.suggest(form, "other_agencies", "")] == [
        "Larkfield Library"
    ]


async def test_nothing_is_suggested_for_anothers_draft(bot: Bot, slack: Slack, store: Store) -> None:
    await store.people.set_agency(TEAM, person(BEN), "Larkfield Library")
    await draft(store)
    form = await opened(bot, slack, WHAT_FORM)
    assert await bot.suggest(form, "other_agencies", "lib", user=BEN) == []


def test_suggested_agencies_stay_within_what_slack_takes() -> None:
    known = [f"Agency {number}" for number in range(300)] + ["x" * 151]
    assert len(agency_options(known, "agency")) == 100
    assert agency_options([], "x" * 151) == []


def test_answers_are_shown_as_people_read_them(library: Library) -> None:
    template = library.templates[0]
    answers: dict[str, tuple[FieldValue, list[str]]] = {
        "strategies": (("roles-1", "of-old"), ["Agree who does what before the work begins", "of-old"]),
        "began": ("2026-03-07", ["7 March 2026"]),
        "files": (
            ("F1 https://x.test/F1 my poster.pdf", "F2 - F2"),
            ["my poster.pdf (https://x.test/F1)", "F2"],
        ),
        "other_agencies": (("Larkfield Library",), ["Larkfield Library"]),
        "cost": ("£1,250 and 40 hours", ["£1,250 and 40 hours"]),
    }
    for field_id, (value, lines) in answers.items():
        field = template.field(field_id)
        assert field is not None
        assert value_lines(field, value) == lines
