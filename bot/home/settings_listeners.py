"""Admins switch what applies to their workspace."""

from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.errors import UserError
from bot.home import ids
from bot.home.settings_views import FEWEST_DAYS, MOST_DAYS, saved_modal, settings_modal
from bot.panels import open_modal
from storage.store import SettingsStore

ADMINS_ONLY = (
    "Only an admin of this workspace can change its settings, and nothing was changed. Ask one of them. If "
    "you are one, try again in a minute."
)
WHOLE_DAYS = f"Type a whole number of days from {FEWEST_DAYS} to {MOST_DAYS}."


class SettingsListeners:
    """Who may is asked at each press, because a button can be old."""

    def __init__(self, settings: SettingsStore, admins: Admins) -> None:
        self._settings = settings
        self._admins = admins

    async def open_settings(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await self._admin(body, context)
        await open_modal(settings_modal(await self._settings.get(caller.workspace_id)), body, client)
        await ack()

    async def save_settings(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await self._admin(body, context)
        found = state_values(body["view"])
        days = found.get(ids.DAYS_FIELD, "")
        if not _is_whole_day_count(days):
            await ack(response_action="errors", errors={ids.DAYS_FIELD: WHOLE_DAYS})
            return
        required = ids.REQUIRED in found.get(ids.APPROVAL_FIELD, [])
        await self._settings.change(
            caller.workspace_id,
            lambda before: replace(before, approval_required=required, ask_about_drafts_after_days=int(days)),
            by=caller.person,
            at=datetime.now(UTC),
        )
        await ack(response_action="update", view=saved_modal())

    async def _admin(self, body: Payload, context: AsyncBoltContext) -> Caller:
        caller = read_caller(context, body)
        if not await self._admins.is_admin(caller):
            raise UserError(ADMINS_ONLY)
        return caller


def _is_whole_day_count(typed: str) -> bool:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_DAYS))
    return is_number and FEWEST_DAYS <= int(typed) <= MOST_DAYS
