"""The press and the form with which a case study is handed on, and the list of what somebody owns."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.chosen_person import find_person, has_left
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.modals import show_modal, stack_modal
from bot.case_studies.owners.handing_on import Owners
from bot.case_studies.owners.views import OWNED_A_PAGE, hand_on_modal, handed_modal, owned_modal
from bot.case_studies.service import CaseStudyService
from bot.curators import Curators
from bot.errors import UserError
from bot.values import pressed_value
from storage.records.case_study_access import Access

NOBODY = "That is an app, or an account that is no longer used. Choose a person."
CHOOSE = "Choose a person."


class OwnerListeners:
    """One short method an interaction."""

    def __init__(
        self, service: CaseStudyService, owners: Owners, overviews: Overviews, curators: Curators
    ) -> None:
        self._service = service
        self._owners = owners
        self._overviews = overviews
        self._curators = curators

    async def open_hand_on(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, study_id = read_caller(context, body), pressed_value(body)
        access = await self._allowed(caller, study_id, client)
        study = await self._service.existing(caller, study_id)
        is_below = (body.get("view") or {}).get("private_metadata") == study_id
        form = hand_on_modal(study, is_owner=access.is_owner, is_below=is_below)
        await stack_modal(form, body, client)
        await ack()

    async def hand_on(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        ref = ids.HandOnRef.decode(view["private_metadata"])
        access = await self._allowed(caller, ref.study_id, client)
        user_id = state_values(view).get(ids.OWNER_FIELD, "")
        person = await find_person(client, caller.workspace_id, user_id) if user_id else None
        if person is None:
            fault = NOBODY if user_id else CHOOSE
            await ack(response_action="errors", errors={ids.OWNER_FIELD: fault})
            return
        try:
            study = await self._owners.hand_on(
                caller, ref.study_id, person, before=access.owner, at=datetime.now(UTC)
            )
        except UserError as error:
            # Said at the field, so that somebody else can be chosen at once.
            await ack(response_action="errors", errors={ids.OWNER_FIELD: str(error)})
            return
        if ref.is_below:
            self._overviews.follow(caller, study.id, view, client)
        await ack(response_action="update", view=handed_modal(study, person))

    async def open_owned(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await self._show_owned(read_caller(context, body), 0, body, client)
        await ack()

    async def turn_owned(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = ids.Turn.decode(pressed_value(body))
        await self._show_owned(read_caller(context, body), turn.at, body, client)
        await ack()

    async def _show_owned(self, caller: Caller, offset: int, body: Payload, client: AsyncWebClient) -> None:
        studies = await self._owners.owned(caller, limit=OWNED_A_PAGE + 1, offset=offset)
        titles = [self._service.template_title(study) for study in studies]
        await show_modal(owned_modal(studies, titles, offset=offset), body, client)

    async def _allowed(self, caller: Caller, study_id: str, client: AsyncWebClient) -> Access:
        """:raises UserError: the caller may not hand it on, or not yet"""
        access = await self._owners.access(caller, study_id)
        if not access.is_owner:
            await self._owners.check_stand_in(
                caller,
                study_id,
                access,
                may_curate=await self._curators.may_curate(caller),
                owner_left=await has_left(client, access.owner),
            )
        return access
