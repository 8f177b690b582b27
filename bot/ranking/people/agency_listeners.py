"""Answers to the question which agency a person answers for, and going on with what they were about to do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.errors import notice_panel
from bot.panels import panel_modal
from bot.ranking import ids
from bot.ranking.people.agency_question import AgencyQuestion
from bot.values import one_of

Door: TypeAlias = Callable[[Caller, str], Awaitable[dict[str, Any]]]
"""Gives the modal that a person was about to see, for what stands behind the door's name."""

NOTHING_GIVEN = "Choose your agency or type its name. If you would rather not say, press that button."


class AgencyListeners:
    """`doors` by name; the question carries `name:what is behind it`, or nothing when it was asked for."""

    def __init__(self, question: AgencyQuestion, doors: Mapping[str, Door]) -> None:
        self._question = question
        self._doors = doors

    async def change_agency(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        view = await self._question.modal(read_caller(context, body), client)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    async def send_agency(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, values = read_caller(context, body), state_values(body["view"])
        name = values.text(ids.OTHER_AGENCY_FIELD) or values.text(ids.AGENCY_FIELD)
        if not name:
            await ack(response_action="errors", errors={ids.OTHER_AGENCY_FIELD: NOTHING_GIVEN})
            return
        await self._question.save(caller, name)
        if body["view"].get("private_metadata"):
            await ack(response_action="update", view=await self._behind(caller, body))
        else:
            await ack()

    async def decline_agency(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        await self._question.save(caller, "")
        await client.views_update(view_id=body["view"]["id"], view=await self._behind(caller, body))
        await ack()

    async def _behind(self, caller: Caller, body: Payload) -> dict[str, Any]:
        name, _, key = (body["view"].get("private_metadata") or "").partition(":")
        if not name:
            return panel_modal(notice_panel("Kept: you would rather not say.", "Your agency"))
        return await self._doors[one_of(name, self._doors)](caller, key)
