"""Sections as steps: on and back without losing what was sent, with how far all has come."""

from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.case_studies.steps import begin, last_view, on_top
from tests.slack import (
    ANNA,
    BEN,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    find_action,
    labels_of,
    state_of,
    words_of,
)


async def turn(bot: Bot, form: Place, label: str, values: Json, user: User = ANNA) -> None:
    await bot.act(form, find_action(form.blocks, label), user, state=state_of(form.blocks, values))


async def test_a_section_says_where_it_stands(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(COMPLETE, status="draft"))
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    await bot.press(last_view(slack), "Write", nth=1)
    form = last_view(slack)
    assert "Section 2 of 4: 4 of 4 answered. All in all: 3 of 4 sections, 8 of 15 fields." in words_of(
        form.blocks
    )
    assert labels_of(form.blocks) == ["Previous: Who", "Next: What"]


async def test_next_and_previous_store_the_section_and_show_the_one_beside_it(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write")
    form = on_top(slack, overview)
    assert labels_of(form.blocks) == ["Next: Why"]
    await turn(bot, form, "Next: Why", {"organization": "Larkfield"})
    form_calls = [call["view"] for call in slack.called("views.update")[1:]]
    assert [view["title"]["text"] for view in form_calls] == ["Why", "Case study"]
    assert "1 of 3 answered" in words_of(form_calls[1]["blocks"])
    assert overview.view is not None
    assert slack.last("views.update")["view_id"] == overview.view["id"]

    why = Place(form_calls[0]["blocks"], view={**(form.view or {}), **form_calls[0]})
    await turn(bot, why, "Previous: Who", {"aims": "To meet parents."})
    who = slack.called("views.update")[3]["view"]
    assert who["blocks"][2]["element"]["initial_value"] == "Larkfield"
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert {name: answer.value for name, answer in study.answers.items()} == {
        "organization": "Larkfield",
        "aims": "To meet parents.",
    }


async def test_a_fault_keeps_the_section_open_and_is_said(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write", nth=3)
    form = on_top(slack, overview)
    await turn(bot, form, "Previous: What", {"cost": "lots", "resources": "A hall"})
    shown = slack.last("views.update")["view"]
    assert shown["title"]["text"] == "Resources and learning"
    assert "Not saved yet. Type the pounds as a number" in words_of(shown["blocks"])
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert not study.answers


async def test_nobody_else_turns_the_sections_of_a_draft(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write")
    await turn(bot, on_top(slack, overview), "Next: Why", {"organization": "Not yours"}, BEN)
    said = words_of(slack.last("views.push")["view"]["blocks"])
    assert "There is no such case study for you to open." in said
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert not study.answers
