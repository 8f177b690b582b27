"""What led nobody to a strategy: counted as words alone, shown to admins, dealt with."""

from datetime import UTC, date, datetime

import pytest

from bot.strategies.anonymous import Anonymiser
from knowledge.model import Library
from storage.records.lookups import Miss
from storage.store import Store, UnavailableError
from tests.bot.strategies.conftest import HomeOf
from tests.bot.strategies.steps import MESSAGE_SHORTCUT, STEP, below_form, open_finder, press_in_form
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Slack,
    User,
    labels_of,
    mention_event,
    message_event,
    shown_message,
    shown_view,
    step_event,
    words_of,
)

QUESTION = "we do not trust each other"
VAIN = "sourdough bread"
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How do we bake sourdough bread?", "bake bread sourdough"),
        ("bread bread BREAD sourdough", "bread sourdough"),
        ("bread for <@U0ANNA> in <#C0PARTNERS|partners> and <!here>", "bread"),
        ("bread of @orla and orla.finch@example.org", "bread"),
        ("bread at https://example.org/orla or www.example.org", "bread"),
        ("bread: ring 07700 900 123 or +44 (0)20 7946 0018", "bread ring"),
        ("bread for a child born 12/03/2015, NHS 943 476 5919", "born bread child nhs"),
        ("bread near SW1A 1AA", "bread near"),
        ("bread with Mrs Finch and dr. lisk", "bread"),
        ("Orla Finch from Marlbrook wants bread", "bread"),
        ("does TAF bread rise in 2026", "2026 bread rise taf"),
        ("ORLA FINCH BAKES", "bakes"),
        ("Trust in bread", "bread trust"),
        ("x" * 31 + " bread", "bread"),
        (" ".join(f"w{chr(97 + number)}rd" for number in range(20)), None),
        ("🙂 \u202e ?!", ""),
        ("", ""),
    ],
)
def test_only_words_that_name_nobody_are_kept(library: Library, question: str, words: str | None) -> None:
    kept = Anonymiser(library).words(question)
    if words is None:
        assert len(kept.split()) == 12
    else:
        assert kept == words


