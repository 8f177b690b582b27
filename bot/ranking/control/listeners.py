"""What the facilitator presses."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller, Payload, read_caller
from bot.errors import notice_panel
from bot.panels import Panel, panel_modal, show_panel
from bot.ranking import ids
from bot.ranking.control.views import controls_panel, more_panel, step_in_panel
from bot.ranking.people.changes import PeopleChanges
from bot.ranking.people.rights import runs
from bot.ranking.service import RankingService
from bot.ranking.stages import Move
from bot.ranking.timing.service import TimingService
from bot.values import one_of


class ControlListeners:
    """Each press is checked against the rows: the menu may have been open for a while."""

    def __init__(self, service: RankingService, timing: TimingService, people: PeopleChanges) -> None:
        self._service = service
        self._timing = timing
        self._people = people

    async def open_controls(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        panel = await self._panel_for(caller, ref)
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
        await ack()

    async def show_more(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        panel = more_panel(await self._service.facilitated(caller, ref.ranking_id))
        await client.views_update(view_id=body["view"]["id"], view=panel_modal(panel))
        await ack()

    async def show_first(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._show_controls(caller, ref, body, client, respond)
        await ack()

    async def take_move(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._service.move(caller, ref, Move(one_of(ref.item, [*Move])), datetime.now(UTC))
        await self._show_controls(caller, ref, body, client, respond)
        await ack()

    async def pause(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._timing.pause(caller, ref, datetime.now(UTC))
        await self._show_controls(caller, ref, body, client, respond)
        await ack()

    async def resume(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._timing.resume(caller, ref, datetime.now(UTC))
        await self._show_controls(caller, ref, body, client, respond)
        await ack()

    async def remind(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        count = await self._timing.remind(caller, ref, datetime.now(UTC))
        people = "One person" if count == 1 else f"{count} people"
        panel = notice_panel(
            f"{people} will get a direct message with the button to answer: now where it is daytime on a "
            "working day, elsewhere in the morning. Who answers before then gets none.",
            "Reminded",
        )
        await client.views_push(trigger_id=body["trigger_id"], view=panel_modal(panel))
        await ack()

    async def take_over(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._people.take_over(caller, ref.ranking_id, datetime.now(UTC))
        await self._show_controls(caller, ref, body, client, respond)
        await ack()

    async def _panel_for(self, caller: Caller, ref: ids.Ref) -> Panel:
        """The menu, or for an admin what they can do when the facilitator is gone."""
        snapshot = await self._service.snapshot(caller.workspace_id, ref.ranking_id)
        if not runs(snapshot.ranking, caller.person) and snapshot.ranking.status == "open":
            return step_in_panel(await self._people.open_for_handover(caller, ref.ranking_id))
        return controls_panel(await self._service.facilitated(caller, ref.ranking_id))

    async def _show_controls(
        self, caller: Caller, ref: ids.Ref, body: Payload, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        snapshot = await self._service.facilitated(caller, ref.ranking_id)
        await show_panel(controls_panel(snapshot), body, client, respond)
