"""A ranking over the accidents of its life: paused, archived, left, its facilitator gone."""

from sandbox.harness import Harness
from sandbox.state import Message
from tests.e2e.ranking import (
    CHANNEL,
    DEV,
    FIVE,
    ORLA,
    OUTSIDER_TO_RANKING,
    RUTH,
    ZOFIA,
    board,
    close_modal,
    go_on,
    press_on_board,
    start_ranking,
    until_board_says,
)


async def until_thread_says(harness: Harness, words: str, user_id: str = RUTH) -> Message:
    """Wait until the app has said this in the ranking's thread."""

    def look() -> Message | None:
        parent = board(harness, user_id)
        messages = harness.bot_messages(user_id, CHANNEL)
        return next((m for m in messages if parent and m.thread_ts == parent.ts and words in m.text), None)

    return await harness.until(look, f"the thread to say “{words}”")


async def until_told(harness: Harness, user_id: str, words: str) -> Message:
    """Wait until the app has written this to somebody, or changed what it wrote to it."""

    def look() -> Message | None:
        return next((m for m in harness.direct_messages(user_id) if words in m.text), None)

    return await harness.until(look, f"{user_id} to be told “{words}”")


async def test_a_ranking_is_paused_resumed_and_joined(harness: Harness) -> None:
    await start_ranking(harness)
    await go_on(harness, "Go on", "More", "Pause")
    await until_board_says(harness, "Paused.")
    assert harness.find_button(DEV, "Name one to drop", CHANNEL) is None
    await until_thread_says(harness, "paused the ranking")
    await go_on(harness, "Resume", "More", "Add people")
    # The form was closed with the menu: it is opened anew and sent.
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "More")
    await harness.click(ORLA, "Add people")
    await harness.fill(ORLA, "people", [OUTSIDER_TO_RANKING])
    assert await harness.submit(ORLA) == {}
    await until_thread_says(harness, "added <@U0COLINWARD> to the people who take part")
    await until_board_says(harness, "0 of 6 have answered")


async def test_an_archived_channel_pauses_a_ranking_until_it_is_back(harness: Harness) -> None:
    await start_ranking(harness)
    await go_on(harness, "Go on")
    await harness.acts.archive(ORLA, CHANNEL)
    await until_told(harness, ORLA, "so the ranking is paused")
    await harness.acts.rename(CHANNEL, "better-together")
    await harness.acts.unarchive(ORLA, CHANNEL)
    await until_told(harness, ORLA, "the ranking goes on")
    await until_thread_says(harness, "The ranking goes on.")
    await until_board_says(harness, "Step 2 of 6")
    assert harness.find_button(DEV, "Name one to drop", CHANNEL) is not None


async def test_a_ranking_waits_for_an_app_that_was_removed(harness: Harness) -> None:
    await start_ranking(harness)
    bot = harness.workspace.bot_user_id
    await harness.acts.remove(ORLA, CHANNEL, bot)
    await until_told(harness, ORLA, "type /invite @Common Ground")
    await harness.acts.invite(ORLA, CHANNEL, bot)
    await until_told(harness, ORLA, "the ranking goes on")
    await until_board_says(harness, "Step 1 of 6")


async def test_who_leaves_is_not_waited_for_and_a_helper_goes_on_without_the_facilitator(
    harness: Harness,
) -> None:
    await start_ranking(harness)
    await go_on(harness, "Go on")
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "More")
    await harness.click(ORLA, "Name helpers")
    await harness.fill(ORLA, "people", [RUTH])
    assert await harness.submit(ORLA) == {}
    await until_thread_says(harness, "named helpers")
    await harness.acts.leave(ZOFIA, CHANNEL)
    await until_board_says(harness, "0 of 4 have answered")
    await harness.acts.leave(ORLA, CHANNEL)
    note = await until_thread_says(harness, "can take over")
    assert note.blocks[-1]["elements"][0]["text"]["text"] == "Take over"
    await harness.click(RUTH, "Take over", CHANNEL)
    await until_thread_says(harness, "<@U0RUTHPELLO> facilitates this ranking from now on.")
    assert len(FIVE) == 5
    await press_on_board(harness, RUTH, "For the facilitator")
    assert harness.find_button(RUTH, "End step") is not None
    await close_modal(harness, RUTH)
