"""Setting a ranking up: from the command, a button or a message's menu to a board in the channel."""

import secrets
from datetime import UTC, datetime
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import INPUT_LENGTH, state_values
from bot.caller import Caller, Payload, read_caller
from bot.errors import UserError, notice_panel
from bot.message_text import unescaped, written_in
from bot.panels import open_modal, panel_modal
from bot.ranking import ids
from bot.ranking.listing.listing import Listing
from bot.ranking.listing.views import open_line
from bot.ranking.people.agency_question import AgencyQuestion
from bot.ranking.setup.draft import Setup
from bot.ranking.setup.own_statements import listed_in
from bot.ranking.setup.people import channel_members, check_channel, people_behind
from bot.ranking.setup.preview_views import preview_modal
from bot.ranking.setup.rules_views import rules_modal
from bot.ranking.setup.service import SetupService
from bot.ranking.setup.topics import OWN_TASK
from bot.ranking.setup.views import SetupForm, resume_panel, setup_modal
from bot.values import pressed_value

View: TypeAlias = dict[str, Any]
SETUP_DOOR = "setup"


class SetupListeners:
    """What was entered is stored before Slack hears of it, whichever form it stands in."""

    def __init__(self, setups: SetupService, listing: Listing, question: AgencyQuestion) -> None:
        self._setups = setups
        self._listing = listing
        self._question = question

    async def open_setup(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await self._open(self._setups.fresh(), body, context, client)
        await ack()

    async def open_setup_of_strategies(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await self._open(self._setups.fresh(pressed_value(body)), body, context, client)
        await ack()

    async def open_setup_of_message(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        listed = listed_in(unescaped(written_in(body["message"].get("text") or "")), INPUT_LENGTH)
        if not listed.statements:
            raise UserError(
                "That message has no words to rank. Type /rank and write the statements yourself."
            )
        fresh = Setup(OWN_TASK, listed.title, listed.statements, listed.left_out)
        await self._open(fresh, body, context, client)
        await ack()

    async def resume(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        go_on = body["actions"][0]["action_id"] == ids.RESUME_SETUP
        setup = await self._setups.choose(caller, go_on=go_on)
        await client.views_update(
            view_id=body["view"]["id"], view=await self._form(caller, setup, _came_from(body))
        )
        await ack()

    async def keep_choice(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._setups.keep_form(read_caller(context, body), state_values(body["view"]))
        await ack()

    async def choose_source(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        setup = await self._setups.keep_form(caller, state_values(body["view"]))
        await client.views_update(
            view_id=body["view"]["id"], view=await self._form(caller, setup, _came_from(body))
        )
        await ack()

    async def open_rules(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        setup = await self._setups.keep_form(read_caller(context, body), state_values(body["view"]))
        modal = rules_modal(setup.rules, body["view"].get("private_metadata") or "")
        await client.views_push(trigger_id=body["trigger_id"], view=modal.to_dict())
        await ack()

    async def keep_rule(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._setups.keep_rules(read_caller(context, body), state_values(body["view"]))
        await ack()

    async def send_rules(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        setup = await self._setups.keep_rules(caller, state_values(body["view"]))
        below = body["view"]["previous_view_id"]
        await client.views_update(view_id=below, view=await self._form(caller, setup, _came_from(body)))
        await ack()

    async def send_setup(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Keep the form, and show what would be started, or what has to change first."""
        caller = read_caller(context, body)
        setup = await self._setups.keep_form(caller, state_values(body["view"]))
        field = ids.SOURCE_FIELD
        try:
            errors = dict(
                zip((ids.TITLE_FIELD, ids.STATEMENTS_FIELD), self._setups.own_faults(setup), strict=True)
            )
            if not any(errors.values()):
                await self._setups.topic(caller, setup)
                field = ids.CHANNEL_FIELD
                await check_channel(client, setup.channel_id)
                user_ids = setup.user_ids or await channel_members(client, setup.channel_id)
                field = ids.PEOPLE_FIELD
                plan = await self._setups.plan(caller, setup, await people_behind(client, user_ids))
        except UserError as error:
            errors = {field: str(error)}
        errors = {field: words for field, words in errors.items() if words}
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="push", view=preview_modal(plan, secrets.token_hex(6)).to_dict())

    async def start_ranking(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        ranking_id, _, seen = body["view"]["private_metadata"].partition("|")
        try:
            await self._setups.start(read_caller(context, body), ranking_id, seen, datetime.now(UTC))
        except UserError as error:
            await ack(response_action="update", view=panel_modal(notice_panel(str(error), "Not started")))
        else:
            await ack(response_action="clear")

    async def view(self, caller: Caller, channel_id: str) -> View:
        """The form as the draft has it, or the question whether to go on with an earlier one."""
        draft = await self._setups.draft(caller)
        if draft is None or draft.fresh is None:
            setup = draft.setup if draft else self._setups.fresh()
            return await self._form(caller, setup, channel_id)
        before, now = self._setups.name(draft.setup), self._setups.name(draft.fresh)
        return panel_modal(resume_panel(before, now, channel_id))

    async def _open(
        self, fresh: Setup, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        caller, channel_id = read_caller(context, body), _opened_in(body)
        await self._setups.begin(caller, fresh)
        view = await self._question.first(caller, client, f"{SETUP_DOOR}:{channel_id}")
        await open_modal(view or await self.view(caller, channel_id), body, client)

    async def _form(self, caller: Caller, setup: Setup, channel_id: str) -> View:
        about = ""
        if setup.source != OWN_TASK:
            try:
                topic = await self._setups.topic(caller, setup)
                about = f"{topic.title}: {topic.summary}"
            except UserError as error:
                about = str(error)
        note = open_line(await self._listing.open_in(caller, channel_id)) if channel_id else ""
        sources = await self._setups.sources(caller, setup)
        return setup_modal(SetupForm(setup, sources, about, channel_id, note)).to_dict()


def _opened_in(body: Payload) -> str:
    """The channel in which a command was typed or a message stands; "" for App Home and modals."""
    return str(body.get("channel_id") or (body.get("channel") or {}).get("id") or "")


def _came_from(body: Payload) -> str:
    return str(body["view"].get("private_metadata") or "")
