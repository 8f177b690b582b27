"""Who wrote what, the versions and what changed between them, through the real app."""

from datetime import timedelta

import pytest

from bot.case_studies import ids
from bot.case_studies.history import ids as history_ids
from storage.store import Store
from tests.bot.case_studies.examples import AT, WHO, make_study, person
from tests.bot.case_studies.history.conftest import save
from tests.bot.case_studies.steps import last_view, on_top, post_card
from tests.bot.case_studies.test_refusals import ROOT, press_of, told
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Json, Place, Slack, User, labels_of, shown_view, words_of


async def history_of(bot: Bot, slack: Slack, user: User = ANNA) -> Place:
    await bot.act(ROOT, press_of(history_ids.OPEN, "s1"), user=user)
    return on_top(slack, ROOT)


def styled(view: Place) -> list[tuple[str, str]]:
    """What is shown as removed and as added."""
    found = []
    for block in view.blocks:
        for part in block.get("elements", []) if block["type"] == "rich_text" else []:
            for element in part["elements"]:
                style = element.get("style", {})
                if style:
                    found.append((element["text"], ",".join(style)))
    return found


async def test_a_draft_shows_its_authors_who_wrote_what_newest_first(
    bot: Bot, slack: Slack, draft: Store
) -> None:
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"))
    overview = last_view(slack)
    await bot.press(overview, "History")
    words = words_of(on_top(slack, overview).blocks)
    steps = [
        "Who\n<@U0ANNA> wrote Target group",
        "Why\n<@U0ANNA> wrote Aims of the activity",
        "Why\n<@U0PIA> wrote Aims of the activity, ECM outcome(s) met",
        "Who\n<@U0ANNA> wrote Name of the organisation, Multi-agency activity, Target group",
    ]
    places = [words.replace("*", "").index(step) for step in steps]
    assert places == sorted(places)


async def test_a_step_shows_what_it_removed_and_added(bot: Bot, slack: Slack, draft: Store) -> None:
    history = await history_of(bot, slack, PIA)
    await bot.press(history, "What changed", nth=1, user=PIA)
    compared = last_view(slack)
    assert styled(compared) == [("[+who never come]", "bold")]
    assert "To meet parents" in words_of(compared.blocks)
    await bot.press(compared, "Back to who wrote what", user=PIA)
    assert labels_of(last_view(slack).blocks) == labels_of(history.blocks)


async def test_reviews_and_texts_that_were_set_aside_have_their_place(
    bot: Bot, slack: Slack, reviewed: Store
) -> None:
    studies = reviewed.case_studies
    await studies.decide_review(
        TEAM, "s1", "changes_wanted", by=person(BEN), at=AT + timedelta(hours=4), note="Say where"
    )
    saved = await studies.save_fields(
        TEAM, "s1", {"aims": "Pia's"}, author=person(PIA), at=AT + timedelta(hours=5), seen={"aims": 4}
    )
    (conflict,) = saved.conflicts
    history = await history_of(bot, slack)
    words = words_of(history.blocks)
    assert "<@U0PIA> wrote Aims of the activity at the same time as somebody else." in words
    assert "<@U0BEN> asked for changes" in words
    assert "Say where" not in words
    assert "<@U0ANNA> asked <@U0BEN> for approval" in words
    await bot.press(history, "What changed")
    assert styled(last_view(slack)) == [
        ("[−To meet parents who never come.]", "strike"),
        ("[+Pia's]", "bold"),
    ]
    await studies.resolve_conflict(
        TEAM, "s1", conflict.number, keep="theirs", seen=99, by=person(ANNA), at=AT + timedelta(hours=6)
    )
    history = await history_of(bot, slack)
    assert "<@U0ANNA> chose the text that stood for Aims of the activity" in words_of(history.blocks)
    await bot.press(history, "What changed")
    assert ("[−Pia's]", "strike") in styled(last_view(slack))


async def test_many_steps_are_turned_like_pages_and_back_leads_to_the_same_page(
    bot: Bot, slack: Slack, draft: Store
) -> None:
    for number in range(30):
        await save(draft, ANNA, 10 + number, aims=f"Try {number}")
    newest = await history_of(bot, slack)
    assert labels_of(newest.blocks).count("What changed") == 10
    assert labels_of(newest.blocks)[-1] == "Older"
    await bot.press(newest, "Older")
    second = last_view(slack)
    assert labels_of(second.blocks)[-2:] == ["Newer", "Older"]
    await bot.press(second, "What changed")
    assert styled(last_view(slack)) == [("[−18]", "strike"), ("[+19]", "bold")]
    await bot.press(last_view(slack), "Back to who wrote what")
    assert words_of(last_view(slack).blocks) == words_of(second.blocks)
    await bot.press(last_view(slack), "Newer")
    assert words_of(last_view(slack).blocks) == words_of(newest.blocks)


