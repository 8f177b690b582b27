"""A case study of Marlbrook's that Fernleigh, which has the app as well, writes and approves with them.

For Marlbrook's bot Zofia is from outside: whatever she does is a button in what it wrote to her.
"""

import json
from collections.abc import AsyncIterator

import pytest

from sandbox.harness import Harness
from tests.e2e import case_study
from tests.e2e.both_sides import (
    DEV,
    IDRIS,
    MARLBROOK,
    ORLA,
    SHARED,
    ZOFIA,
    both_installed,
    home_of,
    settings_page_of,
)
from tests.e2e.case_study import fill_in, until_modal_says, write
from tests.e2e.ranking import close_modal

TITLE, OURS, THEIRS = "Harbour picnic", "Two cooks and a boat.", "Two cooks, a boat and forty families."


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    async with both_installed(database_url) as running:
        yield running


async def write_with_zofia(harness: Harness) -> str:
    """Zofia writes the section while Orla writes the same field of it; returns the id."""
    study = await case_study.begin(harness, ORLA, SHARED, "good-practice")
    await write(harness, ORLA, f"{study}|who", {"organization": "Larkfield Hub", "activity": TITLE})
    await write(harness, ORLA, f"{study}|why", {"aims": "To meet parents who never come."})
    section = f"{study}|what"
    await case_study.ask_colleague(harness, ORLA, section, ZOFIA)
    await case_study.open_asked(harness, ZOFIA, section)
    await fill_in(harness, ZOFIA, {"description": THEIRS})
    await write(harness, ORLA, section, {"description": OURS})
    assert await harness.submit(ZOFIA) == {}
    for words in ("Two people changed this", OURS, THEIRS):
        await until_modal_says(harness, ZOFIA, words)
    await harness.click(ZOFIA, "case_studies.conflict.mine")
    await until_modal_says(harness, ZOFIA, "Your choice is kept")
    await close_modal(harness, ZOFIA)
    await case_study.finish_asked(harness, ZOFIA, section, ORLA)
    await close_modal(harness, ORLA)
    return study


async def test_it_is_written_by_both_approved_by_the_partner_and_found_at_home(harness: Harness) -> None:
    await case_study.want_approval(harness, ORLA, SHARED)
    study = await write_with_zofia(harness)
    await case_study.begin(harness, ZOFIA, SHARED, "good-practice")
    await close_modal(harness, ZOFIA)
    assert TITLE not in await home_of(harness, ZOFIA, "Untitled case study"), "she has drafts of her own"

    await case_study.go_on(harness, ORLA, SHARED, study)
    view = await until_modal_says(harness, ORLA, TITLE)
    assert "Two texts for one field" not in json.dumps(view.blocks)
    await harness.click(ORLA, "Ask for approval")
    await case_study.ask_approval(harness, ORLA, IDRIS)
    await case_study.approve(harness, IDRIS, ORLA)
    await case_study.publish(harness, ORLA)
    await case_study.share(harness, ORLA, SHARED)

    def look() -> str | None:
        shared = [one for one in harness.bot_messages(IDRIS, SHARED) if TITLE in one.text]
        return shared[0].user_id if shared else None

    bot = harness.workspace.seat(MARLBROOK).bot_user_id
    assert await harness.until(look, "the shared case study") == bot, "both read it in the channel"
    await found_by_marlbrook_alone(harness)


async def found_by_marlbrook_alone(harness: Harness) -> None:
    """It is in the library of Marlbrook, and nowhere in Fernleigh's own app."""
    await case_study.search(harness, DEV, SHARED, "boat")
    await until_modal_says(harness, DEV, TITLE)
    await harness.acts.run_command(IDRIS, SHARED, "/casestudy boat")
    view = await until_modal_says(harness, IDRIS, "boat")
    assert TITLE not in json.dumps(view.blocks)
    await close_modal(harness, IDRIS)
    assert TITLE in await home_of(harness, ORLA, TITLE)
    assert TITLE not in await home_of(harness, IDRIS, "Nothing waits for you")
    assert ORLA in await settings_page_of(harness, ORLA, "Audit log")
    assert "Nothing has been changed" in await settings_page_of(harness, ZOFIA, "Audit log")
    assert "Larkfield" not in await settings_page_of(harness, ZOFIA, "Agencies")
