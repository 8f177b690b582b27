"""A ranking that Fernleigh runs in the channel it shares with Marlbrook, which has the app as well.

For Fernleigh's bot Orla, Dev and the guest Pat are from outside: they do everything by buttons.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.harness import Harness
from sandbox.state import Message
from tests.e2e import ranking
from tests.e2e.both_sides import (
    DEV,
    FERNLEIGH,
    IDRIS,
    MAEVE,
    MARLBROOK,
    ORLA,
    PAT,
    SHARED,
    TASK,
    ZOFIA,
    both_installed_at,
    files_of,
    home_of,
    settings_page_of,
    typed,
)
from tests.e2e.ranking import answer_for, close_modal, consent, go_on, press_on_board, until_board_says

TRUST, SCHOOL, TRAINER = "Fernleigh Family Trust", "Marlbrook Primary School", "Lorimer and Daughters"
AGENCIES = {ZOFIA: TRUST, IDRIS: TRUST, ORLA: SCHOOL, DEV: SCHOOL, MAEVE: SCHOOL, PAT: TRAINER}
FURTHER = (ORLA, MAEVE, PAT, IDRIS)
NINE = [f"outcome-{number}" for number in range(1, 11) if number != 7]


THURSDAY = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    """By day, when reminders go out."""
    async with both_installed_at(tmp_path, THURSDAY) as running:
        yield running


def of_fernleighs_bot(harness: Harness, user_id: str) -> list[Message]:
    """What it wrote in the shared channel, as this person sees it."""
    bot = harness.workspace.seat(FERNLEIGH).bot_user_id
    return [one for one in harness.bot_messages(user_id, SHARED) if one.user_id == bot]


async def zofia_sends(harness: Harness, label: str, field: str = "", value: str | list[str] = "") -> None:
    """One of the forms in the facilitator's menu."""
    await press_on_board(harness, ZOFIA, "For the facilitator")
    await harness.click(ZOFIA, label)
    if field:
        await harness.fill(ZOFIA, field, value)
    assert await harness.submit(ZOFIA) == {}


async def set_up(harness: Harness) -> None:
    """Each agency counts once."""
    await ranking.open_setup(harness, ZOFIA, TRUST)
    await harness.fill(ZOFIA, "channel", SHARED)
    await harness.fill(ZOFIA, "people", list(AGENCIES))
    await harness.click(ZOFIA, "Change the rules")
    await harness.fill(ZOFIA, "weights", "agency")
    for _ in range(3):
        assert await harness.submit(ZOFIA) == {}
    board = await until_board_says(harness, "Step 1 of 6")
    assert board in of_fernleighs_bot(harness, ORLA)


async def drop_one(harness: Harness) -> None:
    """The first press of each from outside asks for the agency; who has not answered is reminded."""
    await go_on(harness, "Go on", user_id=ZOFIA)
    await press_on_board(harness, DEV, "Name one to drop")
    asked = harness.open_view(DEV)
    assert asked is not None
    assert "Marlbrook Together" in json.dumps(asked.blocks), "the name of the partner's workspace is offered"
    await answer_for(harness, DEV, SCHOOL)
    await close_modal(harness, DEV)
    await ranking.tap(harness, DEV, "Name one to drop", "Drop this", ["outcome-3"])
    await go_on(harness, "More", "Remind now", user_id=ZOFIA)
    for user_id in FURTHER:
        await until_reminded(harness, user_id)
        assert not harness.direct_messages(user_id, MARLBROOK)
    assert not harness.direct_messages(DEV, FERNLEIGH), "who has answered"
    for user_id in FURTHER:
        await press_on_board(harness, user_id, "Name one to drop")
        await answer_for(harness, user_id, AGENCIES[user_id])
        await close_modal(harness, user_id)
    for user_id in (ZOFIA, *FURTHER):
        item = "outcome-7" if user_id == PAT else "outcome-3"
        await ranking.tap(harness, user_id, "Name one to drop", "Drop this", [item])
    await until_board_says(harness, "6 of 6 have answered")
    await go_on(harness, "End step", user_id=ZOFIA)
    await agree(harness, blocked_by=PAT)


async def until_reminded(harness: Harness, user_id: str) -> None:
    """By Fernleigh's bot, which runs it."""
    await harness.until(lambda: harness.direct_messages(user_id, FERNLEIGH), f"a reminder for {user_id}")


