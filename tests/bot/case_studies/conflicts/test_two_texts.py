"""Two people write the same field: neither text is lost, and somebody chooses."""

from datetime import timedelta

import pytest

from bot.case_studies import ids
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.case_study_history import Conflict
from storage.records.case_study_sections import SectionRequest
from storage.store import Store
from tests.bot.case_studies.examples import AT, HARD, WHO, WHY, make_study, person
from tests.bot.case_studies.steps import last_view, on_top
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Place,
    Slack,
    User,
    find_action,
    labels_of,
    shown_view,
    state_of,
    words_of,
)

ROOT = shown_view({"type": "modal", "blocks": [], "title": {"type": "plain_text", "text": "Case study"}})
ANNAS_AIMS, PIAS_AIMS = "Anna's aims.", "Pia's aims."


async def shared_draft(store: Store, section_id: str = "why") -> None:
    """Anna's draft, in which Pia of another agency is asked for a section."""
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    await store.sections.ask_section(SectionRequest(TEAM, "s1", section_id, person(PIA), person(ANNA), AT))


async def pia_writes(store: Store, after: int = 1, **values: FieldValue) -> CaseStudy:
    saved = await store.case_studies.save_fields(
        TEAM, "s1", values, author=person(PIA), at=AT + timedelta(minutes=after), title_field="activity"
    )
    return saved.study


async def form_of(bot: Bot, slack: Slack, label: str = "Write", nth: int = 1, user: User = ANNA) -> Place:
    """The form of the second section, lying on the overview."""
    await bot.act(ROOT, {"type": "button", "action_id": ids.OPEN_DRAFT, "value": "s1"}, user)
    overview = last_view(slack)
    await bot.press(overview, label, user, nth=nth)
    return on_top(slack, overview)


async def choice(bot: Bot, slack: Slack, store: Store) -> Place:
    """Both wrote the aims; Anna sent hers last and is shown both."""
    await shared_draft(store)
    form = await form_of(bot, slack)
    await pia_writes(store, aims=PIAS_AIMS)
    answer = await bot.submit(form, {"aims": ANNAS_AIMS})
    assert answer["response_action"] == "update"
    return shown_view({**(form.view or {}), **answer["view"]})


async def aims(store: Store) -> FieldValue:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study.answers["aims"].value


async def waiting(store: Store) -> list[Conflict]:
    return await store.case_studies.list_conflicts(TEAM, "s1")


async def said_on_first_page(bot: Bot, slack: Slack, user: User = ANNA) -> str:
    await bot.act(ROOT, {"type": "button", "action_id": ids.OPEN_DRAFT, "value": "s1"}, user)
    return words_of(last_view(slack).blocks)


async def test_both_texts_are_shown_with_who_wrote_them_and_when(
    bot: Bot, slack: Slack, store: Store
) -> None:
    view = await choice(bot, slack, store)
    words = words_of(view.blocks)
    assert words.index("<@U0PIA> wrote") < words.index(PIAS_AIMS) < words.index("<@U0ANNA> wrote")
    assert f"<!date^{int((AT + timedelta(minutes=1)).timestamp())}^" in words
    assert words.index("<@U0ANNA> wrote") < words.index(ANNAS_AIMS)
    (field,) = [block for block in view.blocks if block["type"] == "input"]
    assert field["element"]["initial_value"] == f"{PIAS_AIMS}\n\n{ANNAS_AIMS}"
    assert labels_of(view.blocks) == ["Keep this text", "Keep this text"]
    assert await aims(store) == PIAS_AIMS


@pytest.mark.parametrize(("nth", "kept"), [(0, PIAS_AIMS), (1, ANNAS_AIMS)])
async def test_either_text_can_be_kept_and_the_first_page_follows(
    bot: Bot, slack: Slack, store: Store, nth: int, kept: str
) -> None:
    view = await choice(bot, slack, store)
    assert "Two texts for one field" in await said_on_first_page(bot, slack)
    await bot.press(view, "Keep this text", nth=nth)
    assert await aims(store) == kept
    assert await waiting(store) == []
    refreshed = slack.called("views.update")
    assert "Your choice is kept" in words_of(refreshed[-2]["view"]["blocks"])
    assert "Two texts for one field" not in words_of(refreshed[-1]["view"]["blocks"])
    changes = await store.case_studies.list_changes(TEAM, "s1")
    assert {PIAS_AIMS, ANNAS_AIMS} <= {change.value for change in changes}


