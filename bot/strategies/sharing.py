"""Sharing a card with a channel: posted once, by the person who pressed."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import section, state_values
from bot.delivery.content import Content
from bot.errors import NOT_A_MEMBER, UserError
from bot.panels import Panel, panel_modal, show_panel
from bot.strategies import ids
from bot.strategies.cards import card_panel, shared_card
from bot.strategies.forms import share_modal
from bot.strategies.listeners import pressed_value
from bot.strategies.recent import Recent
from bot.strategies.service import Card, CardRef, Lookup
from bot.strategies.views import result_panel

INVITE = (
    "I am not in that channel, so I cannot post there. Ask somebody in it to type "
    "/invite @Common Ground there, then share again."
)
REFUSALS = {
    "is_archived": "That channel is archived, so nothing can be posted there. Share in another channel.",
    "restricted_action": "Only some people may post in that channel. Share in another channel.",
    "restricted_action_read_only_channel": "Nobody can post in that channel. Share in another channel.",
    "restricted_action_thread_only_channel": "That channel takes answers in threads only. Share in another.",
    "msg_too_long": "This strategy is too long for a message. Copy the part that matters instead.",
}


class SharingListeners:
    """A card goes from one person to a channel."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._shared = Recent()

    async def share_here(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        card = self._card(ids.decode_card(pressed_value(body)))
        place = body["container"]
        content = shared_card(self._lookup.library, card.strategy, body["user"]["id"])
        claim = f"{place['channel_id']}:{place['message_ts']}:{card.strategy.id}"
        if self._shared.claim(claim):
            try:
                await _post(content, place["channel_id"], place.get("thread_ts"), client, respond)
            except BaseException:
                self._shared.release(claim)
                raise
        await show_panel(card_panel(self._lookup.library, card, "shared"), body, client, respond)

    async def choose_channel(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        card = self._lookup.card(ids.decode_card(pressed_value(body)))
        view = body.get("view") or {}
        if not isinstance(card, Card):
            await show_panel(result_panel(self._lookup.library, card, "choose"), body, client, respond)
        elif view.get("type") == "modal":
            await client.views_push(trigger_id=body["trigger_id"], view=share_modal(card))
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=share_modal(card))
        await ack()

    async def share_in_channel(
        self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient
    ) -> None:
        channel_id = state_values(view)[ids.CHANNEL]
        card = self._card(ids.decode_card(view["private_metadata"]))
        content = shared_card(self._lookup.library, card.strategy, body["user"]["id"])
        urls = [given["response_url"] for given in body.get("response_urls") or []]
        claim = f"{view['id']}:{card.strategy.id}"
        if self._shared.claim(claim):
            try:
                respond = AsyncRespond(response_url=urls[0] if urls else None)
                await _post(content, channel_id, None, client, respond)
            except UserError as error:
                self._shared.release(claim)
                await ack(response_action="errors", errors={ids.CHANNEL: str(error)})
                return
            except BaseException:
                self._shared.release(claim)
                raise
        await ack(response_action="update", view=panel_modal(_shared_panel(card, channel_id)))

    def _card(self, ref: CardRef) -> Card:
        card = self._lookup.card(ref)
        if isinstance(card, Card):
            return card
        raise UserError(f"There is no strategy {ref.strategy_id} any more. Look for another one.")


def _shared_panel(card: Card, channel_id: str) -> Panel:
    words = f"“{card.strategy.title}” is shared."
    return Panel("Shared", [section(f"*Shared* in <#{channel_id}>.")], words)


async def _post(
    content: Content, channel_id: str, thread_ts: str | None, client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Post as the bot; where it is not a member, answer in the channel by the address that Slack gave.

    :raises UserError: neither is possible
    """
    try:
        await client.chat_postMessage(
            channel=channel_id,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **content.arguments(),
        )
    except SlackApiError as error:
        reason = str(error.response.get("error", ""))
        if reason in REFUSALS:
            raise UserError(REFUSALS[reason]) from error
        if reason not in NOT_A_MEMBER:
            raise
        if not respond.response_url or not await _answer_in_channel(content, thread_ts, respond):
            raise UserError(INVITE) from error


async def _answer_in_channel(content: Content, thread_ts: str | None, respond: AsyncRespond) -> bool:
    """Whether Slack took the card as an answer that the whole channel sees."""
    answer = await respond(
        **content.arguments(), response_type="in_channel", replace_original=False, thread_ts=thread_ts
    )
    return answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", "")
