"""The whole ranking task in the sandbox: five people, one of them from the partner workspace."""

import pytest

from sandbox.harness import Harness, running_harness
from tests.e2e.ranking import (
    CHANNEL,
    DEV,
    FIVE,
    MAEVE,
    ORLA,
    OUTSIDER_TO_RANKING,
    RUTH,
    ZOFIA,
    board,
    close_modal,
    consent,
    go_on,
    open_setup,
    press_on_board,
    start_ranking,
    tap,
    until_board_says,
)

KEPT = [f"outcome-{number}" for number in range(1, 11) if number != 7]


async def work_through(harness: Harness) -> None:
    """From the first statement to the outcome, with a block on the way."""
    await start_ranking(harness)
    await drop_one(harness)
    await order_the_rest(harness)
    await choose_five(harness)


async def drop_one(harness: Harness) -> None:
    """Name one, block the first proposal, accept the second."""
    await go_on(harness, "Go on")
    for user_id, item in zip(
        FIVE, ["outcome-3", "outcome-3", "outcome-7", "outcome-3", "outcome-7"], strict=True
    ):
        await tap(harness, user_id, "Name one to drop", "Drop this", [item])
    said = (await until_board_says(harness, "5 of 5 have answered")).text
    assert "named" not in said, "no running totals"

    await go_on(harness, "End step")
    await until_board_says(harness, "3 of 5 named")
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "Propose")
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 2b of 6")
    refused = await consent(harness, ZOFIA, "block")
    assert list(refused) == ["reason"]
    await harness.fill(ZOFIA, "reason", "Our reputation <!channel> is how families find us")
    assert await harness.submit(ZOFIA) == {}
    for user_id in FIVE[:4]:
        assert await consent(harness, user_id, "support") == {}
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step")
    said = (await until_board_says(harness, "nothing is decided over a block")).text
    assert "how families find us" in said
    assert "<!channel>" not in said

    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "Propose")
    assert await harness.submit(ORLA) == {}
    for user_id in FIVE:
        assert await consent(harness, user_id, "accept") == {}
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step", "Go on")
    await until_board_says(harness, "Step 3 of 6")


async def order_the_rest(harness: Harness) -> None:
    """Everybody orders nine, and Maeve compares."""
    orders = [KEPT, KEPT, KEPT[::-1], KEPT, [*KEPT[1:], KEPT[0]]]
    for user_id, order in zip(FIVE, orders, strict=True):
        await tap(harness, user_id, "Put them in order", "Add", order)
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step")
    said = (await until_board_says(harness, "Step 4 of 6")).text
    assert "Kendall's W" in said

    await press_on_board(harness, MAEVE, "Compare")
    view = harness.open_view(MAEVE)
    assert view is not None
    assert "you put it at" in str(view.blocks)
    await close_modal(harness, MAEVE)


async def choose_five(harness: Harness) -> None:
    """Mark five, propose them, accept them."""
    await go_on(harness, "Go on")
    for user_id in FIVE:
        await tap(harness, user_id, "Mark five", "Mark", KEPT[:5])
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step")
    await until_board_says(harness, "Everybody marked 5 of them")
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "Propose")
    assert await harness.submit(ORLA) == {}
    for user_id in FIVE:
        assert await consent(harness, user_id, "support") == {}
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step", "Record the outcome")
    await until_board_says(harness, "Decided.")


@pytest.mark.parametrize("is_http", [False, True], ids=["socket", "http"])
async def test_five_people_settle_on_five_statements(database_url: str, is_http: bool) -> None:
    async with running_harness(database_url, is_http=is_http) as harness:
        await work_through(harness)
        outcome = await harness.until(
            lambda: next(
                (m for m in harness.bot_messages(ZOFIA, CHANNEL) if m.text.startswith("Decided:")), None
            ),
            "the outcome",
        )
        assert "1.  " in outcome.text
        assert "5 support it." in outcome.text
        listed = await harness.acts.run_command(ORLA, CHANNEL, "/rank list")
        assert listed is None
        assert "Decided" in harness.bot_messages(ORLA, CHANNEL)[-1].text


async def test_somebody_else_and_somebody_without_the_right_are_told_in_words(harness: Harness) -> None:
    await start_ranking(harness)
    await press_on_board(harness, DEV, "For the facilitator")
    told = harness.bot_messages(DEV, CHANNEL)[-1]
    assert "Only the facilitator" in told.text
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")
    await press_on_board(harness, OUTSIDER_TO_RANKING, "Name one to drop")
    assert "not on the list" in harness.bot_messages(OUTSIDER_TO_RANKING, CHANNEL)[-1].text
    assert all("not on the list" not in one.text for one in harness.bot_messages(ORLA, CHANNEL))


async def test_a_channel_without_the_bot_is_a_field_error_that_says_what_to_do(harness: Harness) -> None:
    for channel in ("C0LUNCHTIME", "G0LEADERSHP"):
        await open_setup(harness)
        await harness.fill(ORLA, "channel", channel)
        errors = await harness.submit(ORLA)
        assert "/invite @Common Ground" in errors["channel"]
        await close_modal(harness, ORLA)


async def test_one_person_alone_is_not_a_group(harness: Harness) -> None:
    await open_setup(harness)
    await harness.fill(ORLA, "channel", CHANNEL)
    await harness.fill(ORLA, "people", [RUTH])
    assert "at least two people" in (await harness.submit(ORLA))["people"]


async def test_everybody_in_the_channel_takes_part_when_nobody_is_named(harness: Harness) -> None:
    await open_setup(harness)
    await harness.fill(ORLA, "channel", CHANNEL)
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 1 of 6")
    message = board(harness)
    assert message is not None
    assert all(f"<@{user_id}>" in message.text for user_id in (*FIVE, OUTSIDER_TO_RANKING))
    assert "U0COMMONGRD" not in message.text
