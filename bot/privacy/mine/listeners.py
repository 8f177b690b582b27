"""People look at what is kept of them, and have a copy sent."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload, read_caller
from bot.delivery.personal_files import order_files
from bot.panels import open_modal
from bot.privacy import ids
from bot.privacy.mine.views import mine_modal, ordered_modal
from storage.store import Store


class MineListeners:
    """Everybody sees their own, and nobody else's: whose it is follows from who presses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def open_mine(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        held = await self._store.privacy.count_holdings(caller.workspace_id, caller.person)
        agency = await self._store.people.get_agency(caller.workspace_id, caller.person)
        await open_modal(mine_modal(held, agency), body, client)
        await ack()

    async def send_copy(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, now = read_caller(context, body), datetime.now(UTC)
        await order_files(self._store.work, ids.COPY_FILES, caller, now, what="my_data")
        await client.views_update(view_id=body["view"]["id"], view=ordered_modal())
        await ack()
