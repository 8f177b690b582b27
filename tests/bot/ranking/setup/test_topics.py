"""Ranking strategies instead of the built-in statements."""

from datetime import UTC, datetime

import pytest

from bot.errors import UserError
from bot.handover import RANK_STRATEGIES, SAVED, theme_value
from bot.ranking.setup.topics import strategies_topic, task_topic
from bot.ranking.stages import chosen_of, wanted
from knowledge.model import Library
from storage.records.people import Person
from storage.store import Store
from tests.bot.ranking.examples import make_items, make_snapshot
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Place, Slack, shown_message, shown_view, words_of


def button(value: str) -> dict[str, str]:
    return {"type": "button", "block_id": "b", "action_id": RANK_STRATEGIES, "value": value}


async def press(bot: Bot, value: str) -> Place:
    """Press a button of look-up that starts a ranking, and see the form that it opens."""
    await bot.act(shown_message({"blocks": []}, CHANNEL, private=True), button(value))
    return shown_view(bot.slack.last("views.open")["view"])


@pytest.fixture(autouse=True)
async def asked_before(store: Store) -> None:
    """Anna was asked which agency she answers for."""
    await store.people.set_agency(TEAM, Person(TEAM, ANNA.id), "")


def with_two_members(slack: Slack) -> None:
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    slack.answers["conversations.members"] = {"members": ["U0ANNA", "U0BEN"]}
    slack.answers["users.info"] = {"user": {"id": "U0ANNA", "team_id": TEAM}}


def test_the_task_keeps_its_ids(library: Library) -> None:
    topic = task_topic(library.tasks[0])
    assert [item.id for item in topic.items] == [f"outcome-{number}" for number in range(1, 11)]


@pytest.mark.parametrize("count", [0, 1, 2, 26])
def test_too_few_or_too_many_strategies_are_refused_in_words(library: Library, count: int) -> None:
    with pytest.raises(UserError, match=f"this list has {count}"):
        strategies_topic("A list", library.strategies[:count])


@pytest.mark.parametrize(("ranked", "chosen"), [(2, 1), (3, 2), (5, 4), (6, 5), (9, 5), (24, 5)])
def test_the_group_settles_on_five_or_on_all_but_one_of_fewer(ranked: int, chosen: int) -> None:
    assert chosen_of(ranked) == chosen
    assert wanted(make_snapshot("choose", items=make_items(ranked)).stage) == chosen


async def test_a_theme_is_ranked_from_its_list(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    form = await press(bot, theme_value("staffing"))
    theme = library.theme("staffing")
    assert theme is not None
    assert theme.title in words_of(form.blocks)
    with_two_members(slack)
    slack.answers["users.info"] = {"user": {"id": "U0BEN", "team_id": TEAM}}
    refused = await bot.submit(form, {"channel": CHANNEL})
    assert "at least two people" in str(refused)


async def test_saved_strategies_are_ranked_from_ones_own_list(bot: Bot, store: Store) -> None:
    person = Person(TEAM, ANNA.id)
    for strategy_id in ("trust-1", "roles-1", "funding-2"):
        await store.lookups.save_strategy(TEAM, person, strategy_id, datetime.now(UTC))
    form = await press(bot, SAVED)
    assert "3 strategies" in words_of(form.blocks)


async def test_a_list_that_is_too_short_says_what_to_do(bot: Bot, slack: Slack) -> None:
    await bot.act(shown_message({"blocks": []}, CHANNEL, private=True), button(SAVED))
    assert "Save more strategies" in words_of(slack.last("response_url")["blocks"])
    assert slack.called("views.open") == []


@pytest.mark.parametrize("value", ["theme:gone", "theme:", "nonsense"])
async def test_a_theme_that_is_not_there_is_refused_in_words(bot: Bot, slack: Slack, value: str) -> None:
    await bot.act(shown_message({"blocks": []}, CHANNEL, private=True), button(value))
    assert "no longer there" in words_of(slack.last("response_url")["blocks"])
