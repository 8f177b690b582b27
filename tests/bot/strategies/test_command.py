"""/strategies: browsing, themes, questions, ids, and the way between them."""

import pytest

from knowledge.model import Library
from tests.slack import ANNA, Bot, Json, Slack, labels_of, shown_message, words_of


async def pressed(bot: Bot, answer: Json, label: str, nth: int = 0) -> Json:
    """Press a button in a private answer; returns what takes its place."""
    assert await bot.press(shown_message(answer, private=True), label, nth=nth) == {}
    shown = bot.slack.last("response_url")
    assert shown["replace_original"] is True
    assert shown["response_type"] == "ephemeral"
    return shown


async def test_alone_it_shows_every_area_and_theme(bot: Bot, library: Library) -> None:
    answer = await bot.command("/strategies")
    assert answer["response_type"] == "ephemeral"
    words = words_of(answer["blocks"])
    for area in library.areas:
        assert area.title in words
    for theme in library.themes:
        assert f"*{theme.title}*" in words
        assert theme.title in answer["text"]
    assert labels_of(answer["blocks"]).count("Show") == len(library.themes)


async def test_a_theme_by_its_name_shows_its_strategies_in_pages(bot: Bot, library: Library) -> None:
    strategies = library.strategies_of("communication")
    first = await bot.command("/strategies", "communication")
    assert [one.title in words_of(first["blocks"]) for one in strategies] == [
        number < 8 for number in range(len(strategies))
    ]
    assert "Previous" not in labels_of(first["blocks"])

    second = await pressed(bot, first, "Next")
    assert "page 2 of 2" in words_of(second["blocks"])
    assert [one.title in words_of(second["blocks"]) for one in strategies] == [
        number >= 8 for number in range(len(strategies))
    ]
    assert "Next" not in labels_of(second["blocks"])

    back = await pressed(bot, second, "Previous")
    assert words_of(back["blocks"]) == words_of(first["blocks"])


async def test_a_strategy_of_another_theme_says_so(bot: Bot, library: Library) -> None:
    guest = next(one for one in library.strategies if one.also)
    own = library.theme_of(guest)
    answer = await bot.command("/strategies", guest.also[0])
    assert f"Also listed here. Its own theme: {own.title}" in words_of(answer["blocks"]) + answer["text"]


async def test_a_question_gets_five_matches_at_most_and_then_its_theme(bot: Bot, library: Library) -> None:
    answer = await bot.command("/strategies", "we do not trust each other")
    labels = labels_of(answer["blocks"])
    assert 1 <= labels.count("Show") <= 5
    assert "we do not trust each other" in words_of(answer["blocks"])

    theme = await pressed(bot, answer, "More in this theme")
    assert words_of(theme["blocks"]).startswith("Trust and respect")


@pytest.mark.parametrize("text", ["trust-2", "TRUST-2", "  Trust 2 ", "trust2", "trust-02", "trust – 2"])
async def test_an_id_shows_that_strategy_however_it_is_typed(bot: Bot, library: Library, text: str) -> None:
    answer = await bot.command("/strategies", text)
    strategy = library.strategy("trust-2")
    assert strategy
    words = words_of(answer["blocks"])
    assert strategy.title in words
    assert strategy.text in words
    assert "Trust and respect" in words
    assert "Working relationships" in words
    assert "Id: trust-2" in words
    assert f"Source: {strategy.source}" in words
    assert labels_of(answer["blocks"]) == ["Share here", "Share with a note", "Save", "Related", "Back"]


@pytest.mark.parametrize("text", ["trust-99", "Trust 99", "trust-0"])
async def test_an_unknown_id_says_so_and_offers_its_theme(bot: Bot, text: str) -> None:
    answer = await bot.command("/strategies", text)
    assert "There is no strategy trust-" in words_of(answer["blocks"])
    theme = await pressed(bot, answer, "Show")
    assert words_of(theme["blocks"]).startswith("Trust and respect")


async def test_a_question_that_nothing_fits_says_so_and_offers_browsing(bot: Bot) -> None:
    answer = await bot.command("/strategies", "pizza toppings")
    assert "I found no strategy that fits “pizza toppings”" in words_of(answer["blocks"])
    assert "I found no strategy" in answer["text"]
    themes = await pressed(bot, answer, "Browse all themes")
    assert "Areas and themes" in words_of(themes["blocks"])


