"""Somebody who did everything there is has themselves erased: only the stated traces stay."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.admins import Admins
from bot.app import create_client, create_publisher
from bot.case_studies import ids as study_ids
from bot.case_studies.exports.ordering import Ordering
from bot.case_studies.publishing.checks import CHECKS
from bot.case_studies.service import CaseStudyService
from bot.delivery.personal_files import order_files
from bot.delivery.publisher import Publisher
from bot.governance import ids as governance
from bot.installation import Installation
from bot.privacy import ids
from bot.privacy.erasing.listeners import TYPE_THE_WORD
from bot.privacy.erasing.views import BEGUN, OFFER
from bot.privacy.erasing.work import DONE
from bot.ranking.export.service import ExportService
from bot.settings import Settings
from knowledge.model import Library
from storage.records.audit import NOBODY
from storage.records.rankings import Answer, Participant, Ranking, Rules, Stage
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, WHAT, WHO, WHY, make_study, person
from tests.bot.case_studies.reviews.test_approval import sent
from tests.bot.case_studies.steps import begin, last_view, on_top, write
from tests.bot.case_studies.test_refusals import ROOT, press_of
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.steps import erase, erasing_form, my_data
from tests.bot.ranking.running import ITEMS, Run, caller
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Json,
    Slack,
    mention_event,
    shown_message,
    shown_view,
    words_of,
)
from tests.storage.traces import bytes_of, found_in

MARK = "quokka"
"""Stands in everything that Anna writes, in words that nobody else uses."""
REAL_NAME = "Anna Wombatson"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def publisher(store: Store, library: Library, settings: Settings) -> Publisher:
    return create_publisher(store, library, Installation(create_client(settings)))


async def publish(publisher: Publisher, store: Store) -> None:
    """Let the publisher send what waits."""
    running = asyncio.create_task(publisher.run())
    try:
        async with asyncio.timeout(60):
            while await store.messages.dirty_messages():  # noqa: ASYNC110 - the publisher tells nobody
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def rank(store: Store, ranking_id: str, *, anonymous: bool, ended: bool) -> None:
    """Ben runs a ranking, and Anna answers it with a reason."""
    people = tuple(Participant(person(user)) for user in (ANNA, BEN, PIA))
    items = tuple(item.id for item in ITEMS)
    ranking = Ranking(
        workspace_id=TEAM,
        id=ranking_id,
        task_id="outcomes",
        title="What matters",
        source="A source",
        items=ITEMS,
        channel_id=CHANNEL,
        facilitator=person(BEN),
        participants=people,
        status="open",
        created_at=NOW,
        rules=Rules(anonymous=anonymous),
    )
    await store.rankings.create_ranking(ranking, Stage(ranking_id, 1, "rank", items, NOW), [])
    for user in (ANNA, BEN):

        def answer(_stage: Stage, _before: Answer | None, who: str = user.id) -> Answer:
            reason = f"{MARK} reason" if who == ANNA.id and not (anonymous and ended) else "Other"
            return Answer(person(ANNA), items, True, NOW, reason)

        await store.rankings.edit_answer(TEAM, ranking_id, 1, person(user), answer)
    if ended:
        await store.rankings.end_ranking(TEAM, ranking_id, 1, "decided", items[:1], NOW, [])


async def do_everything(bot: Bot, slack: Slack, store: Store, run: Run, library: Library) -> None:
    """Anna uses every part of the product, mostly through the app itself."""
    slack.users[ANNA.id] = {"is_admin": True, "profile": {"real_name": REAL_NAME}}
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    # Look up: saves, shares, asks in vain.
    await bot.command("/strategies", "trust-2")
    await store.lookups.save_strategy(TEAM, person(ANNA), "trust-2", NOW)
    await bot.event(mention_event("saved"))
    # Agree: sets up, runs, helps, answers, leaves an agency, ends without consensus, hands over.
    await store.people.set_agency(TEAM, person(ANNA), "")
    await bot.command("/rank")
    await store.rankings.save_setup(TEAM, person(ANNA), {"setup": {"title": f"{MARK} set-up"}})
    await store.rankings.save_setup(TEAM, person(BEN), {"setup": {"user_ids": [ANNA.id, PIA.id]}})
    for number, (anonymous, ended) in enumerate([(False, False), (True, False), (False, True), (True, True)]):
        await rank(store, f"r{number + 10}", anonymous=anonymous, ended=ended)
    await run.begin_discard()
    await run.answer(ANNA, BEN, item="s-2")
    await run.store.rankings.set_deputies(TEAM, "r1", [person(PIA)], actor=person(ANNA), at=NOW)
    await run.store.rankings.set_facilitator(TEAM, "r1", person(BEN), actor=person(ANNA), at=NOW)
    await run.store.rankings.record_event(
        TEAM, "r1", "closing", {"seq": 9, "words": f"{MARK} closing"}, actor=person(ANNA), at=NOW
    )
    # Share: writes, asks, is asked, publishes, hands on, withdraws, reviews, shares, subscribes, exports.
    overview = await begin(bot, slack)
    for nth, values in enumerate((WHO, WHY, WHAT)):
        marked = {
            field: f"{MARK} {value}" if isinstance(value, str) else value for field, value in values.items()
        }
        await write(bot, slack, overview, nth, marked)
    await bot.press(overview, "Publish")
    await bot.submit(on_top(slack, overview), {study_ids.CHECKS_FIELD: list(CHECKS)})
    (mine,) = await store.case_studies.list_own(TEAM, person(ANNA), statuses=("published",))
    await bot.act(ROOT, press_of(study_ids.OPEN_SHARE, mine.id))
    await bot.submit(last_view(slack), {"channel": CHANNEL})
    await store.case_studies.set_owner(
        TEAM, mine.id, person(BEN), before=person(ANNA), by=person(ANNA), at=NOW
    )
    await store.case_studies.import_case_study(
        replace(make_study(COMPLETE, status="draft", owner=person(BEN)), id="bens", title="Bens")
    )
    await store.case_studies.save_fields(TEAM, "bens", {"aims": f"{MARK} aims"}, author=person(ANNA), at=NOW)
    draft = await begin(bot, slack)
    await write(bot, slack, draft, 0, {**WHO, "activity": f"{MARK} draft"})
    old = replace(make_study(COMPLETE, status="draft"), id="old", title="Old")
    await store.case_studies.import_case_study(old)
    await store.case_studies.publish_case_study(TEAM, "old", NOW)
    await store.case_studies.withdraw_case_study(
        TEAM, "old", reason=f"{MARK} withdrawn", by=person(ANNA), at=NOW
    )
    await store.case_studies.import_case_study(
        replace(make_study({"activity": "Pias"}, status="draft", owner=person(PIA)), id="pias", title="Pias")
    )
    await store.case_studies.request_review(
        TEAM, "pias", reviewer=person(ANNA), by=person(PIA), at=NOW, messages=[]
    )
    await store.case_studies.decide_review(
        TEAM, "pias", "changes_wanted", by=person(ANNA), note=f"{MARK} note", at=NOW, messages=[]
    )
    # Home, settings, exports of everything, as an admin.
    await bot.event({"type": "app_home_opened", "tab": "home", "user": ANNA.id, "channel": "D0ANNA"})
    await store.settings.change(
        TEAM,
        lambda now: replace(now, starters=(person(ANNA), person(BEN)), curators=(person(ANNA),)),
        by=person(ANNA),
        at=NOW,
    )
    await bot.press(await my_data(bot, slack), "Send me a copy")


@pytest.fixture
def run(store: Store, bot: Bot, slack: Slack, settings: Settings) -> Run:
    return Run(store, bot, slack, settings)


async def test_nothing_but_the_stated_is_found_of_somebody_who_did_everything(
    bot: Bot,
    slack: Slack,
    store: Store,
    run: Run,
    clock: WholeClock,
    publisher: Publisher,
    library: Library,
    url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    await do_everything(bot, slack, store, run, library)
    await clock.look()
    await publish(publisher, store)
    assert len({table for table, _, _ in found_in(url, ANNA.id, MARK)}) >= 15
    answer = await erase(bot, slack)
    assert BEGUN in words_of(answer["view"]["blocks"])
    await clock.look()
    assert slack.last("chat.postMessage")["text"] == DONE
    await publish(publisher, store)
    await store.work.claim(datetime.now(UTC) + timedelta(minutes=5), 60, 100)
    await store.privacy.scrub()

    assert found_in(url, ANNA.id, MARK, REAL_NAME) == []
    held = bytes_of(url)
    for trace in (ANNA.id, MARK, MARK.capitalize(), REAL_NAME):
        assert trace.encode() not in held
    ours = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("bot", "storage"))
    )
    for trace in (ANNA.id, MARK, REAL_NAME):
        assert trace not in "\n".join(ours)
    # What is exported afterwards names nobody either.
    slack.uploads.clear()
    bens, now = caller(BEN), datetime.now(UTC)
    for ranking_id in ("r12", "r1"):
        await ExportService(store, Admins(run.client_for)).order(
            bens, ranking_id, ("json", "csv"), "me", key=ranking_id, at=now
        )
    ordering = Ordering(CaseStudyService(store, library), store)
    for study in await store.case_studies.list_own(TEAM, person(BEN), statuses=("published", "draft")):
        await ordering.order_study(bens, study.id, ("json", "markdown"), key=study.id, at=now)
    await order_files(store.work, governance.LOG_FILES, bens, now)
    await clock.look()
    assert len(slack.uploads) >= 5
    for name, content in slack.uploads.items():
        for trace in (ANNA.id, MARK, MARK.capitalize(), REAL_NAME):
            assert trace.encode() not in content, name


async def test_the_stated_traces_do_stay(
    bot: Bot, slack: Slack, store: Store, run: Run, clock: WholeClock, library: Library
) -> None:
    await do_everything(bot, slack, store, run, library)
    await clock.look()
    await erase(bot, slack)
    await clock.look()
    items = tuple(item.id for item in ITEMS)
    for ranking_id, count in (("r10", 1), ("r11", 1), ("r12", 2), ("r13", 2)):
        answers = await store.rankings.list_answers(TEAM, ranking_id, 1)
        assert [answer.choice for answer in answers] == [items] * count, ranking_id
    ended = await store.rankings.get_ranking(TEAM, "r12")
    assert ended is not None
    (gone,) = set(ended.people) - {person(BEN), person(PIA)}
    assert gone.team_id == "erased"
    log = await store.audit.list_entries(TEAM, limit=100)
    assert log[0].kind == "erased"
    assert log[0].actor == gone
    assert person(ANNA) not in {line.actor for line in log}
    stub = await store.case_studies.get_case_study(TEAM, "old")
    assert stub is not None
    assert (stub.status, stub.owner) == ("withdrawn", gone)


async def test_what_must_be_handed_on_comes_first(
    bot: Bot, slack: Slack, store: Store, run: Run, clock: WholeClock
) -> None:
    await run.begin()
    await store.case_studies.import_case_study(make_study(COMPLETE))
    form = await erasing_form(bot, slack)
    said = words_of(form.blocks)
    assert "You run 1 ranking that is open." in said
    assert "You own 1 published case study." in said
    assert form.view is not None
    assert form.view.get("submit") is None
    answer = await bot.submit(
        shown_view({**form.view, "callback_id": ids.SEND_ERASING, "submit": None}), {}, view=_typed(form.view)
    )
    assert "Nothing was erased." in words_of(answer["view"]["blocks"])
    assert not [work for work in await clock.look() if work.kind == ids.ERASE]


async def test_what_came_up_between_the_word_and_the_deed_stops_it_and_is_told(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock
) -> None:
    await store.lookups.save_strategy(TEAM, person(ANNA), "trust-2", NOW)
    await erase(bot, slack)
    await store.case_studies.import_case_study(make_study(COMPLETE))
    await clock.look()
    assert slack.last("chat.postMessage")["text"].startswith("You were not erased")
    assert await store.lookups.list_saved(TEAM, person(ANNA)) == ["trust-2"]


@pytest.mark.parametrize("word", ["", "erase", "ERASE ME"])
async def test_without_the_word_nothing_happens(bot: Bot, slack: Slack, clock: WholeClock, word: str) -> None:
    form = await erasing_form(bot, slack)
    answer = await bot.submit(form, {ids.WORD_FIELD: word})
    assert answer["errors"] == {ids.WORD_FIELD: TYPE_THE_WORD}
    assert not [work for work in await clock.look() if work.kind == ids.ERASE]


async def test_cut_off_anywhere_it_goes_on(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.lookups.save_strategy(TEAM, person(ANNA), "trust-2", NOW)
    await store.people.set_agency(TEAM, person(ANNA), "Health")
    await erase(bot, slack)
    slack.refuse["chat.postMessage"] = "internal_error"
    (work,) = await store.work.claim(datetime.now(UTC), 0, 10)
    for _ in range(2):
        with pytest.raises(Exception, match="internal_error"):
            await clock._handlers[ids.ERASE](work)
    del slack.refuse["chat.postMessage"]
    await clock.look()
    assert slack.last("chat.postMessage")["text"] == DONE
    assert found_in(url, ANNA.id) == []


async def offered(bot: Bot, slack: Slack, store: Store, clock: WholeClock) -> None:
    """Anna wrote in Ben's case study, and has her texts offered."""
    await store.case_studies.import_case_study(
        replace(make_study(COMPLETE, status="draft", owner=person(BEN)), id="bens", title="Bens")
    )
    await store.case_studies.save_fields(TEAM, "bens", {"aims": "Annas aims"}, author=person(ANNA), at=NOW)
    await erase(bot, slack, texts=OFFER)
    await clock.look(1)


