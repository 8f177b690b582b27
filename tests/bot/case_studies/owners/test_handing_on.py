"""A case study is handed on: by its owner, or once they have left by those who wrote it and by admins."""

from datetime import timedelta

import pytest

from bot.blocks import as_dicts
from bot.case_studies import home_source, ids
from bot.delivery.publisher import Publisher
from bot.sections import Shelf
from knowledge.model import Library
from storage.records.case_study_sections import SectionRequest
from storage.records.people import Person
from storage.store import Store
from tests.bot.at_work import sent
from tests.bot.case_studies.examples import (
    ANNAS,
    AT,
    BENS,
    COMPLETE,
    PIAS,
    WHO,
    make_study,
    person,
)
from tests.bot.case_studies.steps import last_view, on_top, post_card
from tests.bot.case_studies.test_refusals import ROOT, press_of, told
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Slack,
    User,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

CLARA = User("U0CLARA")


@pytest.fixture
async def draft(store: Store, slack: Slack) -> None:
    slack.users[PIA.id] = {"team_id": PIA.team_id}
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))


@pytest.fixture
async def published(store: Store, slack: Slack) -> None:
    slack.users[PIA.id] = {"team_id": PIA.team_id}
    await store.case_studies.import_case_study(make_study())


async def owner_of(store: Store) -> Person:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study.owner


async def write_some(store: Store, user: User) -> None:
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Theirs."}, author=person(user), at=AT)


async def hand_on(bot: Bot, slack: Slack, to: User, user: User = ANNA) -> Json:
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=user)
    return await bot.submit(last_view(slack), {ids.OWNER_FIELD: to.id}, user)


@pytest.mark.usefixtures("draft")
async def test_the_owner_hands_a_draft_on_to_another_agency(
    bot: Bot, slack: Slack, store: Store, library: Library, publisher: Publisher
) -> None:
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"))
    overview = last_view(slack)
    await bot.press(overview, "Hand it on")
    answer = await bot.submit(on_top(slack, overview), {ids.OWNER_FIELD: PIA.id})
    assert "<@U0PIA> owns it from now on" in words_of(answer["view"]["blocks"])
    assert await owner_of(store) == person(PIA)

    message = await sent(publisher, slack, "has made you the owner")
    assert message["channel"] == "D0PIA"
    assert "<@U0ANNA> has made you the owner of this case study." in message["text"]
    assert "Still missing: Aims of the activity" in message["text"]
    await bot.press(shown_message(message, "D0PIA"), "Go on with it", PIA)
    assert {"Publish", "Delete this draft", "Hand it on"} <= set(labels_of(last_view(slack).blocks))
    offer = home_source(store, library)
    assert "Saturday breakfast club" in words_of(as_dicts((await offer(PIAS))[Shelf.DRAFTS]))
    assert (await offer(ANNAS))[Shelf.DRAFTS] == []