async def test_an_untouched_draft_says_that_nothing_has_been_written(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.create_case_study(make_study({}, status="draft"))
    history = await history_of(bot, slack)
    assert "Nothing has been written yet." in words_of(history.blocks)
    assert labels_of(history.blocks) == []


async def read(bot: Bot, slack: Slack, user: User) -> Place:
    await bot.act(ROOT, press_of(ids.READ, "s1"), user=user)
    return on_top(slack, ROOT)


async def test_a_published_one_lists_its_versions_for_people_of_the_workspace(
    bot: Bot, slack: Slack, published: Store
) -> None:
    await bot.press(await read(bot, slack, BEN), "History", user=BEN)
    history = last_view(slack)
    words = words_of(history.blocks).replace("*", "")
    assert "3 versions, the newest first." in words
    assert words.index("Version 3: changed by <@U0ANNA>") < words.index("Version 2: changed by")
    assert "Changed: Aims of the activity, ECM outcome(s) met" in words
    assert "Version 1: published by <@U0ANNA>" in words
    assert labels_of(history.blocks) == [
        "What changed",
        "What changed",
        "Compare with the present",
        "Compare with the present",
    ]
    await bot.press(history, "What changed", user=BEN)
    compared = last_view(slack)
    assert styled(compared) == [("[+who never come]", "bold"), ("[−Enjoy and achieve]", "strike")]
    assert "One stayed." in words_of(compared.blocks)
    assert "version 2, changed by" in words_of(compared.blocks)
    await bot.press(compared, "Back to the versions", user=BEN)
    assert words_of(last_view(slack).blocks) == words_of(history.blocks)
    await bot.press(history, "Compare with the present", nth=1, user=BEN)
    assert styled(last_view(slack))[:2] == [
        ("[−find Mrs Smith]", "strike"),
        ("[+meet parents who never come]", "bold"),
    ]


async def test_the_authors_have_the_way_to_who_wrote_what_before_it_came_out(
    bot: Bot, slack: Slack, published: Store
) -> None:
    for author in (ANNA, PIA):
        history = await history_of(bot, slack, author)
        await bot.press(history, "Who wrote what, by section", user=author)
        steps = last_view(slack)
        assert "<@U0PIA> wrote Brief description of the activity" in words_of(steps.blocks)
        assert "<@U0ANNA> published it" in words_of(steps.blocks)
        await bot.press(steps, "Its versions", user=author)
        assert words_of(last_view(slack).blocks) == words_of(history.blocks)


async def test_versions_that_say_the_same_differ_in_nothing(bot: Bot, slack: Slack, published: Store) -> None:
    await save(
        published, ANNA, 5, aims="To find Mrs Smith.", ecm_outcomes=("be-healthy", "enjoy-and-achieve")
    )
    history = await history_of(bot, slack, BEN)
    await bot.press(history, "Compare with the present", nth=2, user=BEN)
    assert "Nothing differs between the two." in words_of(last_view(slack).blocks)


async def test_an_unchanged_one_says_so(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study())
    history = await history_of(bot, slack, BEN)
    assert "It has not been changed since it was published." in words_of(history.blocks)
    assert labels_of(history.blocks) == []


OUTSIDER = User("U0PAT", PIA.team_id)


async def test_people_of_other_workspaces_see_the_present_version_alone(
    bot: Bot, slack: Slack, published: Store
) -> None:
    await post_card(published)
    await bot.press(await read(bot, slack, OUTSIDER), "History", user=OUTSIDER)
    history = last_view(slack)
    words = words_of(history.blocks).replace("*", "")
    assert "Version 3: changed by <@U0ANNA>" in words
    assert "Version 2" not in words
    assert "Changed:" not in words
    assert "You see the present version." in words
    assert labels_of(history.blocks) == []


@pytest.mark.parametrize(
    ("action_id", "value", "user", "words"),
    [
        (history_ids.COMPARE, "s1|versions|1|2|0", OUTSIDER, "Earlier versions are for the authors and"),
        (history_ids.COMPARE, "s1|changes|1|9|0", OUTSIDER, "is for the people who write it"),
        (history_ids.COMPARE, "s1|changes|1|9|0", BEN, "is for the people who write it"),
        (history_ids.STEPS, "0|s1", BEN, "is for the people who write it. You can read what it says now."),
        (history_ids.STEPS, "0|s1", OUTSIDER, "<@U0ANNA>, who owns it, can tell you more."),
        (history_ids.COMPARE, "s1|versions|1|77|0", BEN, "press History once more"),
        (history_ids.COMPARE, "s1|changes|1|77|0", ANNA, "press History once more"),
    ],
)
async def test_who_may_not_see_what_of_a_published_one(
    bot: Bot, slack: Slack, published: Store, action_id: str, value: str, user: User, words: str
) -> None:
    await post_card(published)
    await bot.act(ROOT, press_of(action_id, value), user=user)
    assert words in told(slack)
    assert "Mrs Smith" not in words_of(last_view(slack).blocks)


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        (history_ids.OPEN, "s1"),
        (history_ids.VERSIONS, "0|s1"),
        (history_ids.STEPS, "0|s1"),
        (history_ids.COMPARE, "s1|versions|1|2|0"),
        (history_ids.COMPARE, "s1|changes|1|3|0"),
    ],
)
async def test_a_draft_and_a_withdrawn_one_have_no_history_for_others(
    bot: Bot, slack: Slack, published: Store, store: Store, action_id: str, value: str
) -> None:
    at = AT + timedelta(days=1)
    await store.case_studies.withdraw_case_study(TEAM, "s1", reason="", by=person(ANNA), at=at)
    await bot.act(ROOT, press_of(action_id, value), user=BEN)
    assert "was withdrawn on 3 March 2026" in told(slack)
    await store.case_studies.create_case_study(make_study(WHO, study_id="s2", status="draft"))
    await bot.act(ROOT, press_of(action_id, value.replace("s1", "s2")), user=BEN)
    assert "There is no such case study for you to open." in told(slack)