async def test_help_names_every_way_of_asking(bot: Bot) -> None:
    answer = await bot.command("/strategies", " Help ")
    words = words_of(answer["blocks"])
    for typed in (
        "/strategies trust`",
        "/strategies people keep leaving`",
        "/strategies trust-2`",
        "mention me",
    ):
        assert typed in words


async def test_a_card_leads_back_to_where_it_was_opened(bot: Bot) -> None:
    found = await bot.command("/strategies", "we do not trust each other")
    card = await pressed(bot, found, "Show", nth=1)
    assert "Id:" in words_of(card["blocks"])
    again = await pressed(bot, card, "Back")
    assert words_of(again["blocks"]) == words_of(found["blocks"])

    page = await pressed(bot, await bot.command("/strategies", "communication"), "Next")
    card = await pressed(bot, page, "Show")
    assert words_of((await pressed(bot, card, "Back"))["blocks"]) == words_of(page["blocks"])


async def test_related_strategies_can_be_opened_and_left_again(bot: Bot) -> None:
    found = await bot.command("/strategies", "we do not trust each other")
    card = await pressed(bot, found, "Show")
    related = await pressed(bot, card, "Related")
    assert words_of(related["blocks"]).startswith("Related to “")
    assert words_of((await pressed(bot, related, "Back"))["blocks"]) == words_of(card["blocks"])

    neighbour = await pressed(bot, related, "Show")
    assert "Id:" in words_of(neighbour["blocks"])
    assert words_of((await pressed(bot, neighbour, "Back"))["blocks"]) == words_of(related["blocks"])


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000,
        "trust " * 500,
        "🙂" * 1_000,
        "<!channel> <@U0ANNA> *bold* `code` & <https://example.org|link> @channel",
        "\u202eהאמון בינינו\u202c",
        "ثقة بين الوكالات",
        "\u200b",
        "'; DROP TABLE strategies; --",
        '"quoted" OR NEAR(',
        "trust\nand\ttime",
        "trust-" + "9" * 400,
    ],
)
async def test_no_text_fails_or_pings_anybody(bot: Bot, text: str) -> None:
    answer = await bot.command("/strategies", text)
    assert answer["response_type"] == "ephemeral"
    assert "Something went wrong" not in answer["text"]
    assert not {"<!channel>", "<@U0ANNA>"} & set(answer["text"].split())
    for block in answer["blocks"]:
        if block["type"] == "section" and block["text"]["type"] == "mrkdwn":
            assert block["text"]["verbatim"] is True
            assert "<!" not in block["text"]["text"]
    labels = labels_of(answer["blocks"])
    if "Show" in labels:
        await pressed(bot, answer, "Show")


async def test_a_button_of_a_strategy_that_was_taken_out_says_so(bot: Bot, slack: Slack) -> None:
    answer = await bot.command("/strategies", "trust-2")
    place = shown_message(answer, private=True)
    action = {
        "type": "button",
        "block_id": "b",
        "action_id": "strategies.card.open",
        "value": "gone-1 theme:0:gone",
    }
    await bot.act(place, action, ANNA)
    words = words_of(slack.last("response_url")["blocks"])
    assert "There is no strategy gone-1" in words
    assert "Browse all themes" in words


@pytest.mark.parametrize("text", ["", "trust", "people keep leaving", "trust-2", "trust-99", "help"])
async def test_what_is_read_out_of_a_button_begins_with_the_words_on_it(bot: Bot, text: str) -> None:
    answer = await bot.command("/strategies", text)
    buttons = [
        element
        for block in answer["blocks"]
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]
    assert buttons
    for one in buttons:
        label = one["text"]["text"]
        assert one.get("accessibility_label", label).startswith(label)


async def test_every_match_says_why_it_was_found_and_its_card_says_so_again(bot: Bot) -> None:
    answer = await bot.command("/strategies", "people keep leaving")
    rows = [words_of([block]) for block in answer["blocks"] if "accessory" in block][:-1]
    assert rows
    assert all("\nWhy: " in row for row in rows)
    assert answer["text"].count("(Why: ") == len(rows)
    card = await pressed(bot, answer, "Show")
    why = next(line for line in rows[0].splitlines() if line.startswith("Why: "))
    assert why in words_of(card["blocks"])
    assert "Why: " not in words_of((await bot.command("/strategies", "trust-2"))["blocks"])
