"""The press and the form with which an owner withdraws a case study."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.modals import stack_modal
from bot.case_studies.withdrawal.views import SURE, withdraw_modal, withdrawn_modal
from bot.case_studies.withdrawal.withdrawing import LONGEST_REASON, Withdrawal
from bot.values import pressed_value

SAY_WHY = "Say why, so that whoever looks for it knows."
TOO_LONG = f"Shorten it to {LONGEST_REASON} characters or fewer."
NOT_SURE = "Tick this to withdraw it. To leave it as it is, press Back."


class WithdrawalListeners:
    """One short method an interaction; the cards follow."""

    def __init__(self, withdrawal: Withdrawal, overviews: Overviews) -> None:
        self._withdrawal = withdrawal
        self._overviews = overviews

    async def open_withdrawal(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._withdrawal.withdrawable(read_caller(context, body), pressed_value(body))
        await stack_modal(withdraw_modal(study), body, client)
        await ack()

    async def send_withdrawal(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        found = state_values(view)
        reason = found.text(ids.WITHDRAWAL_REASON)
        faults: dict[str, str] = {}
        if not reason or len(reason) > LONGEST_REASON:
            faults[ids.WITHDRAWAL_REASON] = TOO_LONG if reason else SAY_WHY
        if SURE not in found.texts(ids.SURE_FIELD):
            faults[ids.SURE_FIELD] = NOT_SURE
        if faults:
            await ack(response_action="errors", errors=faults)
            return
        study = await self._withdrawal.withdraw(
            caller, view["private_metadata"], reason, at=datetime.now(UTC)
        )
        self._overviews.follow(caller, study.id, view, client)
        await ack(response_action="update", view=withdrawn_modal(study))