async def agree(harness: Harness, blocked_by: str = "") -> None:
    """Propose, and once more over a block from outside, until all can live with it."""
    await zofia_sends(harness, "Propose")
    if blocked_by:
        assert list(await consent(harness, blocked_by, "block")) == ["reason"]
        await harness.fill(blocked_by, "reason", "Visitors see it differently")
        assert await harness.submit(blocked_by) == {}
    for user_id in AGENCIES:
        if user_id != blocked_by:
            assert await consent(harness, user_id, "support") == {}
    await until_board_says(harness, "6 of 6 have answered")
    await go_on(harness, "End step", user_id=ZOFIA)
    if blocked_by:
        said = await until_board_says(harness, "nothing is decided over a block")
        assert "Visitors see it differently" in said.text
        await agree(harness)


async def order_and_choose(harness: Harness) -> None:
    """Three people of the school put one statement first, three of the two other agencies another."""
    await go_on(harness, "Go on", user_id=ZOFIA)
    for user_id, agency in AGENCIES.items():
        order = NINE if agency == SCHOOL else [NINE[1], NINE[0], *NINE[2:]]
        await ranking.tap(harness, user_id, "Put them in order", "Add", order)
    await until_board_says(harness, "6 of 6 have answered")
    await go_on(harness, "End step", user_id=ZOFIA)
    await until_board_says(harness, "Step 4 of 6")
    await press_on_board(harness, PAT, "Compare")
    compared = harness.open_view(PAT)
    assert compared is not None
    assert TRUST in json.dumps(compared.blocks)
    await close_modal(harness, PAT)
    await go_on(harness, "Go on", user_id=ZOFIA)
    for user_id in AGENCIES:
        await ranking.tap(harness, user_id, "Mark five", "Mark", NINE[:5])
    await until_board_says(harness, "6 of 6 have answered")
    await go_on(harness, "End step", user_id=ZOFIA)
    await until_board_says(harness, "Everybody marked 5 of them")
    await agree(harness)


async def until_outcome(harness: Harness, user_id: str) -> str:
    """The outcome as this person reads it in the shared channel."""

    def look() -> Message | None:
        messages = of_fernleighs_bot(harness, user_id)
        return next((one for one in messages if one.text.startswith("Decided:")), None)

    return (await harness.until(look, "the outcome")).text


async def export(harness: Harness) -> dict[str, bytes]:
    """Zofia has the record sent to herself."""
    await press_on_board(harness, ZOFIA, "Export")
    assert await harness.submit(ZOFIA) == {}
    return await files_of(harness, ZOFIA, FERNLEIGH, "The record of")


async def copy_for(harness: Harness, user_id: str, team_id: str) -> str:
    """All that a person's own workspace has about them."""
    await typed(harness, user_id, "/commonground")
    await harness.click(user_id, "My data", SHARED)
    await harness.click(user_id, "Send me a copy")
    await close_modal(harness, user_id)
    return (await files_of(harness, user_id, team_id, ""))["json"].decode()


async def test_people_of_both_sides_and_a_guest_agree(harness: Harness) -> None:
    await set_up(harness)
    await drop_one(harness)
    await order_and_choose(harness)
    await go_on(harness, "Record the outcome", user_id=ZOFIA)
    await until_board_says(harness, "Decided.")
    for user_id in (ORLA, PAT, IDRIS):
        outcome = await until_outcome(harness, user_id)
        assert "Each agency counts once." in outcome
        assert "1.  The way we work becomes more effective" in outcome, "two agencies against one"
        assert f"{SCHOOL}: <@{DEV}>, <@{MAEVE}>, <@{ORLA}>" in outcome
        assert f"{TRAINER}: <@{PAT}>" in outcome
    record = json.loads((await export(harness))["json"])
    assert {one["name"]: one["agency"] for one in record["record"]["members"]} == {
        harness.workspace.people[user_id].real_name: agency for user_id, agency in AGENCIES.items()
    }
    assert not [stage["asked"] for stage in record["record"]["stages"] if stage["asked"][-2] in ".?"]
    await marlbrook_learns_nothing(harness)


async def marlbrook_learns_nothing(harness: Harness) -> None:
    """It is Fernleigh's ranking, wherever it is looked for in Marlbrook's own app."""
    assert TASK in (await typed(harness, ZOFIA, "/rank list")).text
    assert TASK not in (await typed(harness, ORLA, "/rank list")).text
    assert TASK in await home_of(harness, IDRIS, TASK)
    for user_id in (ORLA, DEV):
        assert TASK not in await home_of(harness, user_id, "Nothing waits for you")
    for title in ("Agencies", "Audit log"):
        ours = await settings_page_of(harness, ORLA, title)
        assert not [each for each in (TRUST, TRAINER, SCHOOL, TASK) if each in ours]
    assert SCHOOL in await settings_page_of(harness, ZOFIA, "Agencies")
    assert TASK in await copy_for(harness, ZOFIA, FERNLEIGH)
    assert TASK not in await copy_for(harness, ORLA, MARLBROOK)
