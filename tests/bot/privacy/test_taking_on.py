"""Somebody who owned what others wrote in too is erased: one of those takes it on, or it goes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.publisher import Publisher
from bot.privacy.erasing.views import OFFER, REMOVE
from bot.privacy.shelf import SHOWN
from sandbox.limits import view_faults
from storage.records.case_studies import CaseStudy, CaseStudyStatus
from storage.store import Store
from tests.bot.at_work import at_work, home_that_says, sent
from tests.bot.case_studies.examples import COMPLETE, make_study, person
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.everything import NOW
from tests.bot.privacy.steps import erase, erasing_form
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Slack, labels_of, shown_message, shown_view, words_of
from tests.storage.traces import found_in


async def ours(store: Store, status: CaseStudyStatus = "draft") -> None:
    """Anna's case study, in which Ben and Pia of a partner's wrote too."""
    await store.case_studies.import_case_study(make_study(COMPLETE, status="draft"))
    for user, field in ((BEN, "aims"), (PIA, "description")):
        await store.case_studies.save_fields(
            TEAM, "s1", {field: f"{field} of {user.id}"}, author=person(user), at=NOW
        )
    if status == "published":
        await store.case_studies.publish_case_study(TEAM, "s1", NOW)


async def study(store: Store) -> CaseStudy | None:
    return await store.case_studies.get_case_study(TEAM, "s1")


async def after_thirty_days(store: Store, clock: WholeClock) -> None:
    for work in await store.work.claim(datetime.now(UTC) + timedelta(days=31), 0, 100):
        await clock._handlers[work.kind](work)
        await store.work.finish(work)


async def test_it_is_said_first_what_is_offered_to_whom(bot: Bot, slack: Slack, store: Store) -> None:
    await ours(store)
    bens = replace(make_study({"activity": "Ours"}, status="draft", owner=person(BEN)), id="bens", title="B<")
    await store.case_studies.import_case_study(bens)
    await store.case_studies.save_fields(TEAM, "bens", {"aims": "Annas"}, author=person(ANNA), at=NOW)
    said = " ".join(words_of((await erasing_form(bot, slack)).blocks).split())
    assert "*Saturday breakfast club*: <@U0PIA>, <@U0BEN>" in said
    assert "a draft is removed with what they wrote in it" in said
    assert "*B&lt;*, owned by <@U0BEN>" in said
    assert "draft that you own and nobody else wrote in" not in said


@pytest.mark.parametrize("status", ["draft", "published"])
async def test_the_first_who_takes_it_on_owns_it_and_decides_about_the_texts(
    bot: Bot,
    slack: Slack,
    store: Store,
    clock: WholeClock,
    publisher: Publisher,
    url: str,
    status: CaseStudyStatus,
) -> None:
    await ours(store, status)
    await erase(bot, slack, texts=OFFER)
    await clock.look()
    assert found_in(url, ANNA.id) == []
    offer = await sent(publisher, slack, "You wrote in it too")
    asked = {
        call["channel"] for call in slack.called("chat.postMessage") if "You wrote in it too" in call["text"]
    }
    assert asked == {"D0BEN", "D0PIA"}
    place = shown_message(offer, "D0PIA")
    await bot.press(place, "Take it on", user=PIA)
    now = await study(store)
    assert now is not None
    assert (now.owner, now.status) == (person(PIA), status)
    assert now.answers["aims"].value == "aims of U0BEN"
    assert "<@U0PIA> owns it now." in (await sent(publisher, slack, "owns it now"))["text"]
    await bot.press(place, "Take it on", user=BEN)
    assert "not offered to you, or not any more" in slack.last("response_url")["text"]
    # What Anna wrote in it is hers to decide about from now on.
    texts = shown_message(await sent(publisher, slack, "stands in it without a name"), "D0PIA")
    await bot.press(texts, "Remove", user=PIA)
    left = await study(store)
    assert left is not None
    assert set(left.answers) == {"aims", "description"}


async def test_nobody_else_takes_it_on(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, publisher: Publisher
) -> None:
    await ours(store)
    bens_only = {"description": ""}
    await store.case_studies.save_fields(TEAM, "s1", bens_only, author=person(PIA), at=NOW)
    await erase(bot, slack, texts=REMOVE)
    await clock.look()
    place = shown_message(await sent(publisher, slack, "You wrote in it too"), "D0BEN")
    await bot.press(place, "Take it on", user=PIA)
    assert "not offered to you" in slack.last("response_url")["text"]
    now = await study(store)
    assert now is not None
    assert now.owner.team_id == "erased"
    assert set(now.answers) == {"aims"}, "her own texts went at once"


async def test_app_home_shows_what_waits_and_what_comes_of_it(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, publisher: Publisher
) -> None:
    await ours(store)
    await bot.event({"type": "app_home_opened", "user": BEN.id, "tab": "home", "channel": "D0BEN"})
    async with at_work(publisher):
        await home_that_says(slack, "Nothing waits for you")
        await erase(bot, slack, texts=OFFER)
        await clock.look()
        home = await home_that_says(slack, "Whoever owned it has been erased")
        await bot.press(shown_view(home["view"]), "Take it on", user=BEN)
        home = await home_that_says(slack, "Does their text stay, without a name?")
        assert view_faults(home["view"]) == []
        slack.calls.clear()
        await bot.press(shown_view(home["view"]), "Keep without a name", user=BEN)
        await home_that_says(slack, "Nothing waits for you")


async def test_many_offers_with_the_longest_titles_fit_into_app_home(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, publisher: Publisher
) -> None:
    for number in range(7):
        theirs = make_study(COMPLETE, status="draft", study_id=f"long{number}", title="&😀" * 1_500)
        await store.case_studies.import_case_study(theirs)
        await store.case_studies.save_fields(TEAM, theirs.id, {"aims": "Ours"}, author=person(BEN), at=NOW)
    await erase(bot, slack, texts=OFFER)
    await clock.look()
    await bot.event({"type": "app_home_opened", "user": BEN.id, "tab": "home", "channel": "D0BEN"})
    async with at_work(publisher):
        home = await home_that_says(slack, "Whoever owned it has been erased")
    assert view_faults(home["view"]) == []
    assert labels_of(home["view"]["blocks"]).count("Take it on") == SHOWN


@pytest.mark.parametrize("status", ["draft", "published"])
async def test_what_nobody_takes_on_goes_after_thirty_days(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, url: str, status: CaseStudyStatus
) -> None:
    await ours(store, status)
    await erase(bot, slack, texts=OFFER)
    await clock.look()
    assert await study(store) is not None
    await after_thirty_days(store, clock)
    now = await study(store)
    kinds = [line.kind for line in await store.audit.list_entries(TEAM, limit=20)]
    if status == "draft":
        assert now is None
        assert "draft_left" in kinds
    else:
        assert now is not None
        assert (now.status, now.title) == ("withdrawn", "")
        assert "withdrawn" in kinds
    assert found_in(url, "breakfast") == []


async def test_handed_on_by_an_admin_meanwhile_its_new_owner_decides_about_the_texts(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, publisher: Publisher
) -> None:
    await ours(store)
    await erase(bot, slack, texts=OFFER)
    await clock.look()
    left = await study(store)
    assert left is not None
    await store.case_studies.set_owner(
        TEAM, "s1", person(BEN), before=left.owner, by=person(BEN), at=datetime.now(UTC)
    )
    await after_thirty_days(store, clock)
    assert await study(store) is not None
    await sent(publisher, slack, "stands in it without a name")
