"""People have themselves erased: what comes first, what is offered to whom, and what stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.publisher import Publisher
from bot.privacy import ids
from bot.privacy.erasing.listeners import TYPE_THE_WORD
from bot.privacy.erasing.views import OFFER
from bot.privacy.erasing.work import DONE
from knowledge.model import Library
from storage.records.audit import NOBODY
from storage.store import Store
from tests.bot.at_work import sent
from tests.bot.case_studies.examples import COMPLETE, make_study, person
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.everything import NOW, do_everything
from tests.bot.privacy.steps import erase, erasing_form
from tests.bot.ranking.running import ITEMS, Run
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Slack,
    shown_message,
    shown_view,
    words_of,
)
from tests.storage.traces import found_in


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
    assert [line.actor for line in log if line.kind == "erased"] == [gone]
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
    assert "You own 1 published case study that nobody else wrote in." in said
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
