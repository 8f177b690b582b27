"""Admins have the data sheet sent."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.caller import Payload
from bot.delivery.personal_files import order_files
from bot.governance import ids
from bot.governance.audit_log.views import ordered_modal
from bot.panels import open_modal
from storage.store import Store

ORDERED = "The data sheet is on its way to you as a direct message."


class DataSheetListeners:
    """For admins of the workspace."""

    def __init__(self, store: Store, admins: Admins) -> None:
        self._store = store
        self._admins = admins

    async def send_data_sheet(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        now = datetime.now(UTC)
        await order_files(self._store.work, ids.DATA_SHEET_FILES, caller, now, what="data_sheet")
        await open_modal(ordered_modal("Data sheet", ORDERED), body, client)
        await ack()
