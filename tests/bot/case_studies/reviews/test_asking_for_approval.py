"""Approval by a second person: asked for, and of whom it cannot be asked."""

import pytest

from bot.case_studies import ids
from bot.delivery.publisher import Publisher
from storage.store import Store
from tests.bot.at_work import sent
from tests.bot.case_studies.examples import AT, COMPLETE, person
from tests.bot.case_studies.reviews.asking import (
    ALL,
    ANSWERS,
    approval,
    ask,
    asked,
    check_of,
    overview_of,
    study_of,
)
from tests.bot.case_studies.steps import last_view, on_top
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
    words_of,
)

__all__ = ["approval"]


async def test_publish_becomes_ask_for_approval(bot: Bot, slack: Slack, store: Store) -> None:
    check = await check_of(bot, slack, store)
    assert check.view is not None
    assert check.view["submit"]["text"] == "Ask for approval"
    assert "a second person approves each case study" in words_of(check.blocks)
    below = await overview_of(bot, slack)
    assert "Publish" not in labels_of(below.blocks)


async def test_the_reviewer_gets_a_message_and_the_author_is_told_who(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    answer = await ask(bot, await check_of(bot, slack, store))
    assert "<@U0BEN> has been asked by direct message" in words_of(answer["view"]["blocks"])
    below = slack.last("views.update")["view"]["blocks"]
    assert "Waiting for the approval of <@U0BEN>." in words_of(below)
    assert "Ask somebody else" in labels_of(below)
    request = await sent(publisher, slack, "asks you to approve")
    assert request["channel"] == "D0BEN"
    assert labels_of(request["blocks"]) == ANSWERS
    await bot.press(shown_message(request), "Read", user=BEN)
    assert str(COMPLETE["aims"]) in words_of(last_view(slack).blocks)


async def test_the_boxes_are_needed_here_too(bot: Bot, slack: Slack, store: Store) -> None:
    answer = await ask(bot, await check_of(bot, slack, store), checks=ALL[:2])
    assert list(answer["errors"]) == [ids.CHECKS_FIELD]
    assert (await study_of(store)).status == "draft"


@pytest.mark.parametrize(
    ("user", "known", "words"),
    [
        (ANNA, {}, "cannot approve it. Choose somebody who has not written in it."),
        (BEN, {"is_bot": True}, "An app cannot approve a case study."),
        (BEN, {"deleted": True}, "Choose a person whose account is open."),
        (User(""), {}, "Choose a person"),
    ],
    ids=["author", "app", "closed", "nobody"],
)
async def test_who_cannot_be_asked(
    bot: Bot, slack: Slack, store: Store, user: User, known: Json, words: str
) -> None:
    slack.users[user.id] = known
    answer = await ask(bot, await check_of(bot, slack, store), user)
    assert words in answer["errors"][ids.REVIEWER_FIELD]
    assert (await study_of(store)).status == "draft"
    assert await store.messages.dirty_messages() == []


async def test_nobody_whom_slack_does_not_know_is_asked(bot: Bot, slack: Slack, store: Store) -> None:
    check = await check_of(bot, slack, store)
    slack.refuse["users.info"] = "user_not_found"
    answer = await ask(bot, check)
    assert "Choose a person whose account is open." in answer["errors"][ids.REVIEWER_FIELD]


async def test_somebody_who_wrote_some_of_it_cannot_be_asked(bot: Bot, slack: Slack, store: Store) -> None:
    check = await check_of(bot, slack, store)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Ben's"}, author=person(BEN), at=AT)
    answer = await ask(bot, check)
    assert "wrote some of it cannot approve it" in answer["errors"][ids.REVIEWER_FIELD]


async def test_the_same_person_is_not_asked_twice_and_another_can_be(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await sent(publisher, slack, "asks you to approve")
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Ask somebody else")
    check = on_top(slack, overview)
    assert "They have been asked already" in (await ask(bot, check))["errors"][ids.REVIEWER_FIELD]
    await ask(bot, check, PIA)
    assert (await study_of(store)).reviewer == person(PIA)
    followed = await sent(publisher, slack, "Somebody else has been asked instead.")
    assert labels_of(followed["blocks"]) == []
