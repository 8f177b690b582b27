"""Admins read the audit log, and have it sent."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.caller import Payload
from bot.delivery.personal_files import order_files
from bot.governance import ids
from bot.governance.audit_log.views import A_PAGE, ORDERED, log_modal, ordered_modal
from bot.governance.modals import put_modal
from bot.panels import open_modal
from bot.values import number, pressed_value
from storage.records.audit import AuditEntry
from storage.store import Store


class LogListeners:
    """For admins of the workspace."""

    def __init__(self, store: Store, admins: Admins) -> None:
        self._store = store
        self._admins = admins

    async def open_log(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await open_modal(log_modal(await self._page(caller.workspace_id, 0)), body, client)
        await ack()

    async def turn_page(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        offset = number(pressed_value(body))
        await put_modal(log_modal(await self._page(caller.workspace_id, offset), offset), body, client)
        await ack()

    async def export_log(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        now = datetime.now(UTC)
        await order_files(self._store.work, ids.LOG_FILES, caller, now, what="audit_log")
        await put_modal(ordered_modal("Audit log", ORDERED), body, client)
        await ack()

    async def _page(self, workspace_id: str, offset: int) -> list[AuditEntry]:
        return await self._store.audit.list_entries(workspace_id, limit=A_PAGE + 1, offset=offset)
