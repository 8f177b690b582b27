"""The check before publishing: what has to be ticked, and what looks like personal details."""

from bot.case_studies import ids
from bot.case_studies.publishing.checks import CHECKS
from storage.records.case_studies import FieldValue
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, WHY, make_study, person
from tests.bot.case_studies.steps import last_view, on_top
from tests.slack import PIA, TEAM, Bot, Json, Place, Slack, labels_of, words_of

ALL = list(CHECKS)
FIELDS: dict[str, FieldValue] = {
    **COMPLETE,
    "aims": "Ring Dana on 07700 900123.",
    "other_agencies": ("Hall team, hall at example dot org",),
}


async def overview_of(bot: Bot, slack: Slack, store: Store, values: dict[str, FieldValue]) -> Place:
    await store.case_studies.create_case_study(make_study(values, status="draft"))
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    return last_view(slack)


async def check_of(bot: Bot, slack: Slack, store: Store, values: dict[str, FieldValue]) -> Place:
    overview = await overview_of(bot, slack, store, values)
    await bot.press(overview, "Publish")
    return on_top(slack, overview)


async def status_of(store: Store) -> str:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study.status


def button_texts(view: Json) -> tuple[str, str]:
    return view["submit"]["text"], view["close"]["text"]


async def test_a_clean_one_asks_for_three_ticks_and_is_then_published(
    bot: Bot, slack: Slack, store: Store
) -> None:
    check = await check_of(bot, slack, store, dict(COMPLETE))
    assert check.view is not None
    assert button_texts(check.view) == ("Publish", "Go back and change")
    words = words_of(check.blocks)
    assert all(label in words for label in CHECKS.values())
    assert "Nothing in it looks like a phone number" in words
    assert await status_of(store) == "draft"

    answer = await bot.submit(check, {ids.CHECKS_FIELD: ALL})

    assert answer["response_action"] == "update"
    assert "Your case study is published." in words_of(answer["view"]["blocks"])
    assert await status_of(store) == "published"
    below = slack.last("views.update")
    assert below["view_id"] == check.view["previous_view_id"]
    assert "Publish" not in labels_of(below["view"]["blocks"])


async def test_each_box_has_to_be_ticked(bot: Bot, slack: Slack, store: Store) -> None:
    check = await check_of(bot, slack, store, dict(COMPLETE))
    for left in ALL:
        ticked = [one for one in ALL if one != left]
        answer = await bot.submit(check, {ids.CHECKS_FIELD: ticked})
        assert answer["errors"] == {
            ids.CHECKS_FIELD: f"Make sure of this first, and tick it: {CHECKS[left]}."
        }
    answer = await bot.submit(check)
    assert all(label in answer["errors"][ids.CHECKS_FIELD] for label in CHECKS.values())
    assert await status_of(store) == "draft"


async def test_likely_details_are_pointed_out_with_words_and_reason_and_block_nothing(
    bot: Bot, slack: Slack, store: Store
) -> None:
    check = await check_of(bot, slack, store, FIELDS)
    assert check.view is not None
    assert button_texts(check.view) == ("Publish anyway", "Go back and change")
    words = words_of(check.blocks)
    assert "Aims of the activity: “07700 900123”\nThis looks like a phone number" in words
    assert "“hall at example dot org”" in words
    assert labels_of(check.blocks) == ["Change it", "Change it"]
    await bot.submit(check, {ids.CHECKS_FIELD: ALL})
    assert await status_of(store) == "published"


async def test_a_detail_leads_back_to_its_section_and_saving_to_the_draft(
    bot: Bot, slack: Slack, store: Store
) -> None:
    check = await check_of(bot, slack, store, FIELDS)
    assert check.view is not None
    await bot.press(check, "Change it")
    update = slack.last("views.update")
    assert update["view_id"] == check.view["id"]
    assert update["view"]["callback_id"] == ids.SAVE_SECTION

    form = Place(update["view"]["blocks"], view={**check.view, **update["view"]})
    assert await bot.submit(form, WHY) == {}

    below = slack.last("views.update")
    assert below["view_id"] == check.view["previous_view_id"]
    await bot.press(Place(below["view"]["blocks"], view={**check.view, **below["view"]}), "Publish")
    assert labels_of(last_view(slack).blocks) == ["Change it"]


async def test_a_text_that_waits_to_be_chosen_from_is_pointed_out_and_is_no_wall(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.create_case_study(make_study(dict(COMPLETE), status="draft"))
    saved = await store.case_studies.save_fields(
        TEAM, "s1", {"aims": "Pia's aims."}, author=person(PIA), at=AT, seen={"aims": 0}
    )
    assert saved.conflicts
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    overview = last_view(slack)
    await bot.press(overview, "Publish")
    check = on_top(slack, overview)
    assert "One text waits to be chosen from" in words_of(check.blocks)
    await bot.submit(check, {ids.CHECKS_FIELD: ALL})
    assert await status_of(store) == "published"


async def test_ten_details_are_shown_and_the_rest_counted(bot: Bot, slack: Slack, store: Store) -> None:
    many = " or ".join(f"07700 9001{number}" for number in range(10, 22))
    check = await check_of(bot, slack, store, {**COMPLETE, "aims": many})
    assert labels_of(check.blocks) == ["Change it"] * 10
    assert "And 2 more like these." in words_of(check.blocks)


async def test_what_was_emptied_meanwhile_is_named_and_nothing_is_published(
    bot: Bot, slack: Slack, store: Store
) -> None:
    check = await check_of(bot, slack, store, dict(COMPLETE))
    study = make_study()
    await store.case_studies.save_fields(TEAM, "s1", {"aims": ""}, author=study.owner, at=study.updated_at)
    answer = await bot.submit(check, {ids.CHECKS_FIELD: ALL})
    assert "Not published yet" in words_of(answer["view"]["blocks"])
    assert await status_of(store) == "draft"


async def test_an_old_button_on_a_published_one_says_that_it_is_out(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await overview_of(bot, slack, store, dict(COMPLETE))
    await store.case_studies.publish_case_study(TEAM, "s1", make_study().updated_at)
    await bot.press(overview, "Publish")
    assert "Your case study is published." in words_of(last_view(slack).blocks)
