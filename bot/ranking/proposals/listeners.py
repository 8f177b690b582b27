"""The facilitator's forms: a proposal, and the end without consensus."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.ranking import ids
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.proposals.views import dissent_modal, proposal_modal
from bot.ranking.stages import Move
from bot.values import number


class ProposalListeners:
    """Each form is checked against the rows when it is opened and when it is sent."""

    def __init__(self, proposing: ProposingService) -> None:
        self._proposing = proposing

    async def open_proposal(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        snapshot = await self._proposing.open_form(caller, ref, Move.PROPOSE)
        modal = proposal_modal(snapshot, await self._proposing.suggestions(snapshot))
        await client.views_push(trigger_id=body["trigger_id"], view=modal.to_dict())
        await ack()

    async def send_proposal(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref = read_caller(context, body), ids.Ref.decode(body["view"]["private_metadata"])
        values = state_values(body["view"])
        suggested = values.pop(ids.SUGGESTION_FIELD, ids.OWN_PROPOSAL)
        if suggested != ids.OWN_PROPOSAL:
            await self._proposing.propose_suggested(caller, ref, number(suggested), datetime.now(UTC))
            await ack(response_action="clear")
            return
        fields = sorted(values, key=lambda field: number(field.rpartition("_")[2]))
        items = [values.text(field) for field in fields]
        repeated = {
            field: "This statement stands above already. Choose another one."
            for at, field in enumerate(fields)
            if items[at] in items[:at]
        }
        if repeated:
            await ack(response_action="errors", errors=repeated)
            return
        await self._proposing.propose(caller, ref, items, datetime.now(UTC))
        await ack(response_action="clear")

    async def open_dissent(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        snapshot = await self._proposing.open_form(caller, ref, Move.NO_CONSENSUS)
        await client.views_push(trigger_id=body["trigger_id"], view=dissent_modal(snapshot).to_dict())
        await ack()

    async def end_without_consensus(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref = read_caller(context, body), ids.Ref.decode(body["view"]["private_metadata"])
        words = state_values(body["view"]).text(ids.WORDS_FIELD)
        await self._proposing.end_without_consensus(caller, ref, words, datetime.now(UTC))
        await ack(response_action="clear")
