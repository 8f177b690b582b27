"""The form that finds, behind the global shortcut, a message's menu, and App Home."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import INPUT_LENGTH, cut, section
from bot.caller import Caller, read_caller
from bot.message_text import written_in
from bot.panels import Panel
from bot.picker import Picker, picker_groups
from bot.strategies import ids
from bot.strategies.conversations import question_in
from bot.strategies.desk import Desk
from bot.strategies.finder_view import finder_modal, nothing_option
from bot.strategies.results import CardRef, Result
from bot.strategies.showing import asked_in, picker_of, sharing_from, show_in_finder
from bot.strategies.views import result_panel

NO_WORDS = "That message has no words that I can look for. Say what you need in your own words."


class FinderListeners:
    """One form, whichever door it was opened by."""

    def __init__(self, desk: Desk, picker: Picker) -> None:
        self._desk = desk
        self._picker = picker

    async def open_finder(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=finder_modal())
        await ack()

    async def find_for_message(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Ask with a message's text; what is shared from here goes into that message's thread."""
        message = body["message"]
        thread = ids.Thread(body["channel"]["id"], message.get("thread_ts") or message["ts"])
        written = written_in(message.get("text") or "")
        question = cut(question_in(written, context.bot_user_id or ""), INPUT_LENGTH)
        panel = Panel("Strategies", [section(NO_WORDS)], NO_WORDS)
        if question:
            result = await self._ask(read_caller(context, body), question)
            panel = result_panel(self._desk.library, result, "thread")
        await client.views_open(
            trigger_id=body["trigger_id"], view=finder_modal(question, panel, thread=thread)
        )
        await ack()

    async def find_strategies(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Answer below the form. What was picked before is let go, so that one answer stands there."""
        view = body["view"]
        question = asked_in(view)
        result = await self._ask(read_caller(context, body), question)
        panel = result_panel(self._desk.library, result, sharing_from(body))
        thread = ids.decode_thread(view.get("private_metadata") or "")
        other = next(one for one in ids.PICKERS if one != picker_of(view))
        await ack(response_action="update", view=finder_modal(question, panel, thread=thread, picker=other))

    async def offer_strategies(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        typed = str(body.get("value") or "")
        groups = self._picker.groups(typed)
        if groups:
            await ack(option_groups=[group._resolve() for group in picker_groups(groups)])
        else:
            await ack(options=[nothing_option(typed)._resolve()])

    async def show_picked(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """The card of what was picked, below the form; nothing there when the choice was taken back."""
        await ack()
        option = body["actions"][0].get("selected_option")
        panel = None
        if option:
            result = await self._picked(read_caller(context, body), ids.decode_pick(option["value"]))
            panel = result_panel(self._desk.library, result, sharing_from(body))
        await show_in_finder(panel, body["view"], client)

    async def _picked(self, caller: Caller, picked: CardRef | str) -> Result:
        if isinstance(picked, CardRef):
            return await self._desk.card(caller, picked)
        return await self._ask(caller, picked)

    async def _ask(self, caller: Caller, question: str) -> Result:
        return await self._desk.ask(caller, question, datetime.now(UTC))
