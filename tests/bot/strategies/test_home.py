"""App Home: browsing by area and theme."""

import pytest

from knowledge.model import Library
from tests.bot.strategies.conftest import HomeOf
from tests.slack import Bot, Place, Slack, labels_of, shown_view, words_of


@pytest.fixture
async def home(home_of: HomeOf) -> Place:
    """Anna's App Home."""
    return await home_of()


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
    assert labels_of(card.blocks) == ["Share in a channel", "Save", "Related", "Back"]
    await bot.press(card, "Back")
    assert words_of(slack.last("views.update")["view"]["blocks"]) == words_of(theme_view.blocks)
