"""The command, and turning the pages of a list."""

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload, read_caller
from bot.errors import UserError
from bot.panels import panel_message, show_panel
from bot.ranking.listing.listing import Listing
from bot.ranking.listing.views import rankings_panel
from bot.ranking.setup.listeners import SetupListeners
from bot.values import number, pieces, pressed_value


class ListingListeners:
    """`/rank list` shows a channel's rankings, App Home a person's own."""

    def __init__(self, listing: Listing, setup: SetupListeners) -> None:
        self._listing = listing
        self._setup = setup

    async def run_command(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        words = body.get("text", "").strip().lower()
        if not words:
            await self._setup.open_setup(body, context, client, ack)
        elif words == "list":
            page = await self._listing.page(read_caller(context, body), body["channel_id"], 0)
            await ack(response_type="ephemeral", **panel_message(rankings_panel(page, body["channel_id"])))
        else:
            raise UserError(
                "After /rank I only know the word list. Type /rank to start a ranking, or /rank list to see "
                "what is open and what was decided in this channel."
            )

    async def turn_page(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        channel_id, page_number = pieces(pressed_value(body), 2)
        page = await self._listing.page(read_caller(context, body), channel_id, number(page_number))
        await ack()
        await show_panel(rankings_panel(page, channel_id), body, client, respond)
