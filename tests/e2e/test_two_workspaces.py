"""Both sides of a shared channel have the app: each works with the other, and keeps its own to itself."""

from collections.abc import AsyncIterator

import pytest

from sandbox.harness import Harness
from tests.e2e import case_study, ranking
from tests.e2e.both_sides import (
    DEV,
    FERNLEIGH,
    IDRIS,
    MARLBROOK,
    ORLA,
    PANEL,
    PAT,
    SHARED,
    ZOFIA,
    both_installed,
    home_of,
    settings_page_of,
    typed,
)
from tests.e2e.case_study import until_modal_says
from tests.e2e.ranking import until_board_says


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    async with both_installed(database_url) as running:
        yield running


async def test_each_side_has_its_own_bot_and_token(harness: Harness) -> None:
    ours, theirs = await typed(harness, ORLA, "/commonground"), await typed(harness, ZOFIA, "/commonground")
    assert ours.user_id == harness.workspace.bot_user_id
    assert theirs.user_id == harness.workspace.seat(FERNLEIGH).bot_user_id
    grants = harness.workspace.grants
    assert grants.token_of(MARLBROOK) != grants.token_of(FERNLEIGH)
    assert grants.token_of(FERNLEIGH) not in harness.bot_log


async def test_admins_see_what_is_theirs(harness: Harness) -> None:
    await case_study.want_approval(harness, ORLA, SHARED)
    await typed(harness, DEV, "/strategies zebra unicycle lessons")
    await typed(harness, IDRIS, "/strategies violin glacier lessons")
    ours, theirs = await home_of(harness, ORLA, "zebra"), await home_of(harness, ZOFIA, "violin")
    assert "violin" not in ours
    assert "zebra" not in theirs
    assert ORLA in await settings_page_of(harness, ORLA, "Audit log")
    assert "Nothing has been changed" in await settings_page_of(harness, ZOFIA, "Audit log")
    await typed(harness, ZOFIA, "/commonground")
    await harness.click(ZOFIA, "Settings", SHARED)
    view = await until_modal_says(harness, ZOFIA, "approval")
    assert view.values["approval"]["approval"]["selected_options"] == []


async def test_a_guest_answers_and_starts_nothing(harness: Harness) -> None:
    assert "Guests of a workspace" in (await typed(harness, PAT, "/rank")).text
    await ranking.start_ranking(harness, [ORLA, PAT, ZOFIA])
    await ranking.go_on(harness, "Go on")
    await ranking.tap(harness, PAT, "Name one to drop", "Drop this", ["outcome-3"])
    await until_board_says(harness, "1 of 3 have answered")


async def test_a_ranking_goes_on_when_its_channel_is_shared(harness: Harness) -> None:
    await ranking.open_setup(harness, ORLA)
    await harness.fill(ORLA, "channel", PANEL)
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await harness.until(lambda: harness.bot_messages(ORLA, PANEL), "the board")
    await harness.acts.share_with_partner(PANEL, "C0EARLYHELP")
    await harness.click(ORLA, "For the facilitator", "C0EARLYHELP")
    await harness.click(ORLA, "Go on")
    await harness.until(
        lambda: next((m for m in harness.bot_messages(ORLA, "C0EARLYHELP") if "Step 2" in m.text), None),
        "the board under the new id",
    )


async def test_a_ranking_goes_on_without_the_partner_once_the_channel_is_not_shared(harness: Harness) -> None:
    await ranking.start_ranking(harness, [ORLA, DEV, ZOFIA, IDRIS])
    await ranking.go_on(harness, "Go on")
    await ranking.tap(harness, ZOFIA, "Name one to drop", "Drop this", ["outcome-3"])
    await harness.acts.stop_sharing(SHARED, FERNLEIGH)
    board = await until_board_says(harness, "1 of 3 have answered")
    assert "Taking part: 2 people." in board.text, "what Zofia answered stands"
    assert harness.bot_messages(ZOFIA, SHARED) == []
