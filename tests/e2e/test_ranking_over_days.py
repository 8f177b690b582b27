"""A ranking over days: twelve people of five agencies, a block, a late comer, a leaver, a missed deadline.

The clock is moved, the rest is real: the bot as a process of its own, on a file, over Socket Mode.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.harness import Harness
from sandbox.state import Message
from tests.e2e.days import Days, running_days
from tests.e2e.ranking import (
    CHANNEL,
    DEV,
    MAEVE,
    ORLA,
    RUTH,
    ZOFIA,
    answer_for,
    close_modal,
    consent,
    go_on,
    open_setup,
    press_on_board,
    tap,
    until_board_says,
)

PETRA, TUNDE, INES, HAMID = "U0PETRALUND", "U0TUNDEBASS", "U0INESCOBBO", "U0HAMIDRAZA"
COLIN, BRYONY, IDRIS = "U0COLINWARD", "U0BRYONYASH", "U0IDRISGANE"
SCHOOL, CARE = "Marlbrook Primary School", "Marlbrook Children's Social Care"
HEALTH, POLICE, TRUST = (
    "Marlbrook Health Visiting",
    "Marlbrook Neighbourhood Policing",
    "Fernleigh Family Trust",
)
AGENCIES = {
    ORLA: SCHOOL,
    DEV: SCHOOL,
    PETRA: SCHOOL,
    MAEVE: CARE,
    TUNDE: CARE,
    INES: CARE,
    RUTH: HEALTH,
    HAMID: HEALTH,
    COLIN: POLICE,
    BRYONY: POLICE,
    ZOFIA: TRUST,
    IDRIS: TRUST,
}
ELEVEN = [user_id for user_id in AGENCIES if user_id != BRYONY]
STAYING = [user_id for user_id in AGENCIES if user_id != HAMID]
NINE = [f"outcome-{number}" for number in range(1, 11) if number != 7]
SLIP_MENDED = timedelta(seconds=61)


THURSDAY = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)
FRIDAY_MORNING = datetime(2026, 10, 23, 8, 30, tzinfo=UTC)
MONDAY = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
"""The clocks went back in between."""


async def everybody_says(
    harness: Harness, people: Sequence[str], position: str, but: Sequence[str] = ()
) -> None:
    for user_id in people:
        if user_id not in but:
            assert await consent(harness, user_id, position) == {}


async def until_thread_says(harness: Harness, words: str) -> Message:
    """Wait until a message in the ranking's thread says this."""

    def look() -> Message | None:
        messages = harness.bot_messages(ORLA, CHANNEL)
        return next((one for one in messages if one.thread_ts and words in one.text), None)

    return await harness.until(look, f"the thread to say “{words}”")


async def change(harness: Harness, label: str, field: str, value: str | list[str]) -> None:
    """Orla sends one of the forms behind “More”."""
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "More")
    await harness.click(ORLA, label)
    await harness.fill(ORLA, field, value)
    assert await harness.submit(ORLA) == {}


async def propose(harness: Harness, *suggestion: str) -> None:
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "Propose")
    for number in suggestion:
        await harness.fill(ORLA, "suggestion", number)
    assert await harness.submit(ORLA) == {}


async def set_up(harness: Harness) -> None:
    """Orla plans for eleven people: each agency counts once, a day for each step, a reminder each day."""
    await open_setup(harness, agency=SCHOOL)
    await harness.fill(ORLA, "channel", CHANNEL)
    await harness.fill(ORLA, "people", ELEVEN)
    await harness.click(ORLA, "Change the rules")
    await harness.fill(ORLA, "weights", "agency")
    await harness.fill(ORLA, "hours", "24")
    await harness.fill(ORLA, "remind", "24")
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 1 of 6")


async def say_agency(harness: Harness, user_id: str, label: str) -> None:
    """Press for the first time, when the agency is asked."""
    await press_on_board(harness, user_id, label)
    await answer_for(harness, user_id, AGENCIES[user_id])
    await close_modal(harness, user_id)


async def name_one(harness: Harness, user_id: str, item: str) -> None:
    """Answer for the first time."""
    await say_agency(harness, user_id, "Name one to drop")
    await tap(harness, user_id, "Name one to drop", "Drop this", [item])


async def drop_one(harness: Harness, days: Days) -> None:
    """A day with reminders and a missed deadline, a block, and the next proposal accepted."""
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")
    for user_id in ELEVEN[:8]:
        await name_one(harness, user_id, "outcome-3" if user_id in ELEVEN[:5] else "outcome-7")
    await change(harness, "Add people", "people", [BRYONY])
    await until_thread_says(harness, f"<@{BRYONY}>")

    days.pass_until(FRIDAY_MORNING)
    await harness.until(lambda: harness.direct_messages(COLIN), "a reminder for Colin")
    await harness.until(lambda: harness.direct_messages(ZOFIA), "a reminder for Zofia, from outside")
    assert not harness.direct_messages(DEV), "who has answered is not reminded"
    await name_one(harness, BRYONY, "outcome-7")
    days.pass_by(timedelta(hours=5))
    await until_board_says(harness, "named")
    reminder = await harness.until(
        lambda: next((m for m in harness.direct_messages(COLIN) if "has ended" in m.text), None),
        "the reminder to say that the step has ended",
    )
    assert not [block for block in reminder.blocks if block["type"] == "actions"]
    assert "5 of 9 named" in (await until_thread_says(harness, "Step 2 of 6")).text

    await propose(harness)
    await until_board_says(harness, "Step 2b of 6")
    for user_id in (COLIN, ZOFIA, IDRIS):
        await say_agency(harness, user_id, "Give my answer")
    assert list(await consent(harness, ZOFIA, "block")) == ["reason"]
    await harness.fill(ZOFIA, "reason", "Our families come to us because of this")
    assert await harness.submit(ZOFIA) == {}
    await everybody_says(harness, list(AGENCIES), "support", but=[ZOFIA])
    days.pass_by(SLIP_MENDED)
    assert "come to us because" in (await until_board_says(harness, "nothing is decided over a block")).text
    await change(harness, "Somebody has left", "person", HAMID)
    await until_thread_says(harness, f"<@{HAMID}>")

    await propose(harness)
    await everybody_says(harness, STAYING, "accept")
    days.pass_until(MONDAY)
    await until_board_says(harness, "Accepted")


