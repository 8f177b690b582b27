"""The doors beside the command, in the sandbox: shortcuts, picker, step; what is saved and what is missed."""

import json
from functools import partial

from sandbox.harness import Harness, Spot
from sandbox.state import Message, View
from tests.e2e.ranking import answer_for

SHARED = "C0PARTNERSH"
ORLA, COLIN, ZOFIA, BOT = "U0ORLAFINCH", "U0COLINWARD", "U0ZOFIALISK", "U0COMMONGRD"
SHORTCUT, MESSAGE_SHORTCUT, STEP = "strategies.shortcut.find", "strategies.message.find", "find_strategies"


def words(content: Message | View) -> str:
    return json.dumps(content.blocks, ensure_ascii=False)


async def until_modal_says(harness: Harness, user_id: str, text: str) -> View:
    def look() -> View | None:
        view = harness.open_view(user_id)
        return view if view and text in words(view) else None

    return await harness.until(look, f"a modal that says “{text}”")


async def until_home_has(harness: Harness, user_id: str, label: str) -> Spot:
    def look() -> Spot | None:
        return next((spot for spot in harness.home_spots(user_id) if spot.label == label), None)

    return await harness.until(look, f"“{label}” in the App Home of {user_id}")


async def test_the_shortcut_finds_by_question_and_by_picking(harness: Harness) -> None:
    assert await harness.acts.shortcut(COLIN, SHORTCUT) is None
    await harness.fill(COLIN, "question", "people keep leaving")
    assert await harness.submit(COLIN) == {}
    await until_modal_says(harness, COLIN, "What may help with “people keep leaving”")
    picker = await harness.until(lambda: harness.find_input(COLIN, "strategies.find.pick"), "the picker")
    offered = await harness.acts.suggest(COLIN, picker.place, picker.block_id, picker.action_id, "trust 2")
    assert "trust-2" in json.dumps(offered)
    await harness.fill(COLIN, "strategies.find.pick", "trust-2")
    await until_modal_says(harness, COLIN, "Id: trust-2")
    await harness.click(COLIN, "Save")
    await until_modal_says(harness, COLIN, "Saved. All that you saved")


async def test_a_message_is_looked_up_and_the_answer_shared_in_its_thread_with_a_note(
    harness: Harness,
) -> None:
    ts = await harness.acts.say(COLIN, SHARED, "We do not trust each other & <!channel>")
    assert await harness.acts.message_shortcut(ORLA, MESSAGE_SHORTCUT, SHARED, ts) is None
    await until_modal_says(harness, ORLA, "What may help with")
    await harness.click(ORLA, "Show")
    await harness.click(ORLA, "Share with a note")
    await until_modal_says(harness, ORLA, "a thread in")
    await harness.fill(ORLA, "note", "for <!channel> on Tuesday")
    assert await harness.submit(ORLA) == {}
    await until_modal_says(harness, ORLA, "*Shared*")

    def shared() -> Message | None:
        found = harness.bot_messages(ZOFIA, SHARED)
        return next((one for one in found if "for <!channel> on Tuesday" in words(one)), None)

    card = await harness.until(shared, "the card with its note")
    assert card.thread_ts == ts
    assert "<!channel>" not in card.text
    await harness.click(ZOFIA, "Save", SHARED)
    await harness.until(
        lambda: any("Saved. All that" in words(one) for one in harness.bot_messages(ZOFIA, SHARED)) or None,
        "what was saved",
    )
    await harness.acts.say(ZOFIA, harness.workspace.direct_message(ZOFIA).id, "saved")
    await harness.until(
        lambda: any("Saved strategies" in words(one) for one in harness.direct_messages(ZOFIA)) or None,
        "the list in a direct message",
    )


async def test_a_mention_in_a_thread_is_answered_in_that_thread(harness: Harness) -> None:
    ts = await harness.acts.say(ORLA, SHARED, "Shall we talk about this here?")
    await harness.acts.say(ZOFIA, SHARED, f"<@{BOT}> people keep leaving", thread_ts=ts)
    answer = await harness.until(
        lambda: next((m for m in harness.bot_messages(ORLA, SHARED) if "What may help" in words(m)), None),
        "an answer",
    )
    assert answer.thread_ts == ts


