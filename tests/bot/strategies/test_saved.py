"""A person's own list: saved from a card, seen in App Home and by command, ranked, let go again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.handover import RANK_STRATEGIES, SAVED, theme_value
from knowledge.model import Library
from storage.records.people import Person
from storage.store import Store
from tests.bot.strategies.conftest import HomeOf
from tests.bot.strategies.steps import open_finder, press_in_form
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
    mention_event,
    message_event,
    shown_message,
    shown_view,
    words_of,
)

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


async def private_card(bot: Bot, strategy_id: str = "trust-2") -> Place:
    return shown_message(await bot.command("/strategies", strategy_id), private=True)


async def saved_by(store: Store, user: User = ANNA) -> list[str]:
    return await store.lookups.list_saved(TEAM, Person(user.team_id, user.id))


async def save(store: Store, *strategy_ids: str, user: User = ANNA) -> None:
    """Save them one after the other, the last first on the list."""
    for number, strategy_id in enumerate(strategy_ids):
        at = AT + timedelta(minutes=number)
        await store.lookups.save_strategy(TEAM, Person(user.team_id, user.id), strategy_id, at)


async def test_save_keeps_the_strategy_and_the_card_says_so(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.press(await private_card(bot), "Save")
    assert await saved_by(store) == ["trust-2"]
    card = slack.last("response_url")
    assert card["replace_original"] is True
    assert "Saved. All that you saved" in words_of(card["blocks"])
    assert "Remove from saved" in labels_of(card["blocks"])
    assert "Save" not in labels_of(card["blocks"])
    assert "Remove from saved" in labels_of((await bot.command("/strategies", "trust-2"))["blocks"])
    assert "Save" in labels_of((await bot.command("/strategies", "trust-2", BEN))["blocks"])


async def test_what_was_saved_is_removed_from_its_card(bot: Bot, slack: Slack, store: Store) -> None:
    await save(store, "trust-2")
    await bot.press(await private_card(bot), "Remove from saved")
    assert await saved_by(store) == []
    assert "Save" in labels_of(slack.last("response_url")["blocks"])


@pytest.mark.parametrize("person", [BEN, PIA])
async def test_anybody_saves_a_shared_card_for_themselves(
    bot: Bot, slack: Slack, store: Store, person: User
) -> None:
    await bot.press(await private_card(bot), "Share here")
    await bot.press(shown_message(slack.last("chat.postMessage")), "Save", person)
    assert await saved_by(store, person) == ["trust-2"]
    assert await saved_by(store) == []
    shown = slack.last("response_url")
    assert (shown["response_type"], shown["replace_original"]) == ("ephemeral", False)
    assert "Saved. All that you saved" in words_of(shown["blocks"])


async def test_saving_in_the_form_keeps_the_form(bot: Bot, slack: Slack, store: Store) -> None:
    answer = await bot.submit(await open_finder(bot, slack), {"question": "trust-2"})
    saved = await press_in_form(bot, slack, shown_view(answer["view"]), "Save", "trust-2")
    assert saved.blocks[0]["element"]["initial_value"] == "trust-2"
    assert await saved_by(store) == ["trust-2"]


async def test_a_full_list_refuses_with_what_to_do(bot: Bot, slack: Slack, store: Store) -> None:
    await save(store, *(f"old-{number}" for number in range(100)))
    await bot.press(await private_card(bot), "Save")
    assert "Remove one that you no longer need" in words_of(slack.last("response_url")["blocks"])
    assert "trust-2" not in await saved_by(store)


async def test_a_strategy_that_was_taken_out_cannot_be_saved(bot: Bot, slack: Slack, store: Store) -> None:
    card = await private_card(bot)
    await bot.act(card, {**find_action(card.blocks, "Save"), "value": "gone-1"})
    assert "There is no strategy gone-1" in words_of(slack.last("response_url")["blocks"])
    assert await saved_by(store) == []


async def test_the_command_and_a_direct_message_show_the_list_newest_first(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await save(store, "trust-2", "roles-1")
    answer = await bot.command("/strategies", " Saved ")
    words = words_of(answer["blocks"])
    first, second = library.strategy("roles-1"), library.strategy("trust-2")
    assert first
    assert second
    assert words.index(first.title) < words.index(second.title)
    await bot.event(message_event("saved"))
    assert words_of(slack.last("chat.postMessage")["blocks"]) == words


async def test_a_person_from_a_partner_workspace_sees_their_list_by_direct_message(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await save(store, "trust-2", user=PIA)
    await bot.event(message_event("saved", PIA, channel="D0PIA"))
    posted = slack.last("chat.postMessage")
    strategy = library.strategy("trust-2")
    assert strategy
    assert strategy.title in words_of(posted["blocks"])
    await bot.press(shown_message(posted), "Remove", PIA)
    assert await saved_by(store, PIA) == []


async def test_an_empty_list_says_how_to_fill_it(bot: Bot) -> None:
    answer = await bot.command("/strategies", "saved")
    assert "Press Save on" in words_of(answer["blocks"])
    assert labels_of(answer["blocks"]) == ["Browse all themes"]


async def test_a_mention_never_shows_somebodys_list_to_others(bot: Bot, slack: Slack, store: Store) -> None:
    await save(store, "trust-2")
    await save(store, "roles-1", user=BEN)
    await bot.event(mention_event("saved"))
    posted = slack.last("chat.postMessage")
    assert labels_of(posted["blocks"]) == ["Show my saved strategies"]
    await bot.press(shown_message(posted), "Show my saved strategies", BEN)
    shown = slack.last("response_url")
    assert shown["response_type"] == "ephemeral"
    assert "roles-1" in shown["text"]
    assert "trust-2" not in shown["text"]


async def test_a_saved_strategy_leads_to_its_card_and_back(bot: Bot, slack: Slack, store: Store) -> None:
    await save(store, "trust-2", "roles-1")
    listed = await bot.command("/strategies", "saved")
    await bot.press(shown_message(listed, private=True), "Show")
    card = slack.last("response_url")
    assert "Id: roles-1" in words_of(card["blocks"])
    await bot.press(shown_message(card, private=True), "Back")
    assert words_of(slack.last("response_url")["blocks"]) == words_of(listed["blocks"])


async def test_remove_takes_it_off_the_list_that_is_shown(bot: Bot, slack: Slack, store: Store) -> None:
    await save(store, "trust-2", "roles-1")
    listed = await bot.command("/strategies", "saved")
    await bot.press(shown_message(listed, private=True), "Remove", nth=1)
    assert await saved_by(store) == ["roles-1"]
    assert labels_of(slack.last("response_url")["blocks"]).count("Remove") == 1


async def test_a_long_list_has_pages(bot: Bot, slack: Slack, store: Store, library: Library) -> None:
    await save(store, *(one.id for one in library.strategies[:10]))
    listed = await bot.command("/strategies", "saved")
    assert labels_of(listed["blocks"]).count("Remove") == 8
    await bot.press(shown_message(listed, private=True), "Next")
    second = slack.last("response_url")
    assert labels_of(second["blocks"]).count("Remove") == 2
    await bot.press(shown_message(second, private=True), "Previous")
    assert words_of(slack.last("response_url")["blocks"]) == words_of(listed["blocks"])


async def test_app_home_shows_the_newest_with_show_and_remove(
    bot: Bot, slack: Slack, store: Store, home_of: HomeOf, library: Library
) -> None:
    assert "Saved strategies" not in words_of((await home_of()).blocks)
    await save(store, *(one.id for one in library.strategies[:6]))
    home = await home_of()
    words = words_of(home.blocks)
    assert words.index("Saved strategies") < words.index("Look something up")
    assert "6 strategies saved. These are the newest 5." in words
    assert labels_of(home.blocks).count("Remove") == 5
    assert "Saved strategies" not in words_of((await home_of(BEN)).blocks)

    await bot.press(home, "Show")
    assert f"Id: {library.strategies[5].id}" in words_of(slack.last("views.open")["view"]["blocks"])
    calls = len(slack.called("views.open", "views.update", "response_url"))
    await bot.press(home, "Remove")
    assert len(slack.called("views.open", "views.update", "response_url")) == calls
    assert library.strategies[5].id not in await saved_by(store)
    assert "5 strategies saved." in words_of((await home_of()).blocks)


async def test_app_home_is_shown_anew_after_saving(bot: Bot, store: Store) -> None:
    await bot.event({"type": "app_home_opened", "user": ANNA.id, "tab": "home", "channel": "D0ANNA"})
    (home,) = await store.messages.dirty_messages()
    await store.messages.record_sent(TEAM, home.id, home.version, "home")
    assert await store.messages.dirty_messages() == []
    await bot.press(await private_card(bot), "Save")
    assert [message.id for message in await store.messages.dirty_messages()] == [home.id]


async def test_what_the_content_no_longer_has_is_named_and_can_be_removed(
    bot: Bot, store: Store, home_of: HomeOf
) -> None:
    await save(store, "gone-1")
    home = await home_of()
    assert "gone-1 is no longer in the content." in words_of(home.blocks)
    await bot.press(home, "Remove")
    assert await saved_by(store) == []


@pytest.mark.parametrize(("count", "can_rank"), [(2, False), (3, True), (25, True), (26, False)])
async def test_a_list_of_three_to_twenty_five_can_be_ranked(
    bot: Bot, store: Store, home_of: HomeOf, library: Library, count: int, can_rank: bool
) -> None:
    await save(store, "gone-1", *(one.id for one in library.strategies[:count]))
    for blocks in ((await bot.command("/strategies", "saved"))["blocks"], (await home_of()).blocks):
        if can_rank:
            action = find_action(blocks, "Rank these")
            assert (action["action_id"], action["value"]) == (RANK_STRATEGIES, SAVED)
        else:
            assert "Rank these" not in labels_of(blocks)
            assert f"A group can rank 3 to 25 strategies. This list has {count}." in words_of(blocks)


async def test_a_theme_can_be_ranked_unless_it_is_too_small(
    bot: Bot, bot_with: Callable[[Library], Bot], library: Library
) -> None:
    action = find_action((await bot.command("/strategies", "trust"))["blocks"], "Rank these")
    assert (action["action_id"], action["value"]) == (RANK_STRATEGIES, theme_value("trust"))
    two = tuple(one for one in library.strategies if one.theme_id == "trust")[:2]
    others = tuple(replace(one, also=()) for one in library.strategies if one.theme_id != "trust")
    small = bot_with(replace(library, strategies=(*two, *others)))
    answer = await small.command("/strategies", "trust")
    assert "Rank these" not in labels_of(answer["blocks"])
    assert "This list has 2." in words_of(answer["blocks"])
