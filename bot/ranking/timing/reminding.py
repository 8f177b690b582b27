"""Reminders: who has not answered is asked by direct message, in their own daytime.

A round of reminders plans one piece of work a person, and each waits for the person's
morning. The message follows the rows: once the person has answered, or the stage has
ended, it says so and has no button.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.daytime import next_daytime
from bot.ranking import ids
from bot.ranking.people.attendance import Attendance
from bot.ranking.stages import takes_answers
from bot.ranking.timing.notes import CLOCK
from bot.ranking.timing.reminder_views import still_asks
from bot.sections import home_subject
from bot.slack_people import SlackPeople
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Ranking, RankingEvent, Stage
from storage.records.work import Work
from storage.store import ConflictError, Store, WorkStore

REMIND_PERSON = "ranking.remind_person"
BETWEEN_REMINDERS = timedelta(hours=1)


async def plan_reminders(
    work: WorkStore, ranking: Ranking, stage: Stage, people: Sequence[Person], at: datetime
) -> None:
    """Plan a round of reminders that began at `at`; the same round planned twice is one."""
    for person in people:
        subject = f"{ranking.id}:{stage.seq}:{int(at.timestamp())}:{person.team_id}:{person.user_id}"
        await work.plan(ranking.workspace_id, f"remind:{subject}", REMIND_PERSON, subject, at)


def last_reminder(events: Sequence[RankingEvent], seq: int) -> datetime | None:
    """When a round of reminders about a stage last began."""
    times = [event.at for event in events if event.kind == "reminded" and event.detail.get("seq") == seq]
    return max(times, default=None)


class Reminders:
    """What the clock does about reminders."""

    def __init__(self, store: Store, people: SlackPeople, attendance: Attendance) -> None:
        self._store = store
        self._people = people
        self._attendance = attendance

    async def begin_round(self, work: Work) -> None:
        """Remind all who are waited for, unless somebody just did, and plan the next round."""
        ranking_id, seq = work.subject.split(":")
        key = work.workspace_id, ranking_id
        ranking = await self._store.rankings.get_ranking(*key)
        if ranking is None or ranking.status != "open" or ranking.paused_at:
            return
        stage = (await self._store.rankings.list_stages(*key))[-1]
        if stage.seq != int(seq) or not takes_answers(stage):
            return
        now = datetime.now(UTC)
        last = last_reminder(await self._store.rankings.list_events(*key), stage.seq)
        if last is None or now - last >= BETWEEN_REMINDERS:
            await self._attendance.check_facilitator(ranking)
            waiting = await self._store.rankings.list_waiting(*key, stage.seq)
            await plan_reminders(self._store.work, ranking, stage, waiting, work.due_at)
            if waiting:
                detail = {"seq": stage.seq, "count": len(waiting)}
                try:
                    await self._store.rankings.record_event(*key, "reminded", detail, actor=CLOCK, at=now)
                except ConflictError:  # it has just ended; each reminder finds that out too
                    return
        if work.id.startswith("reminder:") and ranking.rules.remind_hours:
            following = now + timedelta(hours=ranking.rules.remind_hours)
            await self._store.work.plan(work.workspace_id, work.id, work.kind, work.subject, following)

    async def remind_person(self, work: Work) -> None:
        """Write to one person, when it is day where they are."""
        ranking_id, seq, _round, team_id, user_id = work.subject.split(":")
        person = Person(team_id, user_id)
        ballot = await self._store.rankings.get_ballot(work.workspace_id, ranking_id, person)
        if ballot is None or not still_asks(ballot, int(seq)):
            return
        now = datetime.now(UTC)
        due_at = next_daytime(now, await self._zone(work.workspace_id, ranking_id, person))
        if due_at > now:
            await self._store.work.plan(work.workspace_id, work.id, work.kind, work.subject, due_at)
            return
        await self._store.messages.add_message(
            Message(
                work.workspace_id,
                f"{ids.REMINDER_KIND}:{work.subject}",
                ids.REMINDER_KIND,
                home_subject(person),
                person.user_id,
            )
        )

    async def _zone(self, workspace_id: str, ranking_id: str, person: Person) -> ZoneInfo:
        """The person's time zone, or else the facilitator's."""
        zone = await self._people.zone_of(workspace_id, person)
        if zone is None:
            ranking = await self._store.rankings.get_ranking(workspace_id, ranking_id)
            zone = await self._people.zone_of(workspace_id, ranking.facilitator) if ranking else None
        return zone or ZoneInfo("UTC")
