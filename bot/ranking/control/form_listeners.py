"""The forms that the facilitator opens and sends."""

from datetime import UTC, datetime, timedelta

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import ModalView

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.ranking import ids
from bot.ranking.control.forms import (
    adding_modal,
    deadline_modal,
    handover_modal,
    helpers_modal,
    leaving_modal,
)
from bot.ranking.people.changes import PeopleChanges
from bot.ranking.snapshot import Snapshot
from bot.ranking.timing.service import TimingService
from bot.values import Entered


class ControlFormListeners:
    """Each form is checked against the rows when it is opened and when it is sent."""

    def __init__(self, timing: TimingService, people: PeopleChanges) -> None:
        self._timing = timing
        self._people = people

    async def open_deadline(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        snapshot = await self._timing.open_for_deadline(caller, ref)
        await _open(deadline_modal(snapshot, _in_a_day()), body, client, ack)

    async def send_deadline(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref, values = _sent(body, context)
        seconds = values.moment(ids.DEADLINE_FIELD)
        deadline = datetime.fromtimestamp(seconds, UTC) if seconds else None
        await self._timing.set_deadline(caller, ref, deadline, datetime.now(UTC))
        await ack(response_action="clear")

    async def open_adding(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await _open(adding_modal(await self._for_change(body, context)), body, client, ack)

    async def send_adding(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref, values = _sent(body, context)
        await self._people.add(caller, ref.ranking_id, values.texts(ids.PEOPLE_FIELD), datetime.now(UTC))
        await ack(response_action="clear")

    async def open_leaving(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await _open(leaving_modal(await self._for_change(body, context)), body, client, ack)

    async def send_leaving(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref, values = _sent(body, context)
        await self._people.leave(caller, ref.ranking_id, values.text(ids.PERSON_FIELD), datetime.now(UTC))
        await ack(response_action="clear")

    async def open_handover(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        snapshot = await self._people.open_for_handover(caller, ref.ranking_id)
        await _open(handover_modal(snapshot), body, client, ack)

    async def send_handover(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref, values = _sent(body, context)
        await self._people.hand_over(caller, ref.ranking_id, values.text(ids.PERSON_FIELD), datetime.now(UTC))
        await ack(response_action="clear")

    async def open_helpers(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await _open(helpers_modal(await self._for_change(body, context)), body, client, ack)

    async def send_helpers(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref, values = _sent(body, context)
        await self._people.name_helpers(
            caller, ref.ranking_id, values.texts(ids.PEOPLE_FIELD), datetime.now(UTC)
        )
        await ack(response_action="clear")

    async def _for_change(self, body: Payload, context: AsyncBoltContext) -> Snapshot:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        return await self._people.open_for_change(caller, ref.ranking_id)


def _sent(body: Payload, context: AsyncBoltContext) -> tuple[Caller, ids.Ref, Entered]:
    """Who sent the form, what it is about and what it holds."""
    view = body["view"]
    return read_caller(context, body), ids.Ref.decode(view["private_metadata"]), state_values(view)


async def _open(form: ModalView, body: Payload, client: AsyncWebClient, ack: AsyncAck) -> None:
    """Put the form on the menu, or open it where the press came from a message."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=form.to_dict())
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_dict())
    await ack()


def _in_a_day() -> datetime:
    return (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
