"""How people work through a ranking in the sandbox: one function a thing they do."""

from collections.abc import Sequence

from sandbox.harness import Harness
from sandbox.state import Message

CHANNEL = "C0PARTNERSH"
ORLA, DEV, MAEVE, RUTH = "U0ORLAFINCH", "U0DEVSINGHA", "U0MAEVEHOLT", "U0RUTHPELLO"
ZOFIA = "U0ZOFIALISK"
FIVE = (ORLA, DEV, MAEVE, RUTH, ZOFIA)
OUTSIDER_TO_RANKING = "U0COLINWARD"


def board(harness: Harness, user_id: str = ORLA) -> Message | None:
    """The ranking's message in the channel, the newest should a kill have left two."""
    messages = harness.bot_messages(user_id, CHANNEL)
    return next((one for one in reversed(messages) if one.text.startswith("Ranking:")), None)


async def until_board_says(harness: Harness, words: str) -> Message:
    """Wait until the board says this."""

    def look() -> Message | None:
        message = board(harness)
        return message if message and words in message.text else None

    return await harness.until(look, f"the board to say “{words}”")


async def start_ranking(harness: Harness, people: Sequence[str] = FIVE) -> None:
    """Orla starts the task with these people in the shared channel."""
    await open_setup(harness)
    await harness.fill(ORLA, "channel", CHANNEL)
    await harness.fill(ORLA, "people", list(people))
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 1 of 6")


async def open_setup(harness: Harness, user_id: str = ORLA, agency: str = "") -> None:
    """Type /rank, say which agency one is of when it is asked, and see a form without anything entered."""
    await harness.acts.run_command(user_id, CHANNEL, "/rank")
    await answer_for(harness, user_id, agency)
    if harness.find_button(user_id, "Begin afresh") is not None:
        await harness.click(user_id, "Begin afresh")


async def answer_for(harness: Harness, user_id: str, agency: str = "") -> None:
    """Give an agency's name, or rather not, if the modal that opened asks for it."""
    view = await harness.until(lambda: harness.open_view(user_id), f"a modal for {user_id}")
    if harness.find_input(user_id, "other_agency") is None:
        return
    if agency:
        await harness.fill(user_id, "other_agency", agency)
        assert await harness.submit(user_id) == {}
    else:
        await harness.click(user_id, "Rather not say")
    assert harness.find_input(user_id, "other_agency") is None, view.id


async def press_on_board(harness: Harness, user_id: str, label: str) -> None:
    """Press a button of the channel's message."""
    await harness.click(user_id, label, CHANNEL)


async def open_ballot(harness: Harness, user_id: str, label: str) -> None:
    """Press the button that opens one's answer, and rather not say one's agency when it is asked."""
    await press_on_board(harness, user_id, label)
    await answer_for(harness, user_id)


async def close_modal(harness: Harness, user_id: str) -> None:
    """Close whatever modal the person has open."""
    view = harness.open_view(user_id)
    assert view is not None
    await harness.acts.close(user_id, view.id, all=True)


async def go_on(harness: Harness, *labels: str, user_id: str = ORLA) -> None:
    """Open the facilitator's menu and press these, one after the other."""
    await press_on_board(harness, user_id, "For the facilitator")
    for label in labels:
        await harness.click(user_id, label)
    await close_modal(harness, user_id)


async def press_item(harness: Harness, user_id: str, label: str, item: str) -> None:
    """Press the item's button of this label, whether or not the form shows the press before."""
    spot = next(
        one
        for one in harness.spots(user_id)
        if one.label == label and f"|{item}|" in one.element.get("value", "")
    )
    assert await harness.acts.press(user_id, spot.place, spot.block_id, spot.action_id) is None


async def tap(harness: Harness, user_id: str, open_label: str, label: str, items: Sequence[str]) -> None:
    """Open the ballot and press `label` of each item, in this order."""
    await open_ballot(harness, user_id, open_label)
    for item in items:
        await press_item(harness, user_id, label, item)
    await close_modal(harness, user_id)


async def consent(harness: Harness, user_id: str, position: str, reason: str = "") -> dict[str, str]:
    """Open the question, take a position and send it; returns the field errors."""
    await open_ballot(harness, user_id, "Give my answer")
    await harness.fill(user_id, "position", position)
    if reason:
        await harness.fill(user_id, "reason", reason)
    return await harness.submit(user_id)
