"""Sharing a card with a channel: posted once, by the person who pressed, with a note if they wish."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import section, state_values
from bot.caller import read_caller
from bot.errors import UserError
from bot.panels import Panel, panel_message, panel_modal
from bot.replays import Claims
from bot.strategies import ids
from bot.strategies.cards import card_panel, shared_card
from bot.strategies.desk import Desk
from bot.strategies.forms import note_modal, share_modal
from bot.strategies.posting import post
from bot.strategies.results import Card, UnknownStrategy
from bot.strategies.showing import show_result
from bot.values import pressed_value


class SharingListeners:
    """A card goes from one person to a channel."""

    def __init__(self, desk: Desk, claims: Claims) -> None:
        self._desk = desk
        self._claims = claims

    async def share_here(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        await ack()
        card = still_there(
            await self._desk.card(read_caller(context, body), ids.decode_card(pressed_value(body)))
        )
        thread = goes_to(body)
        content = shared_card(self._desk.library, card.strategy, body["user"]["id"])
        async with self._once(context, f"{pressed_in(body)}:{card.strategy.id}") as is_first:
            if is_first:
                await post(content, *thread, client, respond)
        await show_result(self._desk.library, card, body, client, respond, "shared")

    async def write_note(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Open the form that asks for a note."""
        card = still_there(self._desk.lookup.card(ids.decode_card(pressed_value(body))))
        channel_id, thread_ts = goes_to(body)
        form = ids.NoteForm(card.ref, channel_id, thread_ts, body.get("response_url"))
        await _open_above(note_modal(card, form), body, client)
        await ack()

    async def share_with_note(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
    ) -> None:
        """Post the card with the note; the private answer that it was pressed in then says so."""
        view = body["view"]
        form = ids.decode_note(view["private_metadata"])
        card = still_there(await self._desk.card(read_caller(context, body), form.card))
        note = state_values(view).text(ids.NOTE)
        content = shared_card(self._desk.library, card.strategy, body["user"]["id"], note)
        respond = AsyncRespond(response_url=form.response_url)
        try:
            async with self._once(context, f"{view['id']}:{card.strategy.id}") as is_first:
                if is_first:
                    await post(content, form.channel_id, form.thread_ts, client, respond)
        except UserError as error:
            await ack(response_action="errors", errors={ids.NOTE: str(error)})
            return
        await ack(response_action="update", view=panel_modal(_shared_panel(card, form.channel_id)))
        if form.response_url and is_first:
            panel = card_panel(self._desk.library, card, "shared")
            await respond(**panel_message(panel), response_type="ephemeral", replace_original=True)

    async def choose_channel(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        card = self._desk.lookup.card(ids.decode_card(pressed_value(body)))
        if isinstance(card, Card):
            await _open_above(share_modal(card), body, client)
        else:
            await show_result(self._desk.library, card, body, client, respond)
        await ack()

    async def share_in_channel(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        view = body["view"]
        values = state_values(view)
        channel_id = values.text(ids.CHANNEL)
        card = still_there(self._desk.lookup.card(ids.decode_card(view["private_metadata"])))
        content = shared_card(self._desk.library, card.strategy, body["user"]["id"], values.text(ids.NOTE))
        urls = [given["response_url"] for given in body.get("response_urls") or []]
        try:
            async with self._once(context, f"{view['id']}:{card.strategy.id}") as is_first:
                if is_first:
                    respond = AsyncRespond(response_url=urls[0] if urls else None)
                    await post(content, channel_id, None, client, respond)
        except UserError as error:
            await ack(response_action="errors", errors={ids.CHANNEL: str(error)})
            return
        await ack(response_action="update", view=panel_modal(_shared_panel(card, channel_id)))

    @asynccontextmanager
    async def _once(self, context: AsyncBoltContext, what: str) -> AsyncIterator[bool]:
        """True for the first to share it from here, who may fail: then the next one is the first."""
        workspace_id = str(context.team_id)
        is_first = await self._claims.claim(workspace_id, what)
        try:
            yield is_first
        except BaseException:
            if is_first:
                await self._claims.release(workspace_id, what)
            raise


def still_there(card: Card | UnknownStrategy) -> Card:
    """The card; :raises UserError: the content has changed and it is no longer there."""
    if isinstance(card, Card):
        return card
    raise UserError(f"There is no strategy {card.wanted} any more. Look for another one.")


def goes_to(body: dict[str, Any]) -> tuple[str, str | None]:
    """The channel and thread where a card is shared that was pressed here."""
    thread = ids.decode_thread((body.get("view") or {}).get("private_metadata") or "")
    if thread:
        return thread.channel_id, thread.ts
    return body["container"]["channel_id"], body["container"].get("thread_ts")


def pressed_in(body: dict[str, Any]) -> str:
    """The message or modal of a press."""
    container = body["container"]
    return str(container.get("view_id") or f"{container['channel_id']}:{container['message_ts']}")


def _shared_panel(card: Card, channel_id: str) -> Panel:
    words = f"“{card.strategy.title}” is shared."
    return Panel("Shared", [section(f"*Shared* in <#{channel_id}>.")], words)


async def _open_above(modal: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
    """On top of the modal that was pressed in, or as the first."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=modal)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=modal)
