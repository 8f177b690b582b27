"""Admins have somebody else erased: who has left, is a guest or a partner's, or has asked them to."""

import re

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import state_values
from bot.caller import Payload
from bot.errors import UserError
from bot.panels import open_modal
from bot.privacy import ids
from bot.privacy.erasing.listeners import TYPE_THE_WORD, order_erasure, view_of
from bot.privacy.erasing.views import WORD, begun_modal, choosing_modal
from storage.store import Store

MEMBER = re.compile(r"[UW][A-Z0-9]{2,29}")
CHOOSE = "Choose a person, or give their member id, such as U012AB3CD."
NOTHING_KEPT = "Nothing is kept of anybody with this id in this workspace. Look whether it is the right one."


class ErasingOthers:
    """Whether the caller is an admin is asked at each press, and the log has who they were."""

    def __init__(self, store: Store, admins: Admins) -> None:
        self._store = store
        self._admins = admins

    async def open_choosing(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await read_admin(self._admins, body, context)
        await open_modal(choosing_modal(), body, client)
        await ack()

    async def send_whom(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        found = state_values(body["view"])
        typed = (found.get(ids.MEMBER_FIELD) or "").strip()
        user_id = typed or found.get(ids.WHO_FIELD) or ""
        if not MEMBER.fullmatch(user_id):
            await ack(response_action="errors", errors={ids.MEMBER_FIELD: CHOOSE})
            return
        people = await self._store.privacy.find_people(caller.workspace_id, user_id)
        if not people:
            await ack(response_action="errors", errors={ids.MEMBER_FIELD: NOTHING_KEPT})
            return
        await ack(response_action="update", view=await view_of(self._store, caller, people[0]))

    async def send_erasing(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        person = ids.decode_person(body["view"]["private_metadata"])
        if person not in await self._store.privacy.find_people(caller.workspace_id, person.user_id):
            raise UserError(f"Nothing was erased. {NOTHING_KEPT}")
        found = state_values(body["view"])
        if found.get(ids.WORD_FIELD) != WORD:
            await ack(response_action="errors", errors={ids.WORD_FIELD: TYPE_THE_WORD})
            return
        await order_erasure(self._store, caller, person, found)
        await ack(response_action="update", view=begun_modal(for_them=True))
