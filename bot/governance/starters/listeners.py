"""Admins say who may start rankings."""

from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import state_values
from bot.caller import Payload
from bot.governance import ids
from bot.governance.starters.views import saved_modal, starters_modal
from bot.panels import open_modal
from bot.slack_people import SlackPeople
from storage.store import SettingsStore

NOT_A_PERSON = "One of them is an app, or is no longer in Slack. Take them out of the list."


class StarterListeners:
    """For admins of the workspace."""

    def __init__(self, settings: SettingsStore, people: SlackPeople, admins: Admins) -> None:
        self._settings = settings
        self._people = people
        self._admins = admins

    async def open_starters(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await open_modal(starters_modal(await self._settings.get(caller.workspace_id)), body, client)
        await ack()

    async def send_starters(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        found = state_values(body["view"])
        named, people = found[ids.WHO_FIELD] == ids.NAMED, []
        for user_id in found.get(ids.PEOPLE_FIELD) or [] if named else []:
            user = await self._people.find(caller.workspace_id, user_id)
            if user is None or user.is_gone or user.is_bot:
                await ack(response_action="errors", errors={ids.PEOPLE_FIELD: NOT_A_PERSON})
                return
            people.append(user.person)
        await self._settings.change(
            caller.workspace_id,
            lambda before: replace(before, starters=tuple(people) if named else None),
            by=caller.person,
            at=datetime.now(UTC),
        )
        await ack(response_action="update", view=saved_modal())
