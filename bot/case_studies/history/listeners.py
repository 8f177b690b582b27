"""Presses of somebody who looks into the history of a case study."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload, read_caller
from bot.case_studies.history.ids import Comparison
from bot.case_studies.history.service import History, Steps, VersionsCompared
from bot.case_studies.history.views import (
    step_compared_modal,
    steps_modal,
    versions_compared_modal,
    versions_modal,
)
from bot.case_studies.ids import Turn
from bot.case_studies.modals import show_modal, stack_modal
from bot.values import pressed_value


class HistoryListeners:
    """One short method an interaction.

    Everything after the first press takes that modal's place: it may be the third, and Slack takes no more.
    """

    def __init__(self, history: History) -> None:
        self._history = history

    async def open_history(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        found = await self._history.look(read_caller(context, body), pressed_value(body))
        view = steps_modal(found) if isinstance(found, Steps) else versions_modal(found)
        await stack_modal(view, body, client)
        await ack()

    async def turn_versions(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = Turn.decode(pressed_value(body))
        versions = await self._history.versions(read_caller(context, body), turn.what, offset=turn.at)
        await show_modal(versions_modal(versions), body, client)
        await ack()

    async def turn_steps(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = Turn.decode(pressed_value(body))
        steps = await self._history.steps(read_caller(context, body), turn.what, offset=turn.at)
        await show_modal(steps_modal(steps), body, client)
        await ack()

    async def show_difference(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        comparison = Comparison.decode(pressed_value(body))
        compared = await self._history.compare(read_caller(context, body), comparison)
        if isinstance(compared, VersionsCompared):
            view = versions_compared_modal(compared)
        else:
            view = step_compared_modal(compared)
        await show_modal(view, body, client)
        await ack()
