"""Who has gone, and whether the channel is there.

A ranking goes on without a person, and waits for its channel.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from bot.delivery.replies import is_temporary
from bot.ranking import ids
from bot.ranking.timing.notes import CLOCK, note_of
from bot.ranking.timing.notices import CHANNEL, notice_of
from bot.slack_channels import NO_CHANNEL
from bot.slack_people import SlackPeople
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Ranking, RankingEvent
from storage.store import ConflictError, NotTakingPartError, Store

SHOWN_IN_CHANNEL = (ids.BOARD_KIND, ids.STAGE_KIND, ids.OUTCOME_KIND, ids.NOTE_KIND)
OPEN_AT_ONCE = 1_000
"""Open rankings of one channel that are looked at."""


def is_unattended(events: Sequence[RankingEvent]) -> bool:
    """Whether the facilitator was found gone, and nobody has taken over since."""
    kinds = [event.kind for event in events if event.kind in ("unattended", "facilitator")]
    return kinds[-1:] == ["unattended"]


class Attendance:
    """What is done when Slack says that somebody, or a channel, is no longer there."""

    def __init__(self, store: Store, people: SlackPeople) -> None:
        self._store = store
        self._people = people

    async def check_facilitator(self, ranking: Ranking) -> bool:
        """Announce once that a facilitator is gone; True while they are, and nobody has taken over."""
        if not await self._is_absent(ranking):
            return False
        events = await self._store.rankings.list_events(ranking.workspace_id, ranking.id)
        if not is_unattended(events):
            await self._announce_unattended(ranking)
        return True

    async def left_channel(self, workspace_id: str, channel_id: str, user_id: str) -> None:
        """Somebody has left a channel: they take no more part in its open rankings."""
        await self._have_left(workspace_id, channel_id, lambda person: person.user_id == user_id)

    async def parted(
        self, workspace_id: str, channel_id: str, team_id: str, *, is_still_shared: bool
    ) -> None:
        """A channel is no longer shared with a team, which may be this workspace itself; or with nobody."""
        everybody = team_id == workspace_id or not is_still_shared
        await self._have_left(
            workspace_id,
            channel_id,
            lambda person: person.team_id != workspace_id and (everybody or person.team_id == team_id),
        )

    async def _have_left(self, workspace_id: str, channel_id: str, is_gone: Callable[[Person], bool]) -> None:
        for ranking in await self._open_in(workspace_id, channel_id):
            for person in filter(is_gone, ranking.active):
                await self._mark_left(ranking, person)
            if is_gone(ranking.facilitator):
                events = await self._store.rankings.list_events(workspace_id, ranking.id)
                if not is_unattended(events):
                    await self._announce_unattended(ranking)

    async def lost_channel(self, workspace_id: str, channel_id: str) -> None:
        """Nothing can be written in a channel: its rankings wait, and their facilitators are told."""
        for ranking in await self._open_in(workspace_id, channel_id):
            await self._wait_for_channel(ranking)

    async def regained_channel(self, workspace_id: str, channel_id: str) -> None:
        """A channel is back: messages catch up, and the rankings that waited for it go on."""
        await self._store.messages.retry_refused(workspace_id, channel_id)
        for ranking in await self._open_in(workspace_id, channel_id):
            events = await self._store.rankings.list_events(workspace_id, ranking.id)
            pauses = [event for event in events if event.kind == "paused"]
            if ranking.paused_at and pauses and pauses[-1].actor == CLOCK:
                try:
                    await self._store.rankings.set_resumed(
                        workspace_id, ranking.id, actor=CLOCK, at=datetime.now(UTC), note=note_of(ranking)
                    )
                except ConflictError:  # somebody was faster
                    continue

    async def refused(self, message: Message, reason: str) -> None:
        """Slack refused a message for good: find out what it means for its ranking."""
        if not message.kind.startswith("ranking."):
            return
        if message.kind in SHOWN_IN_CHANNEL:
            if reason in NO_CHANNEL:
                await self.lost_channel(message.workspace_id, message.channel_id)
            return
        ranking = await self._store.rankings.get_ranking(message.workspace_id, message.id.split(":")[1])
        if ranking is None or ranking.status != "open":
            return
        if message.kind == ids.NOTICE_KIND:
            await self.check_facilitator(ranking)
        else:
            await self._not_reminded(ranking, message)

    async def _is_absent(self, ranking: Ranking) -> bool:
        """Whether the facilitator's account is closed, or they are not in the channel."""
        person = ranking.facilitator
        if await self._people.is_gone(ranking.workspace_id, person):
            return True
        try:
            missing = await self._people.missing_from(
                ranking.workspace_id, ranking.channel_id, [person.user_id]
            )
        except SlackApiError as error:
            if is_temporary(error):
                raise
            return False  # it is the channel that is gone
        return bool(missing)

    async def _not_reminded(self, ranking: Ranking, message: Message) -> None:
        """Somebody cannot be written to: they have gone, or else the thread reminds them."""
        _kind, _ranking_id, seq, began, team_id, user_id = message.id.split(":")
        person = Person(team_id, user_id)
        if await self._people.is_gone(ranking.workspace_id, person):
            await self._mark_left(ranking, person)
            return
        people = [] if ranking.rules.anonymous else [[team_id, user_id]]
        detail = {"seq": int(seq), "round": int(began), "people": people}
        events = await self._store.rankings.list_events(ranking.workspace_id, ranking.id)
        if any(dict(event.detail) == detail for event in events):
            return
        await self._store.rankings.record_event(
            ranking.workspace_id,
            ranking.id,
            "reminded",
            detail,
            actor=CLOCK,
            at=datetime.now(UTC),
            note=note_of(ranking),
        )

    async def _wait_for_channel(self, ranking: Ranking) -> None:
        if not ranking.paused_at:
            try:
                event = await self._store.rankings.set_paused(
                    ranking.workspace_id, ranking.id, actor=CLOCK, at=datetime.now(UTC), note=note_of(ranking)
                )
            except ConflictError:  # somebody was faster
                return
            await self._store.messages.add_message(notice_of(ranking, CHANNEL, 0, event.at))

    async def _mark_left(self, ranking: Ranking, person: Person) -> None:
        try:
            await self._store.rankings.mark_left(
                ranking.workspace_id,
                ranking.id,
                person,
                actor=CLOCK,
                at=datetime.now(UTC),
                note=note_of(ranking),
            )
        except (ConflictError, NotTakingPartError):  # somebody was faster, or it has ended
            return

    async def _announce_unattended(self, ranking: Ranking) -> None:
        person = [ranking.facilitator.team_id, ranking.facilitator.user_id]
        try:
            await self._store.rankings.record_event(
                ranking.workspace_id,
                ranking.id,
                "unattended",
                {"person": person},
                actor=CLOCK,
                at=datetime.now(UTC),
                note=note_of(ranking, follows=True),
            )
        except ConflictError:  # it has just ended
            return

    async def _open_in(self, workspace_id: str, channel_id: str) -> list[Ranking]:
        return await self._store.rankings.list_rankings(
            workspace_id, channel_id=channel_id, status="open", limit=OPEN_AT_ONCE
        )