async def test_a_withdrawn_one_keeps_its_history_for_its_authors(
    bot: Bot, slack: Slack, published: Store
) -> None:
    at = AT + timedelta(days=1)
    await published.case_studies.withdraw_case_study(TEAM, "s1", reason="", by=person(ANNA), at=at)
    history = await history_of(bot, slack, PIA)
    assert "3 versions" in words_of(history.blocks)
    await bot.press(history, "Who wrote what, by section", user=PIA)
    assert "<@U0ANNA> withdrew it" in words_of(last_view(slack).blocks)


async def test_a_reviewer_sees_the_draft_and_not_its_history(bot: Bot, slack: Slack, reviewed: Store) -> None:
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"), user=BEN)
    assert "History" not in labels_of(last_view(slack).blocks)
    for action_id, value in (
        (history_ids.OPEN, "s1"),
        (history_ids.STEPS, "0|s1"),
        (history_ids.COMPARE, "s1|changes|4|5|0"),
    ):
        await bot.act(ROOT, press_of(action_id, value), user=BEN)
        assert "is for the people who write it" in told(slack)
    view = await read(bot, slack, BEN)
    assert "Written by" not in words_of(view.blocks)


async def test_the_authors_of_a_draft_read_who_wrote_each_answer(
    bot: Bot, slack: Slack, draft: Store
) -> None:
    for user in (ANNA, PIA):
        await bot.act(ROOT, press_of(ids.READ_THROUGH, "s1"), user=user)
        words = words_of(last_view(slack).blocks)
        assert words.count("Written by <@U0ANNA> on") == 4
        assert words.count("Written by <@U0PIA> on") == 1
        assert words.index("Be healthy") < words.index("Written by <@U0PIA> on")


async def test_a_published_one_names_all_who_wrote_it(bot: Bot, slack: Slack, published: Store) -> None:
    words = words_of((await read(bot, slack, BEN)).blocks)
    assert "Written by <@U0ANNA> and <@U0PIA>" in words
    assert words.count("Written by") == 1


async def test_where_the_owner_wrote_alone_the_byline_says_it(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study())
    words = words_of((await read(bot, slack, BEN)).blocks)
    assert "by <@U0ANNA>" in words
    assert "Written by" not in words


async def test_a_refusal_on_the_third_modal_takes_its_place(bot: Bot, slack: Slack, published: Store) -> None:
    stack: Json = {"root_view_id": "V1", "previous_view_id": "V2", "type": "modal", "blocks": []}
    await bot.act(shown_view(stack), press_of(history_ids.STEPS, "0|s1"), user=BEN)
    assert "is for the people who write it" in words_of(slack.last("views.update")["view"]["blocks"])


async def test_a_field_that_the_template_has_no_more_keeps_its_history(
    bot: Bot, slack: Slack, published: Store
) -> None:
    await save(published, ANNA, 5, an_old_field="Kept *as* it was")
    history = await history_of(bot, slack)
    await bot.press(history, "What changed")
    assert "an_old_field" in words_of(last_view(slack).blocks)
    assert styled(last_view(slack)) == [("[+Kept *as* it was]", "bold")]
    await bot.press(history, "Who wrote what, by section")
    assert "Fields that the template has no more" in words_of(last_view(slack).blocks)
