"""A ranking's pictures and its exported record, as people see them in the browser."""

import asyncio
import io
import json

import docx
import pytest
from playwright.async_api import expect

from bot.ranking.counting.files import parse_ballots
from bot.ranking.counting.tally import count_ballots
from sandbox.harness import Harness
from sandbox.state import Message
from sandbox.trouble import Fault
from tests.browser import NARROW, WIDE, PageAs
from tests.e2e.ranking import (
    CHANNEL,
    DEV,
    FIVE,
    MAEVE,
    ORLA,
    RUTH,
    answer_for,
    board,
    close_modal,
    go_on,
    open_setup,
    press_item,
    press_on_board,
    until_board_says,
)

pytestmark = pytest.mark.browser

STATEMENTS = (
    "Families tell their story once",
    "Help comes early",
    "Children are safer",
    "Shared training",
    "Fewer meetings",
    "One plan for each family",
    "Young people have a say in what is planned for them",
    "Money goes where it does most good",
    "Staff know whom to call",
)
AGENCIES = {ORLA: "Elm School", DEV: "Elm School", MAEVE: "City Council", RUTH: "City Council"}


async def start_ordering(harness: Harness) -> None:
    """Orla has five people order nine statements at once."""
    await open_setup(harness, agency=AGENCIES[ORLA])
    await harness.fill(ORLA, "source", "own")
    await harness.fill(ORLA, "title", "What matters most")
    await harness.fill(ORLA, "statements", "\n".join(STATEMENTS))
    await harness.fill(ORLA, "channel", CHANNEL)
    await harness.fill(ORLA, "people", list(FIVE))
    await harness.click(ORLA, "Change the rules")
    await harness.fill(ORLA, "steps", ["compare"])
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Put them in order")


async def order(harness: Harness, user_id: str, nth: int) -> None:
    """Take the nth of those left again and again, so that people differ."""
    await press_on_board(harness, user_id, "Put them in order")
    await answer_for(harness, user_id, AGENCIES.get(user_id, "Harbour Health"))
    left = [spot.element["value"].split("|")[2] for spot in harness.spots(user_id) if spot.label == "Add"]
    assert len(left) == len(STATEMENTS)
    while left:
        await press_item(harness, user_id, "Add", left.pop(nth % len(left)))
    await close_modal(harness, user_id)


async def pictures(harness: Harness, count: int) -> Message:
    """The message in the thread with so many pictures."""

    def look() -> Message | None:
        with_files = [one for one in harness.bot_messages(ORLA, CHANNEL) if len(one.file_ids) == count]
        return with_files[-1] if with_files else None

    return await harness.until(look, "the pictures in the thread", seconds=60)


async def second_try(harness: Harness) -> None:
    """Wait until the bot has asked whether its files are there, which changes nothing that is seen."""
    for _ in range(300):
        if harness.web_api.log.of("files.info"):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"The bot did not try again.\n{harness.bot_log}")


async def test_pictures_come_into_the_thread_and_the_record_to_whoever_asks(
    harness: Harness, page_as: PageAs
) -> None:
    await start_ordering(harness)
    for nth, user_id in enumerate(FIVE):
        await order(harness, user_id, nth)
    await until_board_says(harness, "5 of 5 have answered")
    await go_on(harness, "End step")
    drawn = await pictures(harness, 3)
    root = board(harness)
    assert root is not None
    assert drawn.thread_ts == root.ts

    for size in (WIDE, NARROW):
        tab = await page_as(ORLA, CHANNEL, size=size)
        await tab.message("What matters most").get_by_role("button", name="replies").click()
        for words in ("where 5 people put each statement", "Diamond of nine", "statement by agency"):
            picture = tab.thread.get_by_role("img", name=words)
            await picture.scroll_into_view_if_needed()
            await expect(picture).to_have_js_property("complete", True)
            assert await picture.evaluate("image => image.naturalWidth") > 1000

    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "More")
    await harness.click(ORLA, "Export")
    await harness.fill(ORLA, "canvas", ["canvas"])
    # Slack takes the files, and its answer is lost.
    harness.web_api.faults.add(Fault("files.completeUploadExternal", status=503, is_performed=True))
    assert await harness.submit(ORLA) == {}
    message = await harness.until(
        lambda: next((one for one in harness.direct_messages(ORLA) if one.file_ids), None),
        "the files",
        seconds=60,
    )
    assert message.text.startswith("*The record of “What matters most”*")
    workspace = harness.workspace
    files = {workspace.files[one].name: workspace.file_content[one] for one in message.file_ids}
    assert len(files) == 6
    document = docx.Document(io.BytesIO(files["what-matters-most-record.docx"]))
    assert len(document.inline_shapes) == 3
    told = json.loads(files["what-matters-most-record.json"])
    assert {member["name"] for member in told["record"]["members"]} == {
        workspace.people[user_id].real_name for user_id in FIVE
    }
    counts = []
    for name in ("what-matters-most-record.json", "what-matters-most-ballots-round-1.csv"):
        ballots = parse_ballots(files[name])
        counts.append(count_ballots(ballots.ballots, ballots.items).bands)
    assert counts[0] == counts[1]

    thread = harness.bot_messages(ORLA, CHANNEL)
    assert "The record of “What matters most” is a canvas in this channel now." in [
        one.text for one in thread
    ]
    titles = [workspace.files[one].title for message in thread for one in message.file_ids]
    assert "What matters most: the record" in titles
    await second_try(harness)
    assert len([one for one in harness.direct_messages(ORLA) if one.file_ids]) == 1
    assert len(harness.web_api.log.of("files.completeUploadExternal")) == 2, "the pictures and the record"