@pytest.mark.usefixtures("draft")
async def test_who_gave_it_away_writes_in_it_no_more(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"))
    overview = last_view(slack)
    await bot.press(overview, "Hand it on")
    await bot.submit(on_top(slack, overview), {ids.OWNER_FIELD: BEN.id})
    below = slack.last("views.update")["view"]["blocks"]
    assert labels_of(below) == ["Read it through", "Has its owner left?", "History"]
    await bot.act(ROOT, press_of(ids.DELETE, "s1"))
    assert "Only <@U0BEN>, who owns this case study, can do this." in told(slack)


async def test_who_gave_away_a_draft_without_a_word_of_theirs_sees_it_no_more(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.create_case_study(make_study({}, status="draft"))
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"))
    overview = last_view(slack)
    await bot.press(overview, "Hand it on")
    answer = await bot.submit(on_top(slack, overview), {ids.OWNER_FIELD: BEN.id})
    assert answer["view"]["title"]["text"] == "Handed on"
    below = slack.last("views.update")["view"]["blocks"]
    assert "There is no such case study for you to open." in words_of(below)


@pytest.mark.usefixtures("published")
async def test_a_published_one_is_on_the_new_owners_app_home(
    bot: Bot, slack: Slack, store: Store, library: Library, publisher: Publisher
) -> None:
    await hand_on(bot, slack, BEN)
    message = await sent(publisher, slack, "has made you the owner")
    assert labels_of(message["blocks"]) == ["Read it", "Change it"]
    shelf = (await home_source(store, library)(BENS))[Shelf.PUBLISHED]
    home = shown_view({"type": "home", "blocks": as_dicts(shelf)})
    assert "by <@U0BEN>, published on" in words_of(home.blocks)
    await bot.press(home, "Read", BEN)
    assert "Change it" in labels_of(last_view(slack).blocks)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("end", "words"), [("withdrawn", "It has been withdrawn."), ("handed", "owns it now.")]
)
async def test_the_message_follows_what_becomes_of_it(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher, end: str, words: str
) -> None:
    await hand_on(bot, slack, BEN)
    await sent(publisher, slack, "has made you the owner")
    if end == "withdrawn":
        await store.case_studies.withdraw_case_study(
            TEAM, "s1", reason="No", by=person(BEN), at=AT + timedelta(hours=1)
        )
    else:
        await hand_on(bot, slack, PIA, BEN)
    followed = await sent(publisher, slack, words)
    assert followed["channel"] == "D0BEN"
    assert labels_of(followed["blocks"]) == (["Read it"] if end == "withdrawn" else [])


@pytest.mark.usefixtures("draft")
async def test_the_message_says_that_it_has_been_deleted(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await hand_on(bot, slack, BEN)
    await sent(publisher, slack, "has made you the owner")
    await bot.act(ROOT, press_of(ids.DELETE, "s1"), user=BEN)
    assert await sent(publisher, slack, "This draft has been deleted.")


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("to", "user", "words"),
    [
        (ANNA, {}, "They own this case study already."),
        (BEN, {"is_bot": True}, "That is an app, or an account that is no longer used."),
        (BEN, {"deleted": True}, "That is an app, or an account that is no longer used."),
        (User("USLACKBOT"), {}, "That is an app"),
        (User(""), {}, "Choose a person."),
    ],
    ids=["owner", "app", "closed", "slackbot", "nobody"],
)
async def test_to_whom_it_cannot_go(
    bot: Bot, slack: Slack, store: Store, to: User, user: Json, words: str
) -> None:
    slack.users[to.id] = user
    answer = await hand_on(bot, slack, to)
    assert words in answer["errors"][ids.OWNER_FIELD]
    assert await owner_of(store) == person(ANNA)
    assert await store.messages.dirty_messages() == []


@pytest.mark.usefixtures("draft")
async def test_nobody_whom_slack_does_not_know_gets_it(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"))
    slack.refuse["users.info"] = "user_not_found"
    answer = await bot.submit(last_view(slack), {ids.OWNER_FIELD: BEN.id})
    assert "Choose a person." in answer["errors"][ids.OWNER_FIELD]
    assert await owner_of(store) == person(ANNA)


@pytest.mark.usefixtures("published")
async def test_while_the_owner_is_there_nobody_else_hands_it_on(bot: Bot, slack: Slack, store: Store) -> None:
    slack.users[CLARA.id] = {"is_admin": True}
    await write_some(store, PIA)
    for user in (BEN, PIA, CLARA):
        await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=user)
        assert "Only <@U0ANNA>, who owns this case study, can hand it on" in told(slack)
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"))
    answer = await bot.submit(last_view(slack), {ids.OWNER_FIELD: PIA.id}, PIA)
    assert "can hand it on: their account is open." in words_of(answer["view"]["blocks"])
    assert await owner_of(store) == person(ANNA)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("status", ["published", "withdrawn"])
async def test_once_the_owner_has_left_a_writer_hands_it_on(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher, status: str
) -> None:
    await write_some(store, PIA)
    if status == "withdrawn":
        await store.case_studies.withdraw_case_study(TEAM, "s1", reason="No", by=person(ANNA), at=AT)
    slack.users[ANNA.id] = {"deleted": True}
    await bot.act(ROOT, press_of(ids.READ, "s1"), user=PIA)
    reading = last_view(slack)
    await bot.press(reading, "Has its owner left?", PIA)
    form = on_top(slack, reading)
    assert "Its owner, <@U0ANNA>, has left." in words_of(form.blocks)
    answer = await bot.submit(form, {ids.OWNER_FIELD: BEN.id}, PIA)
    assert answer["view"]["title"]["text"] == "Handed on"
    assert await owner_of(store) == person(BEN)
    message = await sent(publisher, slack, "<@U0PIA> has made you the owner")
    assert message["channel"] == "D0BEN"


@pytest.mark.usefixtures("draft")
async def test_whoever_is_asked_to_write_a_section_is_a_writer(bot: Bot, slack: Slack, store: Store) -> None:
    await store.sections.ask_section(SectionRequest(TEAM, "s1", "why", person(PIA), person(ANNA), AT))
    slack.users[ANNA.id] = {"deleted": True}
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"), user=PIA)
    assert "Has its owner left?" in labels_of(last_view(slack).blocks)
    await hand_on(bot, slack, PIA, PIA)
    assert await owner_of(store) == person(PIA)


@pytest.mark.usefixtures("draft")
async def test_a_reviewer_is_no_writer(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.request_review(TEAM, "s1", reviewer=person(PIA), by=person(ANNA), at=AT)
    slack.users[ANNA.id] = {"deleted": True}
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"), user=PIA)
    assert labels_of(last_view(slack).blocks) == ["Read it through"]
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=PIA)
    assert "<@U0ANNA>, who owned this case study, has left." in told(slack)


@pytest.mark.usefixtures("draft")
async def test_an_admin_hands_on_what_somebody_left_behind(bot: Bot, slack: Slack, store: Store) -> None:
    slack.users |= {CLARA.id: {"is_admin": True}, ANNA.id: {"deleted": True}}
    answer = await hand_on(bot, slack, BEN, CLARA)
    assert answer["view"]["title"]["text"] == "Handed on"
    assert await owner_of(store) == person(BEN)


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("user", [BEN, PIA, CLARA], ids=["colleague", "partner", "admin"])
async def test_a_draft_is_none_at_all_to_a_stranger(bot: Bot, slack: Slack, store: Store, user: User) -> None:
    slack.users[CLARA.id] = {"is_admin": True}
    if user is not CLARA:
        slack.users[ANNA.id] = {"deleted": True}
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=user)
    assert "There is no such case study for you to open." in told(slack)
    assert await owner_of(store) == person(ANNA)


