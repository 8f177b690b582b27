"""Admins say how long each kind is kept."""

from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import state_values
from bot.caller import Payload
from bot.governance.retention.kinds import KINDS
from bot.governance.retention.views import FEWEST_DAYS, MOST_DAYS, retention_modal, saved_modal
from bot.panels import open_modal
from storage.store import SettingsStore

WHOLE_DAYS = f"Type a whole number of days from {FEWEST_DAYS} to {MOST_DAYS:,}, or leave it empty for never."


class RetentionListeners:
    """For admins of the workspace."""

    def __init__(self, settings: SettingsStore, admins: Admins) -> None:
        self._settings = settings
        self._admins = admins

    async def open_retention(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await open_modal(retention_modal(await self._settings.get(caller.workspace_id)), body, client)
        await ack()

    async def send_retention(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        typed = {kind: str(state_values(body["view"]).get(kind) or "") for kind in KINDS}
        faults = {str(kind): WHOLE_DAYS for kind, days in typed.items() if days and not _is_day_count(days)}
        if faults:
            await ack(response_action="errors", errors=faults)
            return
        retention = {kind: int(days) for kind, days in typed.items() if days}
        await self._settings.change(
            caller.workspace_id,
            lambda before: replace(before, retention=retention),
            by=caller.person,
            at=datetime.now(UTC),
        )
        await ack(response_action="update", view=saved_modal())


def _is_day_count(typed: str) -> bool:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_DAYS))
    return is_number and FEWEST_DAYS <= int(typed) <= MOST_DAYS