async def test_a_text_of_both_takes_the_place_of_both(bot: Bot, slack: Slack, store: Store) -> None:
    view = await choice(bot, slack, store)
    (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    answer = await bot.submit(view, {field: "Our aims."})
    assert "Your choice is kept" in words_of(answer["view"]["blocks"])
    assert await aims(store) == "Our aims."
    assert await waiting(store) == []


async def test_a_text_of_both_may_be_the_one_that_stands(bot: Bot, slack: Slack, store: Store) -> None:
    view = await choice(bot, slack, store)
    (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    await bot.submit(view, {field: PIAS_AIMS})
    assert await aims(store) == PIAS_AIMS
    assert await waiting(store) == []


async def test_a_text_of_both_that_is_too_long_is_refused_at_its_field(
    bot: Bot, slack: Slack, store: Store
) -> None:
    view = await choice(bot, slack, store)
    (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    answer = await bot.submit(view, {field: "x" * 6_001})
    assert "Shorten it to 6,000" in answer["errors"][field]
    assert await aims(store) == PIAS_AIMS


@pytest.mark.parametrize("way", ["theirs", "mine", "both"])
async def test_a_choice_on_what_has_changed_again_shows_the_newest(
    bot: Bot, slack: Slack, store: Store, way: str
) -> None:
    view = await choice(bot, slack, store)
    await pia_writes(store, after=2, aims="Pia's newest.")
    if way == "both":
        (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
        answer = await bot.submit(view, {field: "Our aims."})
        said = words_of(answer["view"]["blocks"])
        assert "Our aims." in said
    else:
        await bot.press(view, "Keep this text", nth=int(way == "mine"))
        said = words_of(slack.called("views.update")[-2]["view"]["blocks"])
        assert ANNAS_AIMS in said
    assert "somebody has changed this again meanwhile" in said
    assert "Pia's newest." in said
    assert await aims(store) == "Pia's newest."
    assert len(await waiting(store)) == 1


async def test_a_choice_left_open_stays_on_the_draft_for_both(bot: Bot, slack: Slack, store: Store) -> None:
    await choice(bot, slack, store)
    for user in (ANNA, PIA):
        assert "Aims of the activity, in Why: written by two people" in await said_on_first_page(
            bot, slack, user
        )
    overview = last_view(slack)
    await bot.press(overview, "Choose", PIA)
    await bot.press(on_top(slack, overview), "Keep this text", PIA, nth=1)
    assert await aims(store) == ANNAS_AIMS
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    assert study.answers["aims"].author == person(ANNA)


async def test_a_choice_that_has_been_made_says_so(bot: Bot, slack: Slack, store: Store) -> None:
    view = await choice(bot, slack, store)
    await bot.press(view, "Keep this text", nth=0)
    await bot.press(view, "Keep this text", nth=1)
    said = words_of(slack.called("views.update")[-2]["view"]["blocks"])
    assert "This choice has been made already." in said
    assert await aims(store) == PIAS_AIMS
    (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    answer = await bot.submit(view, {field: "Too late"})
    assert "This choice has been made already." in words_of(answer["view"]["blocks"])
    assert await aims(store) == PIAS_AIMS


async def test_several_fields_are_chosen_one_after_the_other(bot: Bot, slack: Slack, store: Store) -> None:
    await shared_draft(store)
    form = await form_of(bot, slack)
    await pia_writes(
        store, aims=PIAS_AIMS, ecm_outcomes=("stay-safe",), actual_outcomes="Left alone by Anna."
    )
    answer = await bot.submit(form, {"aims": ANNAS_AIMS, "ecm_outcomes": ["be-healthy"]})
    view = shown_view({**(form.view or {}), **answer["view"]})
    assert "After this one, 1 more to choose." in words_of(view.blocks)
    await bot.press(view, "Keep this text", nth=1)
    following = slack.called("views.update")[-2]["view"]
    second = shown_view({**(form.view or {}), **following})
    (ticks,) = [block for block in second.blocks if block["type"] == "input"]
    assert "dispatch_action" not in ticks
    assert [option["value"] for option in ticks["element"]["initial_options"]] == ["stay-safe", "be-healthy"]
    await bot.submit(second, {ticks["block_id"]: ["be-healthy", "stay-safe"]})
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    assert {name: answer.value for name, answer in study.answers.items() if name in WHY} == {
        "aims": ANNAS_AIMS,
        "ecm_outcomes": ("be-healthy", "stay-safe"),
        "actual_outcomes": "Left alone by Anna.",
    }
    assert await waiting(store) == []


async def test_next_shows_both_texts_first(bot: Bot, slack: Slack, store: Store) -> None:
    await shared_draft(store)
    form = await form_of(bot, slack)
    await pia_writes(store, aims=PIAS_AIMS)
    action = find_action(form.blocks, "Next: What")
    await bot.act(form, action, state=state_of(form.blocks, {"aims": ANNAS_AIMS}))
    shown = slack.called("views.update")[-2]["view"]
    assert shown["title"]["text"] == "Two texts"
    assert ANNAS_AIMS in words_of(shown["blocks"])


async def test_a_tick_that_crosses_anothers_is_said_and_the_form_keeps_what_it_had_seen(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await shared_draft(store)
    form = await form_of(bot, slack)
    await pia_writes(store, ecm_outcomes=("stay-safe",), aims=PIAS_AIMS)
    state = state_of(form.blocks, {"ecm_outcomes": ["be-healthy"]})
    action = {"type": "checkboxes", "block_id": "ecm_outcomes", "action_id": "ecm_outcomes"}
    await bot.act(form, action, state=state)
    again = slack.called("views.update")[-2]["view"]
    assert "Somebody else has changed this field meanwhile." in words_of(again["blocks"])
    assert again["private_metadata"] == (form.view or {})["private_metadata"]
    # Slack keeps the empty aims that Anna never touched, so sending them must not empty Pia's.
    sent = shown_view({**(form.view or {}), **again})
    answer = await bot.submit(sent, {"ecm_outcomes": ["be-healthy"]})
    assert "Two texts" in answer["view"]["title"]["text"]
    assert await aims(store) == PIAS_AIMS
    assert len(await waiting(store)) == 1


async def test_an_emptied_field_is_one_of_the_two_texts(bot: Bot, slack: Slack, store: Store) -> None:
    await shared_draft(store)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "At first."}, author=person(ANNA), at=AT)
    form = await form_of(bot, slack)
    await pia_writes(store, aims=PIAS_AIMS)
    answer = await bot.submit(form, {"aims": None})
    assert "Nothing: the field was emptied." in words_of(answer["view"]["blocks"])


async def test_the_longest_texts_fit_and_begin_with_the_one_set_aside(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await shared_draft(store)
    form = await form_of(bot, slack)
    await pia_writes(store, aims=(HARD * 6_000)[:6_000])
    answer = await bot.submit(form, {"aims": "y" * 5_000})
    inputs = [block for block in answer["view"]["blocks"] if block["type"] == "input"]
    assert len(inputs) == 2
    assert inputs[0]["element"]["initial_value"].startswith("y")


async def test_a_published_one_is_not_emptied_by_a_choice(bot: Bot, slack: Slack, store: Store) -> None:
    await shared_draft(store)
    before = await pia_writes(store, aims="At first.", description="What", actual_outcomes="x")
    await pia_writes(store, after=2, aims=PIAS_AIMS)
    seen = {"aims": before.last_change}
    await store.case_studies.save_fields(TEAM, "s1", {"aims": ""}, author=person(ANNA), at=AT, seen=seen)
    (conflict,) = await waiting(store)
    await store.case_studies.publish_case_study(TEAM, "s1", AT)
    value = ids.ConflictRef("s1", conflict.number, conflict.theirs_number).encode()
    await bot.act(ROOT, {"type": "button", "action_id": ids.KEEP_MINE, "value": value})
    assert "cannot be left empty" in words_of(slack.last("views.push")["view"]["blocks"])
    assert await aims(store) == PIAS_AIMS


@pytest.mark.parametrize("action_id", [ids.CHOOSE, ids.KEEP_THEIRS, ids.KEEP_MINE])
async def test_a_stranger_chooses_nothing(bot: Bot, slack: Slack, store: Store, action_id: str) -> None:
    view = await choice(bot, slack, store)
    value = find_action(view.blocks, "Keep this text")["value"]
    await bot.act(ROOT, {"type": "button", "action_id": action_id, "value": value}, BEN)
    assert "There is no such case study for you to open." in words_of(
        slack.last("views.push")["view"]["blocks"]
    )
    (field,) = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    answer = await bot.submit(view, {field: "Mine now"}, BEN)
    assert "There is no such case study for you to open." in words_of(answer["view"]["blocks"])
    assert await aims(store) == PIAS_AIMS


@pytest.mark.parametrize("action_id", [ids.CHOOSE, ids.KEEP_THEIRS, ids.KEEP_MINE])
async def test_whoever_writes_another_section_does_not_choose_here(
    bot: Bot, slack: Slack, store: Store, action_id: str
) -> None:
    view = await choice(bot, slack, store)
    await store.sections.ask_section(SectionRequest(TEAM, "s1", "what", person(BEN), person(ANNA), AT))
    value = find_action(view.blocks, "Keep this text")["value"]
    await bot.act(ROOT, {"type": "button", "action_id": action_id, "value": value}, BEN)
    said = words_of(slack.last("views.push")["view"]["blocks"])
    assert "This section is not asked of you, or no longer." in said
    assert await aims(store) == PIAS_AIMS
    await said_on_first_page(bot, slack, BEN)
    assert "Choose" not in labels_of(last_view(slack).blocks)
