"""App Home: browsing by area and theme, and the form that finds."""

import pytest

from bot import strategies
from bot.blocks import as_dicts
from bot.caller import Caller
from bot.sections import Shelf
from knowledge.model import Library
from storage.records import Person
from tests.slack import TEAM, Bot, Place, Slack, labels_of, shown_view, words_of


@pytest.fixture
async def home(library: Library) -> Place:
    """What the strategies add to App Home, in a tab of their own."""
    offer = await strategies.home_source(library)(Caller(TEAM, Person(TEAM, "U0ANNA")))
    assert list(offer) == [Shelf.BROWSE]
    return shown_view({"type": "home", "blocks": as_dicts(offer[Shelf.BROWSE])})


async def test_every_area_is_offered_with_its_themes(home: Place, library: Library) -> None:
    words = words_of(home.blocks)
    for area in library.areas:
        assert area.title in words
    for theme in library.themes:
        assert theme.title in words
    assert labels_of(home.blocks)[:2] == ["Find strategies", "Browse all themes"]


async def test_an_area_opens_its_themes_in_a_modal_and_leads_on_to_a_card(
    bot: Bot, slack: Slack, home: Place, library: Library
) -> None:
    await bot.press(home, "Show themes", nth=1)
    modal = shown_view(slack.last("views.open")["view"])
    assert modal.view
    for theme in library.themes:
        assert (theme.title in words_of(modal.blocks)) == (theme.area_id == "processes")

    await bot.press(modal, "Show")
    updated = slack.last("views.update")
    assert updated["view_id"] == modal.view["id"]
    theme_view = shown_view(updated["view"])
    assert words_of(theme_view.blocks).startswith("Communication")

    await bot.press(theme_view, "Show")
    card = shown_view(slack.last("views.update")["view"])
    assert labels_of(card.blocks) == ["Share in a channel", "Related", "Back"]
    await bot.press(card, "Back")
    assert words_of(slack.last("views.update")["view"]["blocks"]) == words_of(theme_view.blocks)


async def test_the_form_shows_the_same_answer_as_the_command(bot: Bot, slack: Slack, home: Place) -> None:
    await bot.press(home, "Find strategies")
    form = shown_view(slack.last("views.open")["view"])
    answer = await bot.submit(form, {"question": "we do not trust each other"})
    command = await bot.command("/strategies", "we do not trust each other")
    assert answer["response_action"] == "update"
    assert words_of(answer["view"]["blocks"]) == words_of(command["blocks"])


@pytest.mark.parametrize("question", ["", "   "])
async def test_an_empty_form_browses(bot: Bot, slack: Slack, home: Place, question: str) -> None:
    await bot.press(home, "Find strategies")
    answer = await bot.submit(shown_view(slack.last("views.open")["view"]), {"question": question})
    assert "Areas and themes" in words_of(answer["view"]["blocks"])


async def test_three_thousand_characters_are_a_question_too(bot: Bot, slack: Slack, home: Place) -> None:
    await bot.press(home, "Find strategies")
    form = shown_view(slack.last("views.open")["view"])
    assert form.blocks[0]["element"]["max_length"] == 3_000
    answer = await bot.submit(form, {"question": "trust & <respect> " * 166})
    shown = shown_view(answer["view"])
    await bot.press(shown, "Show")
    await bot.press(shown_view(slack.last("views.update")["view"]), "Back")
    assert "What may help with" in words_of(slack.last("views.update")["view"]["blocks"])