@pytest.mark.usefixtures("published")
async def test_who_neither_wrote_it_nor_is_admin_is_told_who_may(
    bot: Bot, slack: Slack, store: Store
) -> None:
    slack.users[ANNA.id] = {"deleted": True}
    await post_card(store)
    for user in (BEN, PIA):
        await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=user)
        assert "<@U0ANNA>, who owned this case study, has left." in told(slack)
        assert "Ask one of them." in told(slack)


@pytest.mark.usefixtures("published")
async def test_when_slack_does_not_say_nobody_stands_in(bot: Bot, slack: Slack, store: Store) -> None:
    await write_some(store, PIA)
    slack.refuse["users.info"] = "missing_scope"
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=PIA)
    assert "this reference: " in told(slack)
    slack.refuse["users.info"] = "user_not_found"
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"), user=PIA)
    assert last_view(slack).view is not None
    assert "has left" in words_of(last_view(slack).blocks)


@pytest.mark.usefixtures("published")
async def test_a_form_from_before_another_owner_changes_nothing(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"))
    form = last_view(slack)
    await hand_on(bot, slack, PIA)
    answer = await bot.submit(form, {ids.OWNER_FIELD: BEN.id})
    refusal = words_of(answer["view"]["blocks"]).replace("\n", "")
    assert "Only <@U0PIA>, who owns this case study, can hand it on" in refusal
    assert await owner_of(store) == person(PIA)


async def test_what_is_unknown_is_none_at_all(bot: Bot, slack: Slack) -> None:
    await bot.act(ROOT, press_of(ids.HAND_ON, "s1"))
    assert "There is no such case study for you to open." in told(slack)


@pytest.mark.usefixtures("published")
async def test_a_reviewer_who_gets_a_draft_reviews_it_no_more(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(COMPLETE, study_id="s2", status="draft"))
    await store.case_studies.request_review(TEAM, "s2", reviewer=person(BEN), by=person(ANNA), at=AT)
    await bot.act(ROOT, press_of(ids.HAND_ON, "s2"))
    await bot.submit(last_view(slack), {ids.OWNER_FIELD: BEN.id})
    study = await store.case_studies.get_case_study(TEAM, "s2")
    assert study is not None
    assert (study.owner, study.status, study.reviewer) == (person(BEN), "draft", None)


async def test_what_somebody_owns_is_listed_page_by_page(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Your published case studies")
    assert "You own no case study that has been published." in words_of(last_view(slack).blocks)
    for number in range(12):
        study = make_study(study_id=f"s{number}", title=f"Study {number}", at=AT + timedelta(days=number))
        await store.case_studies.import_case_study(study)
    await store.case_studies.withdraw_case_study(TEAM, "s11", reason="No", by=person(ANNA), at=AT)
    await store.case_studies.import_case_study(make_study(study_id="bens", title="Bens", owner=person(BEN)))
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Your published case studies")
    first = words_of(last_view(slack).blocks)
    assert "Study 11" in first
    assert "withdrawn on" in first
    assert "Study 1\n" not in first
    assert "Bens" not in first
    await bot.press(last_view(slack), "More case studies")
    assert labels_of(last_view(slack).blocks) == ["Read", "Read", "Previous case studies"]
    await bot.press(last_view(slack), "Previous case studies")
    assert "Study 11" in words_of(last_view(slack).blocks)


async def test_app_home_leads_to_all_that_somebody_owns(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    for number in range(6):
        await store.case_studies.import_case_study(make_study(study_id=f"s{number}", title=f"Study {number}"))
    shelf = (await home_source(store, library)(ANNAS))[Shelf.PUBLISHED]
    home = shown_view({"type": "home", "blocks": as_dicts(shelf)})
    assert labels_of(home.blocks) == [*["Read"] * 5, "All your published case studies"]
    await bot.press(home, "All your published case studies")
    assert labels_of(last_view(slack).blocks) == ["Read"] * 6