async def test_every_door_counts_what_it_did_not_find(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.command("/strategies", VAIN)
    await bot.event(mention_event(VAIN))
    await bot.event(message_event(VAIN, PIA, channel="D0PIA"))
    await bot.submit(await open_finder(bot, slack), {"question": VAIN})
    await bot.message_shortcut(MESSAGE_SHORTCUT, {"ts": "1.2", "text": VAIN})
    await bot.event(step_event(STEP, {"question": VAIN}))
    (miss,) = await store.lookups.list_misses(TEAM)
    assert (miss.words, miss.kind, miss.count) == ("bread sourdough", "nothing", 6)


async def test_a_press_in_the_answer_does_not_count_again(bot: Bot, slack: Slack, store: Store) -> None:
    found = shown_view((await bot.submit(await open_finder(bot, slack), {"question": VAIN}))["view"])
    themes = await press_in_form(bot, slack, found, "Browse all themes", VAIN)
    assert "Areas and themes" in words_of(below_form(themes.view or {}))
    assert [miss.count for miss in await store.lookups.list_misses(TEAM)] == [1]


async def test_what_is_found_is_not_counted(bot: Bot, store: Store) -> None:
    for text in (QUESTION, "trust", "trust-2", "trust-99", "", "help", "saved"):
        await bot.command("/strategies", text)
    assert await store.lookups.list_misses(TEAM) == []


async def test_not_what_i_needed_is_counted_once_a_person_and_thanked_with_ways_on(
    bot: Bot, slack: Slack, store: Store
) -> None:
    place = shown_message(await bot.command("/strategies", QUESTION), private=True)
    for person in (ANNA, ANNA, BEN):
        await bot.press(place, "Not what I needed", person)
    (miss,) = await store.lookups.list_misses(TEAM)
    assert (miss.words, miss.kind, miss.count) == ("trust", "unhelpful", 2)
    shown = slack.last("response_url")
    assert "Your name does not." in words_of(shown["blocks"])
    assert {"Show", "Browse all themes", "Back"} <= set(labels_of(shown["blocks"]))
    await bot.press(shown_message(shown, private=True), "Back")
    assert f"What may help with “{QUESTION}”" in words_of(slack.last("response_url")["blocks"])


async def test_an_answer_comes_even_when_the_miss_cannot_be_counted(
    bot: Bot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise UnavailableError("the disk is full")

    monkeypatch.setattr(store.lookups, "record_miss", full)
    answer = await bot.command("/strategies", VAIN)
    assert "I found no strategy" in answer["text"]


async def count(store: Store, *kept: Miss) -> None:
    for miss in kept:
        for _ in range(miss.count):
            await store.lookups.record_miss(TEAM, miss.words, miss.kind, AT)


BREAD = Miss("bread <!here>", "nothing", 3, date(2026, 5, 4))


async def test_admins_see_the_words_with_how_often(slack: Slack, store: Store, home_of: HomeOf) -> None:
    slack.answers["users.info"] = {"user": {"id": ANNA.id, "is_admin": True}}
    assert "Looked for in vain" not in words_of((await home_of()).blocks)
    assert slack.called("users.info") == []
    await count(
        store,
        BREAD,
        Miss("bread <!here>", "unhelpful", 1, BREAD.last_seen),
        Miss("tea", "nothing", 1, BREAD.last_seen),
    )
    words = words_of((await home_of()).blocks)
    assert "Looked for in vain" in words
    assert "bread &lt;!here&gt;\nFound nothing 3 times. Not what was needed once." in words
    assert words.index("\nbread") < words.index("\ntea")


@pytest.mark.parametrize(
    ("answer", "person"), [({"is_admin": False}, BEN), ({}, BEN), ({"is_admin": True}, PIA)]
)
async def test_nobody_else_sees_them(
    slack: Slack, store: Store, home_of: HomeOf, answer: dict[str, bool], person: User
) -> None:
    slack.answers["users.info"] = {"user": answer}
    await count(store, BREAD)
    assert "Looked for in vain" not in words_of((await home_of(person)).blocks)


async def test_only_the_most_frequent_are_shown_and_the_rest_is_pointed_to(
    slack: Slack, store: Store, home_of: HomeOf
) -> None:
    slack.answers["users.info"] = {"user": {"is_owner": True}}
    await count(store, *(Miss(f"word{number:02}", "nothing", 1, BREAD.last_seen) for number in range(9)))
    home = await home_of()
    assert labels_of(home.blocks).count("Dealt with") == 8
    assert "python -m bot misses" in words_of(home.blocks)


async def test_dealt_with_forgets_the_words_and_shows_home_anew(
    bot: Bot, slack: Slack, store: Store, home_of: HomeOf
) -> None:
    slack.answers["users.info"] = {"user": {"is_admin": True}}
    await count(store, BREAD, Miss("tea", "nothing", 1, BREAD.last_seen))
    await bot.event({"type": "app_home_opened", "user": ANNA.id, "tab": "home", "channel": "D0ANNA"})
    (home,) = await store.messages.dirty_messages()
    await store.messages.record_sent(TEAM, home.id, home.version, "home")
    await bot.press(await home_of(), "Dealt with")
    assert [miss.words for miss in await store.lookups.list_misses(TEAM)] == ["tea"]
    assert [message.id for message in await store.messages.dirty_messages()] == [home.id]


async def test_somebody_who_is_no_admin_cannot_deal_with_them(
    bot: Bot, slack: Slack, store: Store, home_of: HomeOf
) -> None:
    slack.answers["users.info"] = {"user": {"is_admin": True}}
    await count(store, BREAD)
    home = await home_of()
    slack.answers["users.info"] = {"user": {"is_admin": False}}
    await bot.press(home, "Dealt with", BEN)
    assert "Only an admin of this workspace, or a curator whom an admin names" in words_of(
        slack.last("views.open")["view"]["blocks"]
    )
    assert len(await store.lookups.list_misses(TEAM)) == 1