@pytest.mark.parametrize(
    ("label", "stands", "said"),
    [
        ("Keep without a name", "Annas aims", "You kept what"),
        ("Remove", None, "has been removed"),
    ],
)
async def test_an_owner_decides_about_texts_without_a_name(
    bot: Bot,
    slack: Slack,
    store: Store,
    clock: WholeClock,
    publisher: Publisher,
    label: str,
    stands: str | None,
    said: str,
) -> None:
    await offered(bot, slack, store, clock)
    shown = shown_message(await sent(publisher, slack, "has had themselves erased"), "D0BEN")
    await bot.press(shown, label, user=PIA)
    assert "Only" in slack.last("response_url")["text"]
    await bot.press(shown, label, user=BEN)
    study = await store.case_studies.get_case_study(TEAM, "bens")
    assert study is not None
    aims = study.answers.get("aims")
    assert (aims.value if aims else None) == stands
    assert said in (await sent(publisher, slack, said))["text"]
    await bot.press(shown, label, user=BEN)
    assert "It has been decided already" in slack.last("response_url")["text"]
    assert NOBODY not in {line.actor for line in await store.audit.list_entries(TEAM, limit=9)}


async def test_texts_nobody_decided_about_go_after_thirty_days(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock
) -> None:
    await offered(bot, slack, store, clock)
    works = await store.work.claim(datetime.now(UTC) + timedelta(days=29), 0, 100)
    assert "privacy.offer" not in [work.kind for work in works]
    works = await store.work.claim(datetime.now(UTC) + timedelta(days=31), 0, 100)
    for work in works:
        await clock._handlers[work.kind](work)
    study = await store.case_studies.get_case_study(TEAM, "bens")
    assert study is not None
    assert "aims" not in study.answers


def _typed(view: Json) -> Json:
    state: Json = {ids.WORD_FIELD: {ids.WORD_FIELD: {"type": "plain_text_input", "value": "ERASE"}}}
    return {**view, "callback_id": ids.SEND_ERASING, "state": {"values": state}}
