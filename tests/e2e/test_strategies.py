"""Looking up in the sandbox: through every door, shared with partners, and where the bot is not a member."""

import json

import pytest

from sandbox.harness import Harness, running_harness
from sandbox.state import Message, View

SHARED, WITHOUT_BOT, PRIVATE_WITHOUT_BOT = "C0PARTNERSH", "C0LUNCHTIME", "G0LEADERSHP"
ORLA, COLIN, ZOFIA, BOT = "U0ORLAFINCH", "U0COLINWARD", "U0ZOFIALISK", "U0COMMONGRD"


def words(content: Message | View) -> str:
    return json.dumps(content.blocks, ensure_ascii=False)


async def until_sees(harness: Harness, user_id: str, channel_id: str, text: str) -> Message:
    """Wait until the person sees a message of the bot with this in its blocks or its text."""

    def look() -> Message | None:
        messages = reversed(harness.bot_messages(user_id, channel_id))
        return next((one for one in messages if text in words(one) or text in one.text), None)

    return await harness.until(look, f"{user_id} to see “{text}” in {channel_id}")


async def until_modal_says(harness: Harness, user_id: str, text: str) -> View:
    def look() -> View | None:
        view = harness.open_view(user_id)
        return view if view and text in words(view) else None

    return await harness.until(look, f"a modal that says “{text}”")


async def ask_and_share(harness: Harness) -> None:
    """Orla asks in her own words, and shows one answer to everybody; a partner goes on from there."""
    await harness.acts.run_command(ORLA, SHARED, "/strategies people keep leaving")
    await until_sees(harness, ORLA, SHARED, "What may help with")
    assert not any("What may help" in words(one) for one in harness.bot_messages(COLIN, SHARED))
    await harness.click(ORLA, "Show", SHARED)
    await until_sees(harness, ORLA, SHARED, "Source: ")
    await harness.click(ORLA, "Share here", SHARED)
    await until_sees(harness, ORLA, SHARED, "*Shared.*")

    card = await until_sees(harness, ZOFIA, SHARED, "shared a strategy")
    assert f"<@{ORLA}>" in card.text
    shared = [one for one in harness.bot_messages(COLIN, SHARED) if "shared a strategy" in one.text]
    assert len(shared) == 1
    await harness.click(ZOFIA, "More like this", SHARED)
    await until_sees(harness, ZOFIA, SHARED, "Related to “")
    assert not any("Related to" in words(one) for one in harness.bot_messages(ORLA, SHARED))


async def browse(harness: Harness) -> None:
    """Colin looks through the themes, a page on, to a strategy and back."""
    await harness.acts.run_command(COLIN, WITHOUT_BOT, "/strategies")
    await until_sees(harness, COLIN, WITHOUT_BOT, "Areas and themes")
    await harness.click(COLIN, "Show", WITHOUT_BOT, value="theme:0:communication")
    await until_sees(harness, COLIN, WITHOUT_BOT, "page 1 of 2")
    await harness.click(COLIN, "Next", WITHOUT_BOT)
    await until_sees(harness, COLIN, WITHOUT_BOT, "page 2 of 2")
    await harness.click(COLIN, "Show", WITHOUT_BOT)
    await until_sees(harness, COLIN, WITHOUT_BOT, "Id: communication-9")
    await harness.click(COLIN, "Share here", WITHOUT_BOT)
    await until_sees(harness, COLIN, WITHOUT_BOT, "*Shared.*")
    await until_sees(harness, "U0RUTHPELLO", WITHOUT_BOT, f"<@{COLIN}> shared a strategy")
    await harness.click(COLIN, "Back", WITHOUT_BOT)
    await until_sees(harness, COLIN, WITHOUT_BOT, "page 2 of 2")


async def converse(harness: Harness) -> None:
    """A partner mentions the bot in the channel, and writes to it alone."""
    ts = await harness.acts.say(ZOFIA, SHARED, f"<@{BOT}> trust-2 & <!channel>")
    answer = await until_sees(harness, ORLA, SHARED, "trust-2 & <!channel>")
    assert answer.thread_ts == ts
    assert "<!channel>" not in answer.text

    direct = harness.workspace.direct_message(ZOFIA).id
    await harness.acts.say(ZOFIA, direct, "trust-2")
    await until_sees(harness, ZOFIA, direct, "Id: trust-2")
    assert len(harness.direct_messages(ZOFIA)) == 1


async def share_from_home(harness: Harness) -> None:
    """Orla finds a strategy from App Home and chooses a channel; one that cannot be reached says so."""
    await harness.acts.open_home(ORLA)
    await harness.until(
        lambda: next((spot for spot in harness.home_spots(ORLA) if spot.label == "Find strategies"), None),
        "the search in App Home",
    )
    await harness.click(ORLA, "Find strategies")
    await harness.fill(ORLA, "question", "Trust 2")
    assert await harness.submit(ORLA) == {}
    await until_modal_says(harness, ORLA, "Id: trust-2")
    await harness.click(ORLA, "Share in a channel")
    await until_modal_says(harness, ORLA, "Everybody in the channel will see")
    await harness.fill(ORLA, "channel", PRIVATE_WITHOUT_BOT)
    assert await harness.submit(ORLA) == {}
    await until_modal_says(harness, ORLA, "*Shared*")
    await until_sees(harness, "U0MAEVEHOLT", PRIVATE_WITHOUT_BOT, f"<@{ORLA}> shared a strategy")


async def pick(harness: Harness) -> None:
    """Colin opens the form by its shortcut and picks a strategy; a workflow finds the same."""
    assert await harness.acts.shortcut(COLIN, "strategies.shortcut.find") is None
    picker = await harness.until(lambda: harness.find_input(COLIN, "strategies.find.pick"), "the picker")
    offered = await harness.acts.suggest(COLIN, picker.place, picker.block_id, picker.action_id, "Trust 2")
    assert "trust-2" in json.dumps(offered)
    await harness.fill(COLIN, "strategies.find.pick", "trust-2")
    await until_modal_says(harness, COLIN, "Id: trust-2")
    done = await harness.acts.run_step(COLIN, "find_strategies", {"question": "Trust 2"})
    assert "(trust-2)" in done.outputs["strategies"]


@pytest.mark.parametrize("is_http", [False, True], ids=["socket mode", "signed requests"])
async def test_looking_up_through_every_door(database_url: str, is_http: bool) -> None:
    async with running_harness(database_url, is_http=is_http) as harness:
        await ask_and_share(harness)
        await browse(harness)
        await converse(harness)
        await share_from_home(harness)
        await pick(harness)
        assert "Traceback" not in harness.bot_log