async def test_a_workflow_gets_strategies_or_a_plain_error(harness: Harness) -> None:
    done = await harness.acts.run_step(ORLA, STEP, {"question": "people keep leaving"})
    assert done.trouble is None
    assert done.outputs["found"] == len(done.outputs["strategies"].splitlines()) > 0
    assert "(staffing-" in done.outputs["strategies"]
    nothing = await harness.acts.run_step(ORLA, STEP, {"question": "sourdough bread"})
    assert nothing.outputs["found"] == 0
    empty = await harness.acts.run_step(ORLA, STEP, {"question": "  "})
    assert "The question is empty." in (empty.trouble or "")


async def test_slack_keeps_shortcuts_and_steps_from_people_of_a_partner_workspace(harness: Harness) -> None:
    ts = await harness.acts.say(ZOFIA, SHARED, "people keep leaving")
    assert "not installed" in (await harness.acts.shortcut(ZOFIA, SHORTCUT) or "")
    assert "not installed" in (await harness.acts.message_shortcut(ZOFIA, MESSAGE_SHORTCUT, SHARED, ts) or "")
    assert "not installed" in ((await harness.acts.run_step(ZOFIA, STEP, {"question": "x"})).trouble or "")


async def test_app_home_follows_what_is_saved_and_shows_an_admin_what_was_missed(harness: Harness) -> None:
    await harness.acts.run_command(COLIN, SHARED, "/strategies sourdough bread of Zofia Liski")
    await harness.acts.open_home(ORLA)
    missed = await until_home_has(harness, ORLA, "Dealt with")
    assert missed.element["value"] == "bread sourdough"
    await harness.acts.open_home(COLIN)
    await until_home_has(harness, COLIN, "Find strategies")
    assert "Dealt with" not in [spot.label for spot in harness.home_spots(COLIN)]
    await harness.acts.press(ORLA, missed.place, missed.block_id, missed.action_id)
    await harness.until(
        lambda: "Dealt with" not in [spot.label for spot in harness.home_spots(ORLA)] or None,
        "App Home without it",
    )

    await harness.acts.run_command(ORLA, SHARED, "/strategies trust-2")
    await harness.click(ORLA, "Save", SHARED)
    kept = await until_home_has(harness, ORLA, "Remove")
    await harness.acts.press(ORLA, kept.place, kept.block_id, kept.action_id)
    await harness.until(
        lambda: "Remove" not in [spot.label for spot in harness.home_spots(ORLA)] or None,
        "App Home without it",
    )
    assert "Traceback" not in harness.bot_log


def card_of(harness: Harness, strategy_id: str) -> Message | None:
    """The card of a strategy that Colin sees in the shared channel."""
    cards = harness.bot_messages(COLIN, SHARED)
    return next((one for one in cards if f"Id: {strategy_id}" in words(one)), None)


async def test_a_theme_and_a_saved_list_can_be_ranked(harness: Harness) -> None:
    await harness.acts.run_command(ORLA, SHARED, "/strategies trust")
    await harness.click(ORLA, "Rank these", SHARED)
    await answer_for(harness, ORLA)
    await until_modal_says(harness, ORLA, "Trust and respect")
    for strategy_id in ("trust-2", "roles-1", "time-1"):
        await harness.acts.run_command(COLIN, SHARED, f"/strategies {strategy_id}")
        await harness.until(partial(card_of, harness, strategy_id), strategy_id)
        await harness.click(COLIN, "Save", SHARED)
        await harness.until(
            lambda: None if harness.find_button(COLIN, "Save", SHARED) else True, "the card to be saved"
        )
    await harness.acts.run_command(COLIN, SHARED, "/strategies saved")
    await harness.click(COLIN, "Rank these", SHARED)
    await answer_for(harness, COLIN)
    await until_modal_says(harness, COLIN, "3 strategies")
