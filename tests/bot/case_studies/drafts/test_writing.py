"""A case study from the command to its publication, through the real app."""

import pytest

from bot.case_studies import ids
from bot.case_studies.publishing.checks import CHECKS
from storage.records.case_studies import CaseStudy
from storage.store import Store
from tests.bot.case_studies.examples import WHAT, WHO, WHY, make_study, person
from tests.bot.case_studies.steps import begin, last_view, on_top, write
from tests.slack import ANNA, BEN, TEAM, Bot, Slack, labels_of, shown_view, state_of, words_of


async def only_draft(store: Store) -> CaseStudy:
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    return study


async def test_the_command_offers_both_templates_and_the_library(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy")
    view = slack.last("views.open")["view"]
    assert labels_of(view["blocks"]) == [
        "Start",
        "Start",
        "Read case studies",
        "Your published case studies",
    ]
    assert "You have no drafts." in words_of(view["blocks"])


async def test_a_section_is_stored_when_sent_and_the_overview_follows(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    assert words_of(overview.blocks).count("Empty") == 4

    answer = await write(bot, slack, overview, 0, {"organization": "Larkfield Family Hub"})

    assert answer == {}  # the form closes, and the overview under it comes back
    study = await only_draft(store)
    assert study.answers["organization"].value == "Larkfield Family Hub"
    assert study.answers["organization"].author == person(ANNA)
    update = slack.last("views.update")
    assert overview.view is not None
    assert update["view_id"] == overview.view["id"]
    shown = words_of(update["view"]["blocks"])
    assert "1 of 3 answered. Still missing: Multi-agency activity" in shown


async def test_the_title_comes_from_the_field_that_the_template_names(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack, nth=1)
    await write(bot, slack, overview, 0, {"aim": "One front door for families"})
    study = await only_draft(store)
    assert (study.template_id, study.title) == ("case-study-framework", "One front door for families")


async def test_ticks_are_stored_at_once(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write", nth=1)
    form = on_top(slack, overview)
    (block,) = [block for block in form.blocks if block.get("block_id") == "ecm_outcomes"]
    assert block["dispatch_action"] is True

    state = state_of(form.blocks, {"ecm_outcomes": ["stay-safe", "be-healthy"], "aims": "Typed, not sent"})
    await bot.act(
        form, {"type": "checkboxes", "block_id": "ecm_outcomes", "action_id": "ecm_outcomes"}, state=state
    )

    study = await only_draft(store)
    assert {name: answer.value for name, answer in study.answers.items()} == {
        "ecm_outcomes": ("be-healthy", "stay-safe")
    }


async def test_a_form_shows_what_the_store_has(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await write(bot, slack, overview, 1, WHY)
    await bot.press(overview, "Write", nth=1)
    inputs = {
        b["block_id"]: b["element"] for b in slack.last("views.push")["view"]["blocks"] if "element" in b
    }
    assert inputs["aims"]["initial_value"] == WHY["aims"]
    assert [option["value"] for option in inputs["ecm_outcomes"]["initial_options"]] == list(
        WHY["ecm_outcomes"]
    )


async def test_emptying_a_field_empties_it_in_the_store(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await write(bot, slack, overview, 0, WHO)
    await write(bot, slack, overview, 0, {**WHO, "target_group": "  "})
    study = await only_draft(store)
    assert "target_group" not in {name for name, answer in study.answers.items() if answer.value}
    assert study.answers["activity"].value == WHO["activity"]


async def test_an_untouched_draft_is_gone_on_with_not_doubled(bot: Bot, slack: Slack, store: Store) -> None:
    await begin(bot, slack)
    await begin(bot, slack)
    assert await only_draft(store)


async def test_a_stored_section_survives_an_overview_that_cannot_be_refreshed(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write")
    slack.refuse["views.update"] = "not_found"
    assert await bot.submit(on_top(slack, overview), WHO) == {}
    assert (await only_draft(store)).title == WHO["activity"]


async def test_publishing_with_something_missing_names_it_and_offers_the_section(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    await write(bot, slack, overview, 0, WHO)
    await bot.press(last_view(slack), "Publish")
    refused = last_view(slack)
    words = words_of(refused.blocks)
    assert "Not published yet" in words
    assert "Aims of the activity, Brief description of the activity" in words
    assert labels_of(refused.blocks).count("Write") == 4
    assert (await only_draft(store)).status == "draft"


async def test_a_complete_draft_is_published_and_found_by_others(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    for nth, values in enumerate((WHO, WHY, WHAT)):
        await write(bot, slack, overview, nth, values)
    await bot.press(overview, "Publish")
    answer = await bot.submit(on_top(slack, overview), {ids.CHECKS_FIELD: list(CHECKS)})

    said = shown_view(answer["view"])
    assert "published" in words_of(said.blocks)
    assert labels_of(said.blocks) == ["Share to a channel", "Read it", "Change it"]
    await bot.command("/casestudy", "breakfast", user=BEN)
    assert "Saturday breakfast club" in words_of(slack.last("views.open")["view"]["blocks"])


async def test_a_draft_is_resumed_from_the_list(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await write(bot, slack, overview, 0, WHO)
    await bot.command("/casestudy")
    assert "Still missing: Aims of the activity" in words_of(last_view(slack).blocks)
    await bot.press(last_view(slack), "Go on")
    assert "3 of 3 answered" in words_of(last_view(slack).blocks)


async def test_drafts_are_turned_page_by_page(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(12):
        study = make_study(study_id=f"s{number}", title=f"Draft {number}", status="draft")
        await store.case_studies.create_case_study(study)
    await bot.command("/casestudy")
    assert labels_of(last_view(slack).blocks).count("Go on") == 10
    await bot.press(last_view(slack), "More drafts")
    assert labels_of(last_view(slack).blocks).count("Go on") == 2
    await bot.press(last_view(slack), "Previous drafts")
    assert labels_of(last_view(slack).blocks).count("Go on") == 10


async def test_reading_through_shows_every_answer(bot: Bot, slack: Slack) -> None:
    overview = await begin(bot, slack)
    await write(bot, slack, overview, 1, WHY)
    await bot.press(overview, "Read it through")
    words = words_of(slack.last("views.push")["view"]["blocks"])
    assert str(WHY["aims"]) in words
    assert "• Be healthy\n• Enjoy and achieve" in words


async def test_a_deleted_draft_is_gone(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    buttons = [b for block in overview.blocks if block["type"] == "actions" for b in block["elements"]]
    (delete,) = [one for one in buttons if one["text"]["text"] == "Delete this draft"]
    assert delete["confirm"]
    await bot.press(overview, "Delete this draft")
    assert "This draft has been deleted." in words_of(last_view(slack).blocks)
    assert [study async for study in store.case_studies.all_case_studies(TEAM)] == []


async def test_the_owner_changes_a_published_one_and_its_cards_become_dirty(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.import_case_study(make_study())
    await bot.command("/casestudy", "list")
    await bot.press(last_view(slack), "Read")
    await bot.press(last_view(slack), "Change it")
    overview = last_view(slack)
    assert "Delete this draft" not in labels_of(overview.blocks)
    await write(bot, slack, overview, 0, {**WHO, "activity": "Sunday breakfast club"})
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    assert (study.title, study.status) == ("Sunday breakfast club", "published")


@pytest.mark.parametrize("value", ["", "   "])
async def test_a_published_one_keeps_what_publishing_asked_for(
    bot: Bot, slack: Slack, store: Store, value: str
) -> None:
    await store.case_studies.import_case_study(make_study())
    await bot.command("/casestudy", "list")
    await bot.press(last_view(slack), "Read")
    await bot.press(last_view(slack), "Change it")
    answer = await write(bot, slack, last_view(slack), 0, {**WHO, "organization": value})
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["organization"]
    assert "published" in answer["errors"]["organization"]


@pytest.mark.parametrize(
    ("nth", "field_id", "most"), [(0, "organization", "3,000"), (1, "aims", "6,000")], ids=["line", "text"]
)
async def test_an_answer_that_is_too_long_is_refused_at_its_field(
    bot: Bot, slack: Slack, store: Store, nth: int, field_id: str, most: str
) -> None:
    overview = await begin(bot, slack)
    answer = await write(bot, slack, overview, nth, {field_id: "x" * 6_001})
    assert answer["errors"] == {field_id: f"This is 6,001 characters long. Shorten it to {most} or fewer."}
    assert not (await only_draft(store)).answers
