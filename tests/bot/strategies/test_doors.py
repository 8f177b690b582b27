"""Every door to look-up gives the same answer to the same words, whoever comes and whatever they type."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import escape
from tests.bot.strategies.conftest import HomeOf
from tests.bot.strategies.steps import MESSAGE_SHORTCUT, PICK, STEP, below_form, open_finder, pick
from tests.slack import (
    PIA,
    Bot,
    Json,
    Slack,
    elements_of,
    mention_event,
    message_event,
    shown_message,
    shown_view,
    step_event,
    words_of,
)

QUESTIONS = [
    "people keep leaving",
    "we do not trust each other",
    "trust-2",
    "Trust",
    "trust-99",
    "sourdough bread",
    "help",
]


async def by_command(bot: Bot, _slack: Slack, text: str) -> list[Json]:
    return list((await bot.command("/strategies", text))["blocks"])


async def by_mention(bot: Bot, slack: Slack, text: str) -> list[Json]:
    await bot.event(mention_event(escape(text)))
    return list(slack.last("chat.postMessage")["blocks"])


async def by_direct_message(bot: Bot, slack: Slack, text: str) -> list[Json]:
    await bot.event(message_event(escape(text)))
    return list(slack.last("chat.postMessage")["blocks"])


async def by_form(bot: Bot, slack: Slack, text: str) -> list[Json]:
    answer = await bot.submit(await open_finder(bot, slack), {"question": text})
    return below_form(answer["view"])


async def by_message_shortcut(bot: Bot, slack: Slack, text: str) -> list[Json]:
    await bot.message_shortcut(MESSAGE_SHORTCUT, {"ts": "1700000005.000001", "text": escape(text)})
    return below_form(slack.last("views.open")["view"])


DOORS = [by_command, by_mention, by_direct_message, by_form, by_message_shortcut]


async def outputs_of_step(bot: Bot, slack: Slack, text: str) -> Json:
    await bot.event(step_event(STEP, {"question": text}))
    given = slack.last("functions.completeSuccess")["outputs"]
    return dict(json.loads(given) if isinstance(given, str) else given)


def without_buttons(blocks: list[Json]) -> str:
    """What an answer says; what one can press, and read of its relations, depends on who else sees it."""
    lines = words_of([block for block in blocks if block["type"] != "actions"]).splitlines()
    return "\n".join(line for line in lines if not line.startswith("Related: "))


def strategies_shown(blocks: list[Json]) -> list[str]:
    """The ids of the strategies whose cards an answer leads to."""
    return [
        element["value"].partition(" ")[0]
        for _, element in elements_of(blocks)
        if element.get("action_id") == "strategies.card.open"
    ]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_same_question_gets_the_same_answer_at_every_door(
    bot: Bot, slack: Slack, question: str
) -> None:
    answers = [await door(bot, slack, question) for door in DOORS]
    assert len({without_buttons(blocks) for blocks in answers}) == 1
    assert len({tuple(strategies_shown(blocks)) for blocks in answers}) == 1


async def test_the_picker_and_the_workflow_step_find_what_the_command_finds(bot: Bot, slack: Slack) -> None:
    for question in ("people keep leaving", "we do not trust each other"):
        shown = strategies_shown(await by_command(bot, slack, question))
        assert shown
        groups = await bot.suggest(await open_finder(bot, slack), PICK, question)
        assert groups[0]["options"][0]["value"] == shown[0]
        assert set(shown) <= {option["value"] for group in groups for option in group["options"]}
        lines = (await outputs_of_step(bot, slack, question))["strategies"].splitlines()
        assert [line.rpartition("(")[2].rstrip(")") for line in lines] == shown


async def test_a_picked_card_is_that_of_the_command(bot: Bot, slack: Slack) -> None:
    form = await pick(bot, slack, await open_finder(bot, slack), "trust-2")
    command = await by_command(bot, slack, "trust-2")
    assert without_buttons(below_form(form.view or {})) == without_buttons(command)


async def test_somebody_from_a_partner_workspace_gets_there_by_every_door_that_slack_gives_them(
    bot: Bot, slack: Slack, home_of: HomeOf
) -> None:
    question = "we do not trust each other"
    answer = await by_command(bot, slack, question)
    for event in (mention_event(question, PIA), message_event(question, PIA, channel="D0PIA")):
        await bot.event(event)
        posted = slack.last("chat.postMessage")
        assert words_of(posted["blocks"]) == words_of(answer)
        place = shown_message(posted)
        for label, says in (
            ("Show", "Id: "),
            ("More in this theme", "Trust and respect"),
            ("Browse all themes", "Areas and themes"),
            ("Not what I needed", "Thank you."),
        ):
            await bot.press(place, label, PIA)
            shown = slack.last("response_url")
            assert shown["response_type"] == "ephemeral"
            assert says in words_of(shown["blocks"])
    await bot.press(await home_of(PIA), "Find strategies", PIA)
    form = shown_view(slack.last("views.open")["view"])
    found = await bot.submit(form, {"question": question}, PIA)
    assert words_of(below_form(found["view"])) == words_of(answer)


PIECES = (
    *('"', "'", "*", "NEAR(", "OR", "NOT", "AND", ":", "^", "-", "(", ")", "`", "\n", "trust", "leaving"),
    *("<!channel>", "<@U0ANNA>", "@here", "@channel", "<https://example.org|x>", "&amp;"),
    *("🙂", "\u202e", "ثقة", "אמון"),
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.text(alphabet='ab &<>"*🙂אב\u200f', min_size=2_500, max_size=3_000),
)


@given(text=texts)
@settings(
    max_examples=60,
    deadline=None,  # a shared machine
    suppress_health_check=[
        HealthCheck.function_scoped_fixture
    ],  # nothing is carried from one text to the next
)
async def test_no_text_fails_or_pings_anybody_at_any_door(bot: Bot, slack: Slack, text: str) -> None:
    slack.calls.clear()
    for door in DOORS:
        assert await door(bot, slack, text) or not text.strip()
    form = await open_finder(bot, slack)
    for option in await bot.suggest(form, PICK, text):
        if "value" in option:
            await pick(bot, slack, form, option["value"])
    await bot.event(step_event(STEP, {"question": text}))
    sent = [call.arguments for call in slack.calls if call.method not in {"auth.test", "users.info"}]
    assert "Something went wrong" not in json.dumps(sent)
    for arguments in sent:
        assert not [words for words in live_texts(arguments) if "<!" in words or "<@" in words]
    assert slack.faults() == []


def live_texts(part: object) -> list[str]:
    """Every text in which Slack looks for mentions: a message's own, and mrkdwn that is not verbatim."""
    if isinstance(part, list):
        return [words for one in part for words in live_texts(one)]
    if not isinstance(part, dict):
        return []
    found = [part["text"]] if isinstance(part.get("text"), str) and part.get("type") != "plain_text" else []
    return found + [words for one in part.values() for words in live_texts(one)]
