"""The settings of a workspace: offered to admins, refused to everybody else."""

import pytest

from bot.home import ids
from bot.home.settings_views import SAVED, settings_modal
from bot.home.views import help_panel
from bot.panels import panel_message
from sandbox.limits import view_faults
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

OPEN = {"type": "button", "block_id": "b", "action_id": ids.OPEN_SETTINGS}


def help_panel_of_an_admin() -> Json:
    return panel_message(help_panel(is_admin=True))


async def form_of(bot: Bot, slack: Slack, user: User = ANNA) -> Place:
    slack.users[user.id] = {"is_admin": True}
    help_text = await bot.command("/commonground", user=user)
    await bot.press(shown_message(help_text, private=True), "Settings", user=user)
    return shown_view(slack.last("views.open")["view"])


async def test_an_admin_changes_both_settings_and_sees_them_again(
    bot: Bot, slack: Slack, store: Store
) -> None:
    form = await form_of(bot, slack)
    answer = await bot.submit(form, {ids.APPROVAL_FIELD: [ids.REQUIRED], ids.DAYS_FIELD: "45"})
    assert SAVED in words_of(answer["view"]["blocks"])
    kept = WorkspaceSettings(approval_required=True, ask_about_drafts_after_days=45)
    assert await store.settings.get(TEAM) == kept
    assert await store.settings.get("T0OTHER") == WorkspaceSettings()

    again = await form_of(bot, slack)
    boxes, days = (block["element"] for block in again.blocks)
    assert [option["value"] for option in boxes["initial_options"]] == [ids.REQUIRED]
    assert days["initial_value"] == "45"
    await bot.submit(again, {ids.DAYS_FIELD: "45"})
    assert not (await store.settings.get(TEAM)).approval_required


@pytest.mark.parametrize("days", ["", "0", "366", "2.5", "-3", "ten", "²", "0000000045999", "9" * 5_000])
async def test_days_are_a_whole_number_within_a_year(bot: Bot, slack: Slack, store: Store, days: str) -> None:
    answer = await bot.submit(await form_of(bot, slack), {ids.DAYS_FIELD: days})
    assert answer["errors"] == {ids.DAYS_FIELD: "Type a whole number of days from 1 to 365."}
    assert await store.settings.get(TEAM) == WorkspaceSettings()


@pytest.mark.parametrize(("user", "known"), [(BEN, {}), (PIA, {"is_admin": True})], ids=["member", "partner"])
async def test_nobody_else_sees_opens_or_saves_them(
    bot: Bot, slack: Slack, store: Store, user: User, known: Json
) -> None:
    form = await form_of(bot, slack)
    opened = len(slack.called("views.open"))
    slack.users[user.id] = known
    answer = await bot.command("/commonground", user=user)
    assert "Settings" not in labels_of(answer.get("blocks", []))  # a partner's workspace has no commands
    await bot.act(shown_message(help_panel_of_an_admin(), private=True), OPEN, user=user)
    assert len(slack.called("views.open")) == opened
    assert "Only an admin of this workspace can change its settings" in slack.last("response_url")["text"]
    answer = await bot.submit(form, {ids.APPROVAL_FIELD: [ids.REQUIRED], ids.DAYS_FIELD: "45"}, user=user)
    assert "Only an admin of this workspace" in words_of(answer["view"]["blocks"])
    assert await store.settings.get(TEAM) == WorkspaceSettings()


def test_the_form_keeps_the_limits() -> None:
    assert view_faults(settings_modal(WorkspaceSettings(True, 365))) == []
