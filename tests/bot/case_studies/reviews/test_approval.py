"""Approval by a second person: asked for, given, refused, out of date, and who may not."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.case_studies import ids
from bot.case_studies.publishing.checks import CHECKS
from bot.delivery.publisher import Publisher
from storage.records.audit import NOBODY
from storage.records.case_studies import CaseStudy
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, WHO, make_study, person
from tests.bot.case_studies.steps import last_view, on_top
from tests.bot.case_studies.test_refusals import ROOT, press_of, told
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

ALL = list(CHECKS)
ANSWERS = ["Read", "Approve", "Ask for changes"]


@pytest.fixture(autouse=True)
async def approval(store: Store) -> None:
    await store.settings.change(
        TEAM, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )


async def study_of(store: Store) -> CaseStudy:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study


async def overview_of(bot: Bot, slack: Slack) -> Place:
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    return last_view(slack)


async def check_of(bot: Bot, slack: Slack, store: Store) -> Place:
    await store.case_studies.create_case_study(make_study(status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Ask for approval")
    return on_top(slack, overview)


async def ask(bot: Bot, check: Place, reviewer: User = BEN, checks: Sequence[str] = ALL) -> Json:
    slack_team = {"team_id": reviewer.team_id}
    bot.slack.users[reviewer.id] = slack_team | bot.slack.users.get(reviewer.id, {})
    return await bot.submit(check, {ids.CHECKS_FIELD: checks, ids.REVIEWER_FIELD: reviewer.id})


async def asked(bot: Bot, slack: Slack, store: Store, reviewer: User = BEN) -> None:
    await ask(bot, await check_of(bot, slack, store), reviewer)
    assert (await study_of(store)).reviewer == person(reviewer)


async def sent(publisher: Publisher, slack: Slack, words: str) -> Json:
    """The last message that followed the rows and says this."""

    def found() -> list[Json]:
        calls = slack.called("chat.postMessage", "chat.update")
        return [call for call in calls if words in call["text"]]

    running = asyncio.create_task(publisher.run())
    try:
        async with asyncio.timeout(10):
            while not found():  # noqa: ASYNC110 - the stand-in for Slack tells nobody
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return found()[-1]


async def change(store: Store) -> None:
    await store.case_studies.save_fields(
        TEAM, "s1", {"aims": "Something else"}, author=person(ANNA), at=AT + timedelta(days=1)
    )


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


async def test_approved_the_owner_is_told_and_publishes(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    request = await sent(publisher, slack, "asks you to approve")
    await bot.press(shown_message(request), "Approve", user=BEN)
    decision = await sent(publisher, slack, "approved your case study")
    assert decision["channel"] == "D0ANNA"
    assert "You can publish it now." in decision["text"]
    followed = await sent(publisher, slack, "You approved it on")
    assert labels_of(followed["blocks"]) == ["Read"]
    await bot.press(shown_message(followed), "Read", user=BEN)
    assert str(COMPLETE["aims"]) in words_of(last_view(slack).blocks)

    await bot.press(shown_message(decision), "Publish")
    check = last_view(slack)
    assert check.view is not None
    assert check.view["submit"]["text"] == "Publish"
    await bot.submit(check, {ids.CHECKS_FIELD: ALL})
    assert (await study_of(store)).status == "published"
    out = await sent(publisher, slack, "It has been published.")
    assert labels_of(out["blocks"]) == []


async def test_the_overview_says_that_it_is_approved_and_publishes(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await asked(bot, slack, store)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    overview = await overview_of(bot, slack)
    assert "It can be published as it is now." in words_of(overview.blocks)
    assert "Publish" in labels_of(overview.blocks)


async def test_a_later_change_needs_another_review(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Publish")
    check = on_top(slack, overview)
    await change(store)

    answer = await bot.submit(check, {ids.CHECKS_FIELD: ALL})

    assert answer["view"]["submit"]["text"] == "Ask for approval"
    assert (await study_of(store)).status == "in_review"
    decision = await sent(publisher, slack, "It has been changed since")
    assert labels_of(decision["blocks"]) == ["Go on with it"]
    again = await overview_of(bot, slack)
    assert "It has been changed since it was approved" in words_of(again.blocks)
    await ask(bot, shown_view({**(check.view or {}), **answer["view"]}))
    assert (await study_of(store)).reviewer == person(BEN)


async def test_changes_need_a_reason_and_the_owner_reads_it(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    request = await sent(publisher, slack, "asks you to approve")
    await bot.press(shown_message(request), "Ask for changes", user=BEN)
    form = last_view(slack)
    empty = await bot.submit(form, {ids.REASON_FIELD: "   "}, user=BEN)
    assert empty["errors"] == {
        ids.REASON_FIELD: "Say what has to change, so that the author knows what to do."
    }
    long = await bot.submit(form, {ids.REASON_FIELD: "x" * 2_001}, user=BEN)
    assert long["errors"] == {ids.REASON_FIELD: "Shorten it to 2,000 characters or fewer."}
    assert (await study_of(store)).status == "in_review"

    assert await bot.submit(form, {ids.REASON_FIELD: "Name <the> hall."}, user=BEN) == {}

    assert (await study_of(store)).status == "draft"
    decision = await sent(publisher, slack, "asks for changes")
    assert decision["channel"] == "D0ANNA"
    assert "Name &lt;the&gt; hall." in decision["text"]
    assert "Name <the> hall." in words_of(decision["blocks"])
    assert labels_of(decision["blocks"]) == ["Go on with it"]
    followed = await sent(publisher, slack, "You asked for changes on")
    await bot.press(shown_message(followed), "Read", user=BEN)
    assert str(COMPLETE["aims"]) in words_of(last_view(slack).blocks)


async def test_what_was_withdrawn_is_not_offered_to_its_reviewer(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    await store.case_studies.publish_case_study(TEAM, "s1", AT)
    await store.case_studies.withdraw_case_study(TEAM, "s1", reason="", by=person(ANNA), at=AT)
    followed = await sent(publisher, slack, "You approved it on")
    assert labels_of(followed["blocks"]) == []


async def test_app_home_of_the_reviewer_shows_what_waits_until_it_is_decided(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await bot.event({"type": "app_home_opened", "user": BEN.id, "tab": "home", "channel": "D0BEN"})
    await sent(publisher, slack, "asks you to approve")
    async with asyncio.timeout(10):
        home = await until_home_says(publisher, slack, "asks you to approve *Saturday breakfast club*")
        await bot.press(shown_view(home), "Approve", user=BEN)
        await until_home_says(publisher, slack, "Nothing waits for you")
    assert await store.case_studies.is_approved(TEAM, "s1")


async def until_home_says(publisher: Publisher, slack: Slack, words: str) -> Json:
    running = asyncio.create_task(publisher.run())
    while True:
        homes = slack.called("views.publish")
        if homes and words in words_of(homes[-1]["view"]["blocks"]):
            break
        await asyncio.sleep(0.02)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return dict(homes[-1]["view"])


@pytest.mark.parametrize("action_id", [ids.APPROVE, ids.OPEN_CHANGES])
async def test_the_author_cannot_approve(bot: Bot, slack: Slack, store: Store, action_id: str) -> None:
    await asked(bot, slack, store)
    before = await study_of(store)
    await bot.act(ROOT, press_of(action_id, "s1"), user=ANNA)
    assert "You own this case study or wrote some of it, so you cannot approve it." in told(slack)
    assert await study_of(store) == before


async def test_a_reviewer_who_has_written_in_it_since_cannot_approve(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await asked(bot, slack, store)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Ben's"}, author=person(BEN), at=AT)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    assert "so you cannot approve it" in told(slack)
    assert not await store.case_studies.is_approved(TEAM, "s1")


@pytest.mark.parametrize("action_id", [ids.APPROVE, ids.OPEN_CHANGES])
async def test_whoever_is_not_asked_learns_nothing(
    bot: Bot, slack: Slack, store: Store, action_id: str
) -> None:
    await bot.act(ROOT, press_of(action_id, "s1"), user=PIA)
    none_at_all = told(slack)
    await asked(bot, slack, store)
    before = await study_of(store)
    await bot.act(ROOT, press_of(action_id, "s1"), user=PIA)
    assert told(slack) == none_at_all
    assert "This review is not asked of you" in none_at_all
    assert await study_of(store) == before


async def test_a_decision_is_made_once(bot: Bot, slack: Slack, store: Store) -> None:
    await asked(bot, slack, store)
    await bot.act(ROOT, press_of(ids.OPEN_CHANGES, "s1"), user=BEN)
    form = last_view(slack)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    answer = await bot.submit(form, {ids.REASON_FIELD: "Too late"}, user=BEN)
    assert "or not any more" in words_of(answer["view"]["blocks"])
    assert await store.case_studies.is_approved(TEAM, "s1")


async def test_a_form_from_before_approval_was_asked_for_asks_for_a_reviewer(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.settings.change(TEAM, lambda _: WorkspaceSettings(), by=NOBODY, at=datetime.now(UTC))
    await store.case_studies.create_case_study(make_study(status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Publish")
    await store.settings.change(
        TEAM, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )
    answer = await bot.submit(on_top(slack, overview), {ids.CHECKS_FIELD: ALL})
    assert "Who is to approve it" in words_of(answer["view"]["blocks"])
    assert (await study_of(store)).status == "draft"


async def test_what_is_missing_is_asked_for_before_a_reviewer(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Ask for approval")
    assert "Not published yet" in words_of(last_view(slack).blocks)


async def test_a_deleted_draft_is_said_in_the_message(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await sent(publisher, slack, "asks you to approve")
    await bot.act(ROOT, press_of(ids.DELETE, "s1"), user=ANNA)
    assert await sent(publisher, slack, "This draft has been deleted.")
