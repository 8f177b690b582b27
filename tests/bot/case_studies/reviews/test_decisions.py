"""What the second person decides: approved, changes wanted, and what is out of date since."""

from bot.case_studies import ids
from bot.delivery.publisher import Publisher
from storage.store import Store
from tests.bot.at_work import at_work, home_that_says, sent
from tests.bot.case_studies.examples import AT, COMPLETE, person
from tests.bot.case_studies.reviews.asking import (
    ALL,
    approval,
    ask,
    asked,
    change,
    overview_of,
    study_of,
)
from tests.bot.case_studies.steps import last_view, on_top
from tests.bot.case_studies.test_refusals import ROOT, press_of
from tests.slack import (
    ANNA,
    BEN,
    TEAM,
    Bot,
    Slack,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

__all__ = ["approval"]


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
    async with at_work(publisher):
        home = await home_that_says(slack, "asks you to approve *Saturday breakfast club*")
        await bot.press(shown_view(home["view"]), "Approve", user=BEN)
        await home_that_says(slack, "Nothing waits for you")
    assert await store.case_studies.is_approved(TEAM, "s1")
