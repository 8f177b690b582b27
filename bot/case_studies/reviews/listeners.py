"""Answers of a reviewer, from the direct message or from App Home."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.modals import stack_modal
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.reviews.views import LONGEST_REASON, changes_modal
from bot.values import pressed_value

SAY_WHAT = "Say what has to change, so that the author knows what to do."
TOO_LONG = f"Shorten it to {LONGEST_REASON:,} characters or fewer."


class ReviewListeners:
    """Approve, and ask for changes; the messages follow."""

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews

    async def approve(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._reviews.decide(
            read_caller(context, body), pressed_value(body), "approved", at=datetime.now(UTC)
        )
        await ack()

    async def open_changes(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._reviews.asked_of(read_caller(context, body), pressed_value(body))
        await stack_modal(changes_modal(study), body, client)
        await ack()

    async def send_changes(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        view = body["view"]
        reason = state_values(view).text(ids.REASON_FIELD)
        if not reason or len(reason) > LONGEST_REASON:
            fault = TOO_LONG if reason else SAY_WHAT
            await ack(response_action="errors", errors={ids.REASON_FIELD: fault})
            return
        await self._reviews.decide(
            read_caller(context, body),
            view["private_metadata"],
            "changes_wanted",
            at=datetime.now(UTC),
            note=reason,
        )
        await ack()
