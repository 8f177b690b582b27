"""People have themselves erased."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.errors import UserError
from bot.panels import open_modal
from bot.privacy import ids
from bot.privacy.erasing.orders import ErasureOrder, new_number
from bot.privacy.erasing.views import REMOVE, WORD, begun_modal, blocking_lines, erasing_modal
from storage.records.audit import AuditEntry
from storage.records.privacy import TextsChoice
from storage.store import Store

TYPE_THE_WORD = f"Type the word {WORD} in capital letters, or press Back to leave everything as it is."


class ErasingListeners:
    """Whom it erases follows from who presses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def open_erasing(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        held = await self._store.privacy.count_holdings(caller.workspace_id, caller.person)
        await open_modal(erasing_modal(held), body, client)
        await ack()

    async def send_erasing(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, now = read_caller(context, body), datetime.now(UTC)
        found = state_values(body["view"])
        if found.get(ids.WORD_FIELD) != WORD:
            await ack(response_action="errors", errors={ids.WORD_FIELD: TYPE_THE_WORD})
            return
        held = await self._store.privacy.count_holdings(caller.workspace_id, caller.person)
        if blockers := blocking_lines(held):
            raise UserError(f"Nothing was erased. {' '.join(blockers)}")
        texts: TextsChoice = "remove" if found.get(ids.TEXTS_FIELD) == REMOVE else "offer"
        order = ErasureOrder(caller.person, new_number(), texts)
        work_id = f"{ids.ERASE}:{caller.person.team_id}:{caller.person.user_id}"
        line = AuditEntry(caller.workspace_id, now, "erasure_asked", caller.person)
        await self._store.work.order(work_id, ids.ERASE, order.encode(), line)
        await ack(response_action="update", view=begun_modal())
