"""The form that finds: by shortcut, from a message, from App Home; its question and its picker."""

import pytest

from knowledge.model import Library
from tests.bot.strategies.conftest import HomeOf
from tests.bot.strategies.steps import (
    MESSAGE_SHORTCUT,
    PICK,
    below_form,
    open_finder,
    pick,
    press_in_form,
)
from tests.slack import (
    ANNA,
    BEN,
    BOT_USER,
    CHANNEL,
    Bot,
    Json,
    Place,
    Slack,
    labels_of,
    shown_view,
    words_of,
)

QUESTION = "we do not trust each other"
MESSAGE = {"type": "message", "user": BEN.id, "text": QUESTION, "ts": "1700000005.000001"}


async def test_the_shortcut_and_app_home_open_the_same_empty_form(
    bot: Bot, slack: Slack, home_of: HomeOf
) -> None:
    form = await open_finder(bot, slack)
    assert below_form(form.view or {}) == []
    await bot.press(await home_of(), "Find strategies")
    again = slack.last("views.open")["view"]
    assert words_of(again["blocks"]) == words_of(form.blocks)
    assert again["callback_id"] == (form.view or {})["callback_id"]


async def test_an_answer_stands_below_the_question_which_stays(bot: Bot, slack: Slack) -> None:
    form = await open_finder(bot, slack)
    answer = await bot.submit(form, {"question": QUESTION})
    assert answer["response_action"] == "update"
    assert answer["view"]["blocks"][0]["element"]["initial_value"] == QUESTION
    assert f"What may help with “{QUESTION}”" in words_of(below_form(answer["view"]))


async def test_a_card_opens_below_the_form_and_leads_back(bot: Bot, slack: Slack) -> None:
    form = await open_finder(bot, slack)
    found = shown_view((await bot.submit(form, {"question": QUESTION}))["view"])
    card = await press_in_form(bot, slack, found, "Show", QUESTION)
    assert "Id: " in words_of(below_form(card.view or {}))
    assert card.blocks[0]["element"]["initial_value"] == QUESTION
    assert labels_of(card.blocks) == ["Share in a channel", "Save", "Related", "Back"]
    back = await press_in_form(bot, slack, card, "Back", QUESTION)
    assert words_of(back.blocks) == words_of(found.blocks)


async def test_a_long_question_comes_back_whole(bot: Bot, slack: Slack) -> None:
    question = f"{'so it is and so it was and ' * 10} {QUESTION}"
    form = await open_finder(bot, slack)
    found = shown_view((await bot.submit(form, {"question": question}))["view"])
    card = await press_in_form(bot, slack, found, "Show", question)
    back = await press_in_form(bot, slack, card, "Back", question)
    assert words_of(back.blocks) == words_of(found.blocks)


@pytest.mark.parametrize("question", ["", "   "])
async def test_an_empty_form_browses(bot: Bot, slack: Slack, question: str) -> None:
    answer = await bot.submit(await open_finder(bot, slack), {"question": question})
    assert "Areas and themes" in words_of(below_form(answer["view"]))


async def test_a_new_question_lets_go_of_what_was_picked(bot: Bot, slack: Slack) -> None:
    form = await pick(bot, slack, await open_finder(bot, slack), "trust-2")
    answer = await bot.submit(form, {"question": QUESTION})
    assert answer["view"]["blocks"][1]["block_id"] != form.blocks[1]["block_id"]
    assert "Id: trust-2" not in words_of(answer["view"]["blocks"])


async def test_the_picker_offers_strategies_under_their_themes_before_anything_is_typed(
    bot: Bot, slack: Slack, library: Library
) -> None:
    groups = await bot.suggest(await open_finder(bot, slack), PICK, "")
    assert [group["label"]["text"] for group in groups] == [theme.title for theme in library.themes]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert len(offered) == len(set(offered)) <= 100
    for group, theme in zip(groups, library.themes, strict=True):
        for option in group["options"]:
            strategy = library.strategy(option["value"])
            assert strategy
            assert (strategy.theme_id, strategy.title) == (theme.id, option["text"]["text"])


async def test_the_picker_finds_what_a_question_finds_and_words_that_are_not_finished(
    bot: Bot, slack: Slack, library: Library
) -> None:
    form = await open_finder(bot, slack)
    strategy = library.strategy("trust-2")
    assert strategy
    for typed in ("trust 2", strategy.title[: len(strategy.title) - 2], QUESTION):
        groups = await bot.suggest(form, PICK, typed)
        assert groups[0]["label"]["text"] == "Trust and respect", typed
        if typed != QUESTION:
            assert strategy.id in [option["value"] for option in groups[0]["options"]], typed


@pytest.mark.parametrize("typed", ["sourdough bread", "<!channel> pizza " * 300, "🙂", "ثقة"])
async def test_where_nothing_fits_the_picker_says_so_and_leads_to_the_nearest_themes(
    bot: Bot, slack: Slack, typed: str
) -> None:
    form = await open_finder(bot, slack)
    (option,) = await bot.suggest(form, PICK, typed)
    assert option["text"]["text"].startswith("Nothing fits “")
    assert len(option["text"]["text"]) <= 75
    assert len(option["value"]) <= 150
    shown = await pick(bot, slack, form, option["value"])
    assert "I found no strategy that fits" in words_of(below_form(shown.view or {}))
    assert "Browse all themes" in labels_of(shown.blocks)


