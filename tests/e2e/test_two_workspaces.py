"""Both sides of a shared channel have the app: each works with the other, and keeps its own to itself."""

import json
from collections.abc import AsyncIterator

import pytest

from sandbox.harness import Harness, running_harness
from sandbox.installing import install_in
from sandbox.partnership import TWO_WORKSPACES
from sandbox.running import Options
from sandbox.state import Json, Message
from tests.e2e import case_study, ranking
from tests.e2e.case_study import fill_in, until_modal_says, write
from tests.e2e.ranking import close_modal, until_board_says

MARLBROOK, FERNLEIGH = "T0MARLBROOK", "T0FERNLEIGH"
ORLA, DEV, PAT = "U0ORLAFINCH", "U0DEVSINGHA", "U0PATLORIMR"
ZOFIA, IDRIS = "U0ZOFIALISK", "U0IDRISGANE"
SHARED, PANEL = "C0PARTNERSH", "G0EARLYHELP"
TASK = "What good joint work leads to"


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    """Both workspaces have installed the app, each by its link."""
    options = Options(is_http=True, is_by_link=True, partnership=TWO_WORKSPACES)
    async with running_harness(database_url, options=options) as running:
        for team_id in (MARLBROOK, FERNLEIGH):
            await install_in(running.sandbox, team_id)
        yield running


async def typed(harness: Harness, user_id: str, line: str, channel_id: str = SHARED) -> Message:
    """What a command answers."""
    before = len(harness.bot_messages(user_id, channel_id))
    assert await harness.acts.run_command(user_id, channel_id, line) is None
    return harness.bot_messages(user_id, channel_id)[before:][0]


async def home_of(harness: Harness, user_id: str, words: str) -> str:
    """Open App Home, and wait until it says this."""

    def look() -> str | None:
        home = harness.home(user_id)
        shown = json.dumps(home.blocks, ensure_ascii=False) if home else ""
        return shown if words in shown else None

    await harness.acts.open_home(user_id)
    return await harness.until(look, f"a Home that says “{words}”")


async def audit_log_of(harness: Harness, admin: str) -> str:
    await typed(harness, admin, "/commonground")
    await harness.click(admin, "Settings", SHARED)
    await harness.click(admin, "Audit log")
    view = await harness.until(
        lambda: next((v for v in [harness.open_view(admin)] if v and _title(v.content) == "Audit log"), None),
        "the audit log",
    )
    await close_modal(harness, admin)
    return json.dumps(view.blocks)


def _title(content: Json) -> str:
    return str(content["title"]["text"])


async def test_each_side_has_its_own_bot_and_token(harness: Harness) -> None:
    ours, theirs = await typed(harness, ORLA, "/commonground"), await typed(harness, ZOFIA, "/commonground")
    assert ours.user_id == harness.workspace.bot_user_id
    assert theirs.user_id == harness.workspace.seat(FERNLEIGH).bot_user_id
    grants = harness.workspace.grants
    assert grants.token_of(MARLBROOK) != grants.token_of(FERNLEIGH)
    assert grants.token_of(FERNLEIGH) not in harness.bot_log


async def test_a_ranking_is_run_from_one_side_with_people_of_both(harness: Harness) -> None:
    """Zofia's side runs it: for her bot Orla and Dev come from outside."""
    await ranking.open_setup(harness, ZOFIA)
    await harness.fill(ZOFIA, "channel", SHARED)
    await harness.fill(ZOFIA, "people", [ZOFIA, IDRIS, ORLA, DEV])
    assert await harness.submit(ZOFIA) == {}
    assert await harness.submit(ZOFIA) == {}
    board = await until_board_says(harness, "Step 1 of 6")
    assert board.user_id == harness.workspace.seat(FERNLEIGH).bot_user_id
    await ranking.go_on(harness, "Go on", user_id=ZOFIA)
    for user_id in (ZOFIA, IDRIS, ORLA, DEV):
        await ranking.tap(harness, user_id, "Name one to drop", "Drop this", ["outcome-3"])
    await until_board_says(harness, "4 of 4 have answered")
    await ranking.press_on_board(harness, ORLA, "For the facilitator")
    assert "Only the facilitator" in harness.bot_messages(ORLA, SHARED)[-1].text, "an admin of the other side"

    assert TASK in (await typed(harness, ZOFIA, "/rank list")).text
    assert TASK not in (await typed(harness, ORLA, "/rank list")).text, "it is Fernleigh's"
    assert TASK in await home_of(harness, IDRIS, TASK)
    assert TASK not in await home_of(harness, DEV, "Nothing waits for you")


async def test_a_case_study_is_written_by_both(harness: Harness) -> None:
    """Orla's workspace has it; Zofia writes a section through Orla's bot, and has drafts of her own."""
    study = await case_study.begin(harness, ORLA, SHARED, "good-practice")
    await write(
        harness, ORLA, f"{study}|who", {"organization": "Larkfield Hub", "activity": "Harbour picnic"}
    )
    await write(harness, ORLA, f"{study}|what", {"description": "Two cooks and a boat."})
    await case_study.ask_colleague(harness, ORLA, f"{study}|why", ZOFIA)
    await close_modal(harness, ORLA)
    await harness.click(ZOFIA, "Write the section", case_study.own_messages(harness, ZOFIA), f"{study}|why")
    await until_modal_says(harness, ZOFIA, "Aims of the activity")
    await fill_in(harness, ZOFIA, {"aims": "To meet parents who never come."})
    assert await harness.submit(ZOFIA) == {}
    await case_study.finish_asked(harness, ZOFIA, f"{study}|why", ORLA)

    await case_study.begin(harness, ZOFIA, SHARED, "good-practice")
    await close_modal(harness, ZOFIA)
    assert "Harbour picnic" not in await home_of(harness, ZOFIA, "Untitled case study")
    await case_study.go_on(harness, ORLA, SHARED, study)
    await harness.click(ORLA, "Publish")
    await harness.fill(ORLA, "checks", list(case_study.CHECKS))
    assert await harness.submit(ORLA) == {}
    await until_modal_says(harness, ORLA, "Your case study is published")
    await close_modal(harness, ORLA)
    assert "Harbour picnic" in await home_of(harness, ORLA, "Harbour picnic")

    await harness.acts.run_command(ORLA, SHARED, "/casestudy boat")
    await until_modal_says(harness, ORLA, "Harbour picnic")
    await harness.acts.run_command(ZOFIA, SHARED, "/casestudy boat")
    view = await until_modal_says(harness, ZOFIA, "boat")
    assert "Harbour picnic" not in json.dumps(view.blocks), "the library of Fernleigh"


async def test_admins_see_what_is_theirs(harness: Harness) -> None:
    await case_study.want_approval(harness, ORLA, SHARED)
    await typed(harness, DEV, "/strategies zebra unicycle lessons")
    await typed(harness, IDRIS, "/strategies violin glacier lessons")
    ours, theirs = await home_of(harness, ORLA, "zebra"), await home_of(harness, ZOFIA, "violin")
    assert "violin" not in ours
    assert "zebra" not in theirs
    assert ORLA in await audit_log_of(harness, ORLA)
    assert "Nothing has been changed" in await audit_log_of(harness, ZOFIA)
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
