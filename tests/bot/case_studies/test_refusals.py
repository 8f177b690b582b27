"""Who may not do what, and what they are told. A button can be old, so each is pressed as Slack sends it."""

import pytest

from bot.case_studies import ids
from storage.store import Store
from tests.bot.case_studies.examples import WHO, make_study, person
from tests.bot.case_studies.steps import begin, last_view, on_top
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Json, Place, Slack, User, shown_view, words_of

ROOT = shown_view({"type": "modal", "blocks": [], "title": {"type": "plain_text", "text": "Case study"}})


def press_of(action_id: str, value: str) -> Json:
    return {"type": "button", "block_id": "b", "action_id": action_id, "value": value}


def told(slack: Slack) -> str:
    return words_of(slack.last("views.push")["view"]["blocks"]).replace("\n", "")


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        (ids.OPEN_DRAFT, "s1"),
        (ids.WRITE_SECTION, "s1|who"),
        (ids.READ_THROUGH, "s1"),
        (ids.READ, "s1"),
        (ids.LATER_PART, "1|s1"),
        (ids.PUBLISH, "s1"),
        (ids.CHANGE_SECTION, "s1|who"),
        (ids.DELETE, "s1"),
        (ids.OPEN_SHARE, "s1"),
        (ids.OPEN_EXPORT, "s1"),
    ],
)
async def test_anothers_draft_looks_the_same_as_none(
    bot: Bot, slack: Slack, store: Store, action_id: str, value: str
) -> None:
    await bot.act(ROOT, press_of(action_id, value), user=BEN)
    none_at_all = told(slack)
    await store.case_studies.create_case_study(make_study(status="draft"))
    before = await store.case_studies.get_case_study(TEAM, "s1")

    await bot.act(ROOT, press_of(action_id, value), user=BEN)

    assert "There is no such case study for you to open." in told(slack)
    assert "Type /casestudy" in told(slack)
    assert told(slack) == none_at_all
    assert await store.case_studies.get_case_study(TEAM, "s1") == before


@pytest.mark.parametrize(
    ("action_id", "value"),
    [(ids.OPEN_DRAFT, "s1"), (ids.WRITE_SECTION, "s1|who"), (ids.PUBLISH, "s1"), (ids.DELETE, "s1")],
)
async def test_a_published_one_is_changed_by_its_author_only(
    bot: Bot, slack: Slack, store: Store, action_id: str, value: str
) -> None:
    await store.case_studies.import_case_study(make_study())
    await bot.act(ROOT, press_of(action_id, value), user=BEN)
    assert "Only <@U0ANNA>, who published this case study, can change it." in told(slack)
    assert await store.case_studies.get_case_study(TEAM, "s1") == make_study()


async def test_a_form_sent_by_somebody_else_changes_nothing(bot: Bot, slack: Slack, store: Store) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write")
    answer = await bot.submit(on_top(slack, overview), WHO, user=BEN)
    assert answer["response_action"] == "push"
    assert "There is no such case study" in words_of(answer["view"]["blocks"])
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert not study.answers


async def test_the_same_id_in_another_workspace_is_another_person(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.create_case_study(make_study(status="draft"))
    stranger = User(ANNA.id, PIA.team_id)
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"), user=stranger)
    assert "There is no such case study" in told(slack)


async def test_a_published_one_cannot_be_deleted(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study())
    await bot.act(ROOT, press_of(ids.DELETE, "s1"), user=ANNA)
    assert "has been published, so it cannot be deleted" in told(slack)
    assert await store.published.count(TEAM) == 1


async def test_a_draft_cannot_be_shared(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(status="draft"))
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await bot.act(ROOT, press_of(ids.OPEN_SHARE, "s1"), user=ANNA)
    answer = await bot.submit(last_view(slack), {"channel": "C1"})
    assert "Only a published case study can be shared" in answer["errors"]["channel"]
    assert await store.messages.dirty_messages() == []


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        (ids.OPEN_LIBRARY, ""),
        (ids.OLDER_STUDIES, "10|"),
        (ids.EXPORT_ALL, ""),
        (ids.OPEN_SHARE, "s1"),
    ],
)
async def test_the_library_is_for_people_of_the_workspace(
    bot: Bot, slack: Slack, store: Store, action_id: str, value: str
) -> None:
    await store.case_studies.import_case_study(make_study())
    await bot.act(ROOT, press_of(action_id, value), user=PIA)
    assert "The library belongs to the workspace that runs Common Ground. Ask somebody there" in told(slack)
    assert slack.called("chat.postMessage") == []


async def test_a_template_that_is_gone_is_said(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study(template_id="an-old-one"))
    await bot.command("/casestudy", "list")
    assert "an-old-one" in words_of(last_view(slack).blocks)
    await bot.press(last_view(slack), "Read")
    assert "template of this case study is no longer in use" in told(slack)
    await bot.act(ROOT, press_of(ids.BEGIN, "an-old-one"))
    assert "That template is no longer in use" in told(slack)


async def test_a_draft_deleted_meanwhile_is_said_and_the_form_stays(
    bot: Bot, slack: Slack, store: Store
) -> None:
    overview = await begin(bot, slack)
    await bot.press(overview, "Write")
    form: Place = on_top(slack, overview)
    (study,) = await store.case_studies.list_own(TEAM, person(ANNA))
    await store.case_studies.delete_draft(TEAM, study.id)
    answer = await bot.submit(form, WHO)
    assert answer["response_action"] == "push"
    assert "It may have been deleted" in words_of(answer["view"]["blocks"])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "older version"),
        ("nonsense", "older version"),
        ("s1|nowhere", "no longer in use"),
        ("x|y|z", "There is no such case study"),
    ],
)
async def test_a_value_that_we_do_not_make_now_is_answered_in_words(
    bot: Bot, slack: Slack, store: Store, value: str, words: str
) -> None:
    await store.case_studies.create_case_study(make_study(status="draft"))
    await bot.act(ROOT, press_of(ids.WRITE_SECTION, value))
    assert words in told(slack)