async def test_a_picked_strategy_is_shown_below_and_goes_when_it_is_let_go(bot: Bot, slack: Slack) -> None:
    form = await pick(bot, slack, await open_finder(bot, slack), "trust-2", "as typed so far")
    assert "Id: trust-2" in words_of(below_form(form.view or {}))
    assert form.blocks[0]["element"]["initial_value"] == "as typed so far"
    empty = await pick(bot, slack, form, None)
    assert below_form(empty.view or {}) == []


async def test_a_picked_strategy_that_was_taken_out_says_so(bot: Bot, slack: Slack) -> None:
    form = await pick(bot, slack, await open_finder(bot, slack), "gone-1")
    assert "There is no strategy gone-1" in words_of(below_form(form.view or {}))


async def find_for(bot: Bot, slack: Slack, message: Json) -> Place:
    assert await bot.message_shortcut(MESSAGE_SHORTCUT, message) == {}
    return shown_view(slack.last("views.open")["view"])


async def test_a_message_is_looked_up_in_private(bot: Bot, slack: Slack) -> None:
    form = await find_for(bot, slack, MESSAGE)
    command = await bot.command("/strategies", QUESTION)
    assert form.blocks[0]["element"]["initial_value"] == QUESTION
    assert words_of(below_form(form.view or {})) == words_of(command["blocks"])
    assert slack.called("chat.postMessage", "response_url") == []


@pytest.mark.parametrize(
    ("message", "thread_ts"),
    [(MESSAGE, MESSAGE["ts"]), ({**MESSAGE, "thread_ts": "1700000004.000001"}, "1700000004.000001")],
)
async def test_what_is_shared_goes_into_the_thread_of_the_message(
    bot: Bot, slack: Slack, message: Json, thread_ts: str
) -> None:
    found = await find_for(bot, slack, message)
    card = await press_in_form(bot, slack, found, "Show", QUESTION)
    assert labels_of(card.blocks)[:2] == ["Share in the thread", "Share with a note"]
    again = await press_in_form(bot, slack, card, "Related", QUESTION)
    card = await press_in_form(bot, slack, again, "Show", QUESTION)
    shared = await press_in_form(bot, slack, card, "Share in the thread", QUESTION)
    posted = slack.last("chat.postMessage")
    assert (posted["channel"], posted["thread_ts"]) == (CHANNEL, thread_ts)
    assert f"<@{ANNA.id}> shared a strategy" in posted["text"]
    assert "*Shared.*" in words_of(below_form(shared.view or {}))
    assert "Share in the thread" not in labels_of(shared.blocks)


async def test_a_note_for_the_thread_goes_there_too(bot: Bot, slack: Slack) -> None:
    card = await press_in_form(bot, slack, await find_for(bot, slack, MESSAGE), "Show", QUESTION)
    await bot.press(card, "Share with a note")
    note = shown_view(slack.last("views.push")["view"])
    assert f"a thread in <#{CHANNEL}>" in words_of(note.blocks)
    await bot.submit(note, {"note": "for you"})
    assert slack.last("chat.postMessage")["thread_ts"] == MESSAGE["ts"]


async def test_in_a_channel_without_the_bot_a_share_into_the_thread_says_what_to_do(
    bot: Bot, slack: Slack
) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    card = await press_in_form(bot, slack, await find_for(bot, slack, MESSAGE), "Show", QUESTION)
    await bot.press(card, "Share in the thread")
    assert "/invite @Common Ground" in words_of(slack.last("views.push")["view"]["blocks"])


async def test_what_a_message_mentions_is_read_as_people_read_it(bot: Bot, slack: Slack) -> None:
    text = "<@U0BEN> in <#C0PARTNERS|partners> <!here>: see <https://example.org|the plan> &amp; trust"
    form = await find_for(bot, slack, {**MESSAGE, "text": text})
    assert form.blocks[0]["element"]["initial_value"] == "in partners : see the plan & trust"


@pytest.mark.parametrize("text", ["", None, f"<@{BOT_USER}>", "<!here> <https://example.org>", "  \n "])
async def test_a_message_without_words_says_so_and_asks(bot: Bot, slack: Slack, text: str | None) -> None:
    form = await find_for(bot, slack, {**MESSAGE, "text": text})
    assert "That message has no words" in words_of(below_form(form.view or {}))
    answer = await bot.submit(form, {"question": QUESTION})
    assert "What may help with" in words_of(below_form(answer["view"]))


async def test_the_search_after_a_message_keeps_its_thread(bot: Bot, slack: Slack) -> None:
    form = await find_for(bot, slack, MESSAGE)
    answer = await bot.submit(form, {"question": "trust-2"})
    assert "Share in the thread" in labels_of(answer["view"]["blocks"])
