"""The answers to the question about a draft that nobody has touched for long."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext

from bot.caller import Payload, read_caller
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.drafts.old_drafts import NOT_ASKED, told
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from bot.values import pressed_value
from storage.store import ConflictError, NotFoundError, Store

KEPT = "You keep this draft. If nobody writes on it, you are asked again in {days} days."


class OldDraftListeners:
    """Keep and Delete; Go on is the button that every draft has."""

    def __init__(self, service: CaseStudyService, drafting: Drafting, store: Store) -> None:
        self._service = service
        self._drafting = drafting
        self._store = store

    async def keep_draft(
        self, body: Payload, context: AsyncBoltContext, respond: AsyncRespond, ack: AsyncAck
    ) -> None:
        """Count the days anew from now on."""
        caller = read_caller(context, body)
        study = await self._service.own(caller, pressed_value(body))
        try:
            await self._store.case_studies.record_draft_asked(
                caller.workspace_id, study.id, datetime.now(UTC)
            )
        except (NotFoundError, ConflictError):
            raise UserError(NOT_ASKED) from None
        settings = await self._store.settings.get(caller.workspace_id)
        words = told(study, KEPT.format(days=settings.ask_about_drafts_after_days))
        await respond(**words.arguments(), replace_original=True)
        await ack()

    async def delete_draft(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """The question follows, and says that the draft has been deleted."""
        await self._drafting.delete(read_caller(context, body), pressed_value(body))
        await ack()
