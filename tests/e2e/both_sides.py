"""Marlbrook and Fernleigh, which share a channel and have both installed the app by its link."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sandbox.harness import Harness, running_harness
from sandbox.installing import install_in
from sandbox.partnership import TWO_WORKSPACES
from sandbox.running import Options
from sandbox.state import Message, View
from tests.e2e.days import running_days
from tests.e2e.ranking import close_modal

MARLBROOK, FERNLEIGH = "T0MARLBROOK", "T0FERNLEIGH"
ORLA, DEV, MAEVE, PAT = "U0ORLAFINCH", "U0DEVSINGHA", "U0MAEVEHOLT", "U0PATLORIMR"
"""Of Marlbrook: an admin, two members and a guest."""
ZOFIA, IDRIS = "U0ZOFIALISK", "U0IDRISGANE"
"""Of Fernleigh: an admin and a member."""
SHARED, PANEL = "C0PARTNERSH", "G0EARLYHELP"
TASK = "What good joint work leads to"


BY_LINK = Options(is_http=True, is_by_link=True, partnership=TWO_WORKSPACES)


@asynccontextmanager
async def both_installed(database_url: str) -> AsyncIterator[Harness]:
    """Both workspaces have the app."""
    async with running_harness(database_url, options=BY_LINK) as running:
        await install_both(running)
        yield running


@asynccontextmanager
async def both_installed_at(folder: Path, begins: datetime) -> AsyncIterator[Harness]:
    """The same, on a clock that begins then, with the database in this folder."""
    async with running_days(folder, begins, options=BY_LINK) as (running, _days):
        await install_both(running)
        yield running


async def install_both(running: Harness) -> None:
    """Each by the link."""
    for team_id in (MARLBROOK, FERNLEIGH):
        await install_in(running.sandbox, team_id)


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


async def settings_page_of(harness: Harness, admin: str, title: str) -> str:
    """What one of the pages behind Settings shows an admin."""
    await typed(harness, admin, "/commonground")
    await harness.click(admin, "Settings", SHARED)
    await harness.click(admin, title)

    def look() -> View | None:
        view = harness.open_view(admin)
        return view if view and view.content["title"]["text"] == title else None

    view = await harness.until(look, f"the page “{title}”")
    await close_modal(harness, admin)
    return json.dumps(view.blocks, ensure_ascii=False)


async def files_of(harness: Harness, user_id: str, team_id: str, words: str) -> dict[str, bytes]:
    """The files of the newest message in which a workspace's bot writes this to somebody, by their kind."""

    def look() -> Message | None:
        messages = harness.direct_messages(user_id, team_id)
        return next((one for one in reversed(messages) if one.file_ids and words in one.text), None)

    sent = await harness.until(look, f"files with “{words}”", seconds=60)
    files, content = harness.workspace.files, harness.workspace.file_content
    return {files[one].name.rsplit(".", 1)[-1]: content[one] for one in sent.file_ids}
