"""People have themselves erased."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.errors import UserError
from bot.panels import open_modal
from bot.privacy import ids
from bot.privacy.erasing.orders import ErasureOrder, new_number
from bot.privacy.erasing.views import REMOVE, WORD, begun_modal, erasing_modal
from bot.privacy.erasing.words import THEY, YOU, blocking_lines
from storage.records.audit import AuditEntry, AuditKind
from storage.records.people import Person
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
        await open_modal(await view_of(self._store, caller), body, client)
        await ack()

    async def send_erasing(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, found = read_caller(context, body), state_values(body["view"])
        if found.get(ids.WORD_FIELD) != WORD:
            await ack(response_action="errors", errors={ids.WORD_FIELD: TYPE_THE_WORD})
            return
        await order_erasure(self._store, caller, caller.person, found)
        await ack(response_action="update", view=begun_modal())


async def view_of(store: Store, caller: Caller, whom: Person | None = None) -> dict[str, Any]:
    """The form for the caller's own erasure, or for that of somebody for whom they act."""
    person = whom or caller.person
    held = await store.privacy.count_holdings(caller.workspace_id, person)
    offers = await store.privacy.read_offers(caller.workspace_id, person)
    return erasing_modal(held, offers, whom)


async def order_erasure(store: Store, caller: Caller, person: Person, entered: Mapping[str, Any]) -> None:
    """Have the clock erase the person; :raises UserError: something has to be handed on first"""
    now, for_them = datetime.now(UTC), person != caller.person
    held = await store.privacy.count_holdings(caller.workspace_id, person)
    if blockers := blocking_lines(held, THEY if for_them else YOU):
        raise UserError(f"Nothing was erased. {' '.join(blockers)}")
    texts: TextsChoice = "remove" if entered.get(ids.TEXTS_FIELD) == REMOVE else "offer"
    order = ErasureOrder(person, new_number(), texts, for_them)
    kind: AuditKind = "erasure_ordered" if for_them else "erasure_asked"
    work_id = f"{ids.ERASE}:{person.team_id}:{person.user_id}"
    line = AuditEntry(caller.workspace_id, now, kind, caller.person)
    await store.work.order(work_id, ids.ERASE, order.encode(), line)
