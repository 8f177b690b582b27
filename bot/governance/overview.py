"""The admins' page: each thing they decide or can look up, with the way to it."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import button, section
from bot.caller import Payload
from bot.governance import ids
from bot.panels import Panel, open_modal, panel_modal

ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "*Agencies*\nWhich there are. Give one another name, or make two into one.",
        "Agencies",
        ids.OPEN_AGENCIES,
    ),
    (
        "*Who may start rankings*\nEverybody, or the people you name.",
        "Who may start",
        ids.OPEN_STARTERS,
    ),
    (
        "*How long things are kept*\nDrafts, ballots, withdrawn case studies and more: in days, or for good.",
        "How long",
        ids.OPEN_RETENTION,
    ),
    ("*Audit log*\nWho changed, exported or removed what, and when.", "Audit log", ids.OPEN_LOG),
    (
        "*Data sheet*\nWhat is kept, why, where, how long and who sees it, as a file for your "
        "data-protection officer.",
        "Send me the data sheet",
        ids.SEND_DATA_SHEET,
    ),
)
WORDS = "Agencies, who may start rankings, how long things are kept, the audit log and the data sheet."


def overview_panel() -> Panel:
    """What admins decide and can look up."""
    rows = [section(text, accessory=button(label, action_id)) for text, label, action_id in ROWS]
    return Panel("Agencies, roles, data", [*rows], WORDS)


class OverviewListeners:
    """For admins of the workspace."""

    def __init__(self, admins: Admins) -> None:
        self._admins = admins

    async def open_overview(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await read_admin(self._admins, body, context)
        await open_modal(panel_modal(overview_panel()), body, client)
        await ack()


async def put_modal(view: dict[str, Any], body: Payload, client: AsyncWebClient) -> None:
    """Put a modal in the place of the one that was pressed in."""
    await client.views_update(view_id=body["view"]["id"], view=view)
