"""Admins put the names of agencies in order."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import state_values
from bot.caller import Caller, Payload
from bot.errors import UserError
from bot.governance import ids
from bot.governance.agencies.views import agencies_modal, done_modal, joining_modal, renaming_modal
from bot.governance.modals import put_modal
from bot.panels import open_modal
from bot.plurals import people_counted
from bot.values import number, pressed_value
from storage.records.people import Agency
from storage.store import ConflictError, NotFoundError, PeopleStore

GONE = "Nobody answers for that agency any more, so nothing was changed. Close this and look again."
TAKEN = "There is an agency of that name already. Press Back, then Make part of another, to make them one."
NOTHING_NEW = "Type another name than the one it has."
NO_OTHER = "There is no other agency that it could become part of."


class AgencyListeners:
    """For admins of the workspace."""

    def __init__(self, people: PeopleStore, admins: Admins) -> None:
        self._people = people
        self._admins = admins

    async def open_agencies(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        found = await self._people.count_agencies(caller.workspace_id)
        await open_modal(agencies_modal(found), body, client)
        await ack()

    async def turn_page(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        found = await self._people.count_agencies(caller.workspace_id)
        await put_modal(agencies_modal(found, number(pressed_value(body))), body, client)
        await ack()

    async def open_renaming(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        agency = pressed_value(body)
        await self._others(caller, agency)
        await open_modal(renaming_modal(agency), body, client)
        await ack()

    async def open_joining(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        agency = pressed_value(body)
        others = await self._others(caller, agency)
        if not others:
            raise UserError(NO_OTHER)
        await open_modal(joining_modal(agency, others), body, client)
        await ack()

    async def _others(self, caller: Caller, agency: str) -> list[Agency]:
        """The other agencies of the workspace; :raises UserError: it has no such agency."""
        found = await self._people.count_agencies(caller.workspace_id)
        if agency not in [one.name for one in found]:
            raise UserError(GONE)
        return [other for other in found if other.name != agency]

    async def send_renaming(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        agency, name = body["view"]["private_metadata"], state_values(body["view"]).text(ids.NAME_FIELD)
        if name in ("", agency):
            await ack(response_action="errors", errors={ids.NAME_FIELD: NOTHING_NEW})
            return
        try:
            people = await self._people.rename_agency(
                caller.workspace_id, agency, name, by=caller.person, at=datetime.now(UTC)
            )
        except NotFoundError:
            raise UserError(GONE) from None
        except ConflictError:
            await ack(response_action="errors", errors={ids.NAME_FIELD: TAKEN})
            return
        await ack(
            response_action="update", view=done_modal(_done(f"It is called {name} from now on.", people))
        )

    async def send_joining(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = await read_admin(self._admins, body, context)
        agency, into = body["view"]["private_metadata"], state_values(body["view"]).text(ids.INTO_FIELD)
        try:
            people = await self._people.join_agencies(
                caller.workspace_id, agency, into, by=caller.person, at=datetime.now(UTC)
            )
        except (NotFoundError, ConflictError):
            raise UserError(GONE) from None
        await ack(
            response_action="update", view=done_modal(_done(f"They are part of {into} from now on.", people))
        )


def _done(words: str, people: int) -> str:
    return f"{words} That changed the agency of {people_counted(people)}."
