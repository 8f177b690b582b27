"""What is ranked: a task, a list of one's own or from a message, or strategies."""

import pytest

from bot.handover import RANK_STRATEGIES, theme_value
from bot.ranking import ids
from knowledge.model import Library
from storage.records.people import Person
from tests.bot.ranking.setup.desk import TYPED, Desk, Json, as_it_comes, inputs
from tests.slack import ANNA, TEAM, Place, shown_view, words_of


async def own_form(desk: Desk) -> Place:
    await desk.change(await desk.open(), ids.SOURCE_FIELD, "own")
    return desk.shown("views.update")


async def test_statements_of_ones_own_are_ranked(desk: Desk) -> None:
    form = await own_form(desk)
    preview = await desk.preview(form, as_it_comes(form, title="What helps", statements=TYPED))
    await desk.bot.submit(preview)
    (ranking,) = await desk.rankings()
    assert ranking.title == "What helps"
    assert [item.title for item in ranking.items] == ["Trust", "Time", "Money"]


async def test_each_fault_of_the_statements_is_named_and_nothing_typed_is_lost(desk: Desk) -> None:
    form = await own_form(desk)
    answer = await desk.bot.submit(form, as_it_comes(form, title="", statements="Trust\ntrust\nTime"))
    assert "so that everybody knows" in answer["errors"]["title"]
    assert "Line 2 (“trust”) is the same as line 1" in answer["errors"]["statements"]
    assert (await desk.draft())["statements"] == "Trust\ntrust\nTime"
    await desk.change(form, ids.SOURCE_FIELD, "task:outcomes", {"statements": TYPED})
    assert ids.STATEMENTS_FIELD not in as_it_comes(desk.shown("views.update"))
    await desk.change(desk.shown("views.update"), ids.SOURCE_FIELD, "own")
    assert as_it_comes(desk.shown("views.update"))["statements"] == TYPED


async def test_a_message_gives_its_list_to_the_form(desk: Desk) -> None:
    message = {
        "ts": "1700000000.000200",
        "text": "First:\n• Trust &amp; time\n• <@U0BEN> Money\n• Rooms",
    }
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, message)
    values = as_it_comes(desk.shown("views.open"))
    assert values["title"] == "First"
    assert values["statements"] == "Trust & time\nMoney\nRooms"


async def test_lines_that_a_form_cannot_hold_are_counted(desk: Desk) -> None:
    message = {"ts": "1700000000.000200", "text": "\n".join(f"- {'long ' * 40}{at}" for at in range(20))}
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, message)
    assert "Its last 6 lines are left out" in words_of(desk.shown("views.open").blocks)


@pytest.mark.parametrize("message", [{}, {"text": ""}, {"text": "<@U0BEN>"}, {"text": "-\n• "}])
async def test_a_message_without_words_says_what_to_do(desk: Desk, message: Json) -> None:
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, {"ts": "1700000000.000200", **message})
    assert "Type /rank" in words_of(desk.slack.last("response_url")["blocks"])
    assert desk.slack.called("views.open") == []


async def test_a_message_and_a_draft_are_a_choice_and_neither_is_lost(desk: Desk) -> None:
    await desk.change(await desk.open(), ids.NAMES_FIELD, "anonymous")
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, {"ts": "1700000000.000200", "text": f"First:\n{TYPED}"})
    asked = desk.shown("views.open")
    assert "starts with “First”" in words_of(asked.blocks)
    await desk.bot.press(asked, "Begin afresh")
    assert as_it_comes(desk.shown("views.update"))["statements"] == "Trust\nTime\nMoney"


async def test_rank_these_in_a_modal_comes_on_top_of_it(desk: Desk) -> None:
    button = {"type": "button", "block_id": "b", "action_id": RANK_STRATEGIES, "value": theme_value("trust")}
    await desk.bot.act(shown_view({"type": "modal", "blocks": []}), button)
    assert as_it_comes(desk.shown("views.push"))["source"] == theme_value("trust")


async def test_every_source_can_be_chosen_and_says_what_it_is(desk: Desk, library: Library) -> None:
    form = await desk.open()
    options = [one["value"] for one in inputs(form)[0]["element"]["options"]]
    assert options[:2] == ["task:outcomes", "own"]
    for value in options[2:]:
        await desk.change(form, ids.SOURCE_FIELD, value)
        assert f"{library.theme(value.partition(':')[2]).title}: " in words_of(  # type: ignore[union-attr]  # listed
            desk.shown("views.update").blocks
        )


async def test_a_list_of_strategies_that_became_too_short_is_told_in_the_form(desk: Desk) -> None:
    await desk.store.rankings.save_setup(
        TEAM, Person(TEAM, ANNA.id), {"setup": _saved_setup(), "fresh": None}
    )
    await desk.bot.press(await desk.open(), "Go on with it")
    form = desk.shown("views.update")
    assert "Save more strategies" in words_of(form.blocks)
    answer = await desk.bot.submit(form, as_it_comes(form))
    assert "Save more strategies" in answer["errors"]["source"]


def _saved_setup() -> Json:
    rules = {"anonymous": False, "weights": "person", "quorum": "half", "blocks_needed": 1, "steps": []}
    return {
        "source": "saved",
        "title": "",
        "statements": "",
        "left_out": 0,
        "channel_id": "",
        "user_ids": [],
        "rules": {**rules, "stage_hours": None, "remind_hours": None, "pin": False},
        "people": [],
    }
