"""Owners decide about texts without a name; the clock does when they do not."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.caller import Payload, read_caller
from bot.errors import UserError
from bot.privacy import ids
from bot.values import pressed_value
from storage.records.audit import NOBODY
from storage.records.privacy import erased_under
from storage.records.work import Work
from storage.store import ConflictError, NotFoundError, Store

OWNER_ONLY = "Only <@{owner}>, who owns this case study now, can decide about that. Nothing was changed."
DECIDED = "It has been decided already. There is nothing left to do."


class OfferListeners:
    """Who owns the case study now is asked at each press."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep_texts(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._settle(body, context, keep=True)
        await ack()

    async def remove_texts(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._settle(body, context, keep=False)
        await ack()

    async def _settle(self, body: Payload, context: AsyncBoltContext, *, keep: bool) -> None:
        caller = read_caller(context, body)
        ref = ids.OfferRef.decode(pressed_value(body))
        study = await self._store.case_studies.get_case_study(caller.workspace_id, ref.study_id)
        if study is None:
            raise UserError(DECIDED)
        if study.owner != caller.person:
            raise UserError(OWNER_ONLY.format(owner=study.owner.user_id))
        try:
            await self._store.privacy.settle_offer(
                caller.workspace_id,
                ref.study_id,
                ref.author,
                keep=keep,
                by=caller.person,
                at=datetime.now(UTC),
            )
        except (NotFoundError, ConflictError):
            raise UserError(DECIDED) from None


class OfferEnds:
    """The handler of the work that comes due when nobody has decided."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remove(self, work: Work) -> None:
        """Remove the texts."""
        study_id, alias = work.subject.split(":")
        author = erased_under(alias)
        try:
            await self._store.privacy.settle_offer(
                work.workspace_id, study_id, author, keep=False, by=NOBODY, at=datetime.now(UTC)
            )
        except (NotFoundError, ConflictError):  # deleted, or decided in between
            return
