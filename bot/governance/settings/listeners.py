"""Admins open the settings and save them."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import state_values
from bot.caller import Payload
from bot.errors import UserError
from bot.governance.settings.answers import Reader, fingerprint
from bot.governance.settings.views import saved_modal, settings_modal
from bot.panels import open_modal
from bot.slack_people import SlackPeople
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import ConflictError, SettingsStore

CHANGED_MEANWHILE = (
    "Another admin has changed the settings since you opened them, so nothing was changed. Close this and "
    "open them anew to see what applies now."
)


class SettingsListeners:
    """Who may is asked at each press, because a button can be old."""

    def __init__(self, settings: SettingsStore, people: SlackPeople, admins: Admins) -> None:
        self._settings = settings
        self._reader = Reader(people)
        self._admins = admins

    async def open_settings(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await open_modal(settings_modal(await self._settings.get(caller.workspace_id)), body, client)
        await ack()

    async def send_settings(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, view = await read_admin(self._admins, body, context), body["view"]
        answers = await self._reader.read(caller.workspace_id, state_values(view))
        if answers.faults:
            await ack(response_action="errors", errors=dict(answers.faults))
            return

        def edit(before: WorkspaceSettings) -> WorkspaceSettings:
            if fingerprint(before) != view["private_metadata"]:
                raise ConflictError("the settings have been changed")
            return answers.decide(before)

        try:
            await self._settings.change(caller.workspace_id, edit, by=caller.person, at=datetime.now(UTC))
        except ConflictError:
            raise UserError(CHANGED_MEANWHILE) from None
        await ack(response_action="update", view=saved_modal())