async def order_twice(harness: Harness, days: Days) -> None:
    """Agencies differ at first; after talking the police and the trust come nearer."""
    await go_on(harness, "Go on")
    first = {SCHOOL: NINE, CARE: NINE, HEALTH: [*NINE[1:], NINE[0]], POLICE: NINE[::-1], TRUST: NINE[::-1]}
    for user_id in STAYING:
        await tap(harness, user_id, "Put them in order", "Add", first[AGENCIES[user_id]])
    days.pass_by(SLIP_MENDED)
    await until_board_says(harness, "Step 4 of 6")
    await press_on_board(harness, IDRIS, "Compare")
    seen = str((await harness.until(lambda: harness.open_view(IDRIS), "the comparison")).blocks)
    assert SCHOOL in seen
    assert "you put it at" in seen
    await close_modal(harness, IDRIS)

    await go_on(harness, "Rank again")
    second = first | {POLICE: NINE, TRUST: [*NINE[1:], NINE[0]]}
    for user_id in STAYING:
        await press_on_board(harness, user_id, "Put them in order")
        await answer_for(harness, user_id)
        await close_modal(harness, user_id)
        await tap(harness, user_id, "Put them in order", "Add", second[AGENCIES[user_id]])
    days.pass_by(SLIP_MENDED)
    await until_board_says(harness, "Compare (round 2)")
    await press_on_board(harness, IDRIS, "Compare")
    seen = str((await harness.until(lambda: harness.open_view(IDRIS), "the comparison")).blocks)
    assert "Second round" in seen
    await close_modal(harness, IDRIS)


async def choose(harness: Harness, days: Days) -> None:
    """All mark four alike and split on the fifth; the first proposal is blocked."""
    await go_on(harness, "Go on")
    for user_id in STAYING:
        fifth = NINE[5] if AGENCIES[user_id] in (POLICE, TRUST) else NINE[4]
        await tap(harness, user_id, "Mark five", "Mark", [*NINE[:4], fifth])
    days.pass_by(SLIP_MENDED)
    await until_board_says(harness, "Everybody marked")
    await propose(harness)
    assert await consent(harness, COLIN, "block", "The fifth leaves out what we do every day") == {}
    assert await consent(harness, IDRIS, "aside", "I was not there when this was agreed") == {}
    await everybody_says(harness, STAYING, "support", but=[COLIN, IDRIS])
    days.pass_by(SLIP_MENDED)
    await until_board_says(harness, "what we do every day")


async def until_outcome(harness: Harness, words: str) -> str:
    """The outcome as somebody from outside reads it."""
    message = await harness.until(
        lambda: next((m for m in harness.bot_messages(ZOFIA, CHANNEL) if m.text.startswith(words)), None),
        f"the outcome “{words}”",
    )
    return message.text


async def work_through(harness: Harness, days: Days) -> None:
    """From the set-up to the block on the five."""
    await set_up(harness)
    await drop_one(harness, days)
    await order_twice(harness, days)
    await choose(harness, days)


async def test_twelve_people_agree_after_a_split(tmp_path: Path) -> None:
    async with running_days(tmp_path, THURSDAY) as (harness, days):
        await work_through(harness, days)
        await propose(harness)
        await everybody_says(harness, STAYING, "accept")
        days.pass_by(SLIP_MENDED)
        await until_board_says(harness, "Accepted")
        await go_on(harness, "Record the outcome")
        said = await until_outcome(harness, "Decided:")
        assert "11 can live with it." in said
        assert "Each agency counts once." in said
        assert "It took 4 days." in said
        assert f"{TRUST}: <@{IDRIS}>, <@{ZOFIA}>" in said
        assert f"<@{HAMID}>" in said


async def test_twelve_people_end_without_consensus_and_the_dissent_is_written_down(tmp_path: Path) -> None:
    async with running_days(tmp_path, THURSDAY) as (harness, days):
        await work_through(harness, days)
        await press_on_board(harness, ORLA, "For the facilitator")
        await harness.click(ORLA, "Record no consensus")
        await harness.fill(ORLA, "words", "We meet again in the spring.")
        assert await harness.submit(ORLA) == {}
        said = await until_outcome(harness, "Without consensus:")
        assert "what we do every day" in said
        assert "I was not there when this was agreed" in said
        assert "We meet again in the spring." in said
        assert "Decided" not in said
