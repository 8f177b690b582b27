"""Whoever wrote in a case study takes it on; the clock ends the wait when nobody does."""

from contextlib import suppress
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.caller import Payload, read_caller
from bot.errors import UserError
from bot.privacy import ids
from bot.values import pressed_value
from storage.records.privacy import erased_under
from storage.records.work import Work
from storage.store import ConflictError, NotFoundError, Store

NOT_OFFERED = (
    "This case study is not offered to you, or not any more, so nothing was changed. Those who wrote in it "
    "can take it on until somebody has, or until 30 days are over."
)


class TakingOnListeners:
    """Who wrote in it is asked of the rows at each press."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take_on(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = read_caller(context, body)
        ref = ids.OfferRef.decode(pressed_value(body))
        try:
            await self._store.privacy.take_on(
                caller.workspace_id, ref.study_id, ref.author, by=caller.person, at=datetime.now(UTC)
            )
        except (NotFoundError, ConflictError):
            raise UserError(NOT_OFFERED) from None
        await ack()


class WaitEnds:
    """The handler of the work that comes due when nobody has taken it on."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def end(self, work: Work) -> None:
        """Remove it, or withdraw it."""
        study_id, alias = work.subject.split(":")
        left_by = erased_under(alias)
        with suppress(NotFoundError):  # removed in between
            await self._store.privacy.end_wait(work.workspace_id, study_id, left_by, at=datetime.now(UTC))
