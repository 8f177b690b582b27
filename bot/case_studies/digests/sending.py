"""What the clock does about digests, and what is done when a channel is lost."""

from datetime import UTC, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.case_studies import ids
from bot.case_studies.digests.messages import Ending, digest_row, ending_rows
from bot.clients import ClientFor
from bot.daytime import first_working_morning, next_daytime
from bot.slack_channels import ARCHIVED_REASONS, NO_CHANNEL, ChannelFault, channel_fault
from bot.slack_people import SlackPeople
from storage.records.audit import NOBODY
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.records.work import Work
from storage.store import NotFoundError, Store

A_DAY = timedelta(days=1)


class Digests:
    """One message a month and channel, whatever was missed in between."""

    def __init__(self, store: Store, client_for: ClientFor, people: SlackPeople) -> None:
        self._store = store
        self._client_for = client_for
        self._people = people

    async def send(self, work: Work) -> None:
        """Tell the channel what is new since the last time, in the day of whoever asked for it."""
        digest = await self._store.digests.get_digest(work.workspace_id, work.subject)
        now = datetime.now(UTC).replace(microsecond=0)
        if digest is None or digest.next_at > now:
            return
        client = await self._client_for(digest.workspace_id)
        if client is None:  # not installed there at the moment
            await self._wait(work, now + A_DAY)
            return
        zone = await self._people.zone_of(digest.workspace_id, digest.subscribed_by) or UTC
        day = next_daytime(now, zone)
        if day > now:
            await self._wait(work, day)
        elif ending := await self._ending(digest, client):
            await end(self._store, digest, ending)
        else:
            await self._tell(digest, now, first_working_morning(now, zone))

    async def _wait(self, work: Work, until: datetime) -> None:
        await self._store.work.plan(work.workspace_id, work.id, work.kind, work.subject, until)

    async def _tell(self, digest: Digest, until: datetime, next_at: datetime) -> None:
        key = digest.workspace_id, digest.channel_id
        is_news = await self._store.published.count_between(digest.workspace_id, digest.since, until)
        messages = [digest_row(digest, until)] if is_news else []
        try:
            await self._store.digests.record_digest(*key, until=until, next_at=next_at, messages=messages)
        except NotFoundError:  # stopped, or told by another process, in between
            return

    async def _ending(self, digest: Digest, client: AsyncWebClient) -> Ending | None:
        """Why the channel cannot be told any more."""
        fault = await channel_fault(client, digest.channel_id)
        if fault is not None:
            return Ending.ARCHIVED if fault is ChannelFault.ARCHIVED else Ending.NOT_IN
        person = digest.subscribed_by
        if await self._people.is_gone(digest.workspace_id, person):
            return Ending.GONE
        key = digest.workspace_id, digest.channel_id
        return Ending.LEFT if await self._people.missing_from(*key, [person.user_id]) else None


class LostChannels:
    """What is done when Slack takes no digest in a channel any more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def refused(self, message: Message, reason: str) -> None:
        """End the channel's digests, and tell whoever asked for them."""
        if message.kind != ids.DIGEST_KIND or reason not in NO_CHANNEL:
            return
        digest = await self._store.digests.get_digest(message.workspace_id, message.channel_id)
        if digest is not None:
            await end(self._store, digest, Ending.ARCHIVED if reason in ARCHIVED_REASONS else Ending.NOT_IN)


async def end(store: Store, digest: Digest, ending: Ending) -> None:
    """Tell the channel no more, and say so once."""
    now = datetime.now(UTC)
    rows = ending_rows(digest, ending, now)
    await store.digests.unsubscribe(digest.workspace_id, digest.channel_id, rows, by=NOBODY, at=now)
