"""What everybody can press: read, answer, compare."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.delivery.open_views import OpenViews
from bot.errors import UserError
from bot.panels import open_modal, panel_modal
from bot.ranking import ids
from bot.ranking.answers.answering import CONSENTS, AnsweringService
from bot.ranking.answers.ballot_views import ballot_panel, consent_modal, reasons_panel, statements_panel
from bot.ranking.compare.comparing import ComparingService
from bot.ranking.compare.views import compare_panel
from bot.ranking.people.agency_question import AgencyQuestion
from bot.ranking.service import RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Consent, Position
from bot.ranking.uses import StrategyUses
from bot.values import one_of

ANSWER_DOOR = "answer"


class AnswerListeners:
    """Every answer is stored before Slack hears that it was taken."""

    def __init__(
        self,
        service: RankingService,
        answering: AnsweringService,
        comparing: ComparingService,
        question: AgencyQuestion,
        uses: StrategyUses,
        views: OpenViews,
    ) -> None:
        self._service = service
        self._answering = answering
        self._comparing = comparing
        self._question = question
        self._uses = uses
        self._views = views

    async def open_answer(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        view = await self.answer_view(caller, ref.encode())
        question = await self._question.first(caller, client, f"{ANSWER_DOOR}:{ref.encode()}")
        await open_modal(question or view, body, client)
        await ack()

    async def answer_view(self, caller: Caller, key: str) -> dict[str, Any]:
        """The modal for an answer to the ranking that `key` names."""
        ballot = await self._answering.ballot(caller, ids.Ref.decode(key).ranking_id)
        uses = await self._uses.of(caller, ballot.task_id, ballot.items)
        if ballot.stage.kind in CONSENTS:
            return consent_modal(ballot, uses).to_dict()
        return panel_modal(ballot_panel(ballot, caller.person, uses))

    async def place_item(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._answering.place(caller, ref, datetime.now(UTC))
        self._follow(caller, ref, body, client)
        await ack()

    async def remove_item(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._answering.remove(caller, ref, datetime.now(UTC))
        self._follow(caller, ref, body, client)
        await ack()

    async def send_consent(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref = read_caller(context, body), ids.Ref.decode(body["view"]["private_metadata"])
        values = state_values(body["view"])
        position, reason = (
            Position(one_of(values[ids.POSITION_FIELD], [*Position])),
            values.text(ids.REASON_FIELD),
        )
        if position is Position.BLOCK and not reason:
            await ack(
                response_action="errors",
                errors={ids.REASON_FIELD: "Say why you block it, so that the group can find a way on."},
            )
            return
        await self._answering.answer_consent(caller, ref, position, reason, datetime.now(UTC))
        await ack()

    async def open_statements(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, snapshot = read_caller(context, body), await self._snapshot(body, context)
        uses = await self._uses.of(caller, snapshot.ranking.task_id, snapshot.ranking.items)
        await open_modal(panel_modal(statements_panel(snapshot, uses)), body, client)
        await ack()

    async def open_reasons(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        ref = ids.pressed_ref(body)
        snapshot = await self._snapshot(body, context)
        stage = next((one for one in snapshot.stages if one.seq == ref.seq), snapshot.stage)
        result = await self._service.result(snapshot.ranking, snapshot.stages, stage)
        if not isinstance(result, Consent):
            raise UserError("Reasons are shown when a proposal has been answered and the step has ended.")
        panel = reasons_panel(snapshot.ranking, stage, result)
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
        await ack()

    async def open_compare(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        snapshot = await self._snapshot(body, context)
        compared = await self._comparing.compared(snapshot)
        if compared is None:
            raise UserError("There is no order of the group to compare with yet.")
        own = await self._comparing.own(caller, snapshot, compared.order)
        panel = compare_panel(snapshot, compared, own)
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
        await ack()

    def _follow(self, caller: Caller, ref: ids.Ref, body: Payload, client: AsyncWebClient) -> None:
        view = partial(self.answer_view, caller, ref.encode())
        self._views.follow(caller.workspace_id, body["view"]["id"], client, view)

    async def _snapshot(self, body: Payload, context: AsyncBoltContext) -> Snapshot:
        caller = read_caller(context, body)
        return await self._service.snapshot(caller.workspace_id, ids.pressed_ref(body).ranking_id)
