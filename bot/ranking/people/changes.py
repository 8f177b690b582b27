"""A facilitator's verbs about people: add somebody, record that somebody left, hand over, name helpers.

Plain values in and out. Each change is kept with the event that announces it, in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.admins import Admins
from bot.caller import Caller
from bot.errors import UserError
from bot.ranking.people.attendance import Attendance
from bot.ranking.people.limits import MOST_PEOPLE
from bot.ranking.people.rights import refuse_unless_running, runs
from bot.ranking.service import ENDED, MOVED_ON, RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.timing.notes import note_of
from bot.slack_people import SlackPeople
from storage.records.people import Person
from storage.records.rankings import Participant, Ranking
from storage.store import ConflictError, NotTakingPartError, Store

MOST_HELPERS = 10


class PeopleChanges:
    """The people of any ranking; an admin may only hand over, and only when the facilitator is gone."""

    def __init__(
        self,
        service: RankingService,
        store: Store,
        people: SlackPeople,
        attendance: Attendance,
        admins: Admins,
    ) -> None:
        self._service = service
        self._store = store
        self._people = people
        self._attendance = attendance
        self._admins = admins

    async def open_for_change(self, caller: Caller, ranking_id: str) -> Snapshot:
        """The open ranking, for its facilitator and helpers; a paused one, too."""
        snapshot = await self._service.facilitated(caller, ranking_id)
        if snapshot.ranking.status != "open":
            raise UserError(ENDED)
        return snapshot

    async def open_for_handover(self, caller: Caller, ranking_id: str) -> Snapshot:
        """As `open_for_change`, and for an admin when the facilitator is gone."""
        snapshot = await self._service.snapshot(caller.workspace_id, ranking_id)
        if snapshot.ranking.status != "open":
            raise UserError(ENDED)
        if not runs(snapshot.ranking, caller.person) and not await self.may_step_in(caller, snapshot.ranking):
            refuse_unless_running(snapshot.ranking, caller.person)
        return snapshot

    async def may_step_in(self, caller: Caller, ranking: Ranking) -> bool:
        """Whether the caller is an admin and the facilitator is gone."""
        return await self._admins.is_admin(caller) and await self._attendance.check_facilitator(ranking)

    async def add(self, caller: Caller, ranking_id: str, user_ids: Sequence[str], at: datetime) -> None:
        """Let these people take part from now on.

        :raises UserError: not allowed, or one of them is an app, not in the channel or there already
        """
        ranking = (await self.open_for_change(caller, ranking_id)).ranking
        people = await self._in_channel(ranking, user_ids)
        there = [person for person in people if person in ranking.active]
        if there:
            raise UserError(f"{_mentions(there)} already takes part. Take them out of the list.")
        if len(ranking.active) + len(people) > MOST_PEOPLE:
            raise UserError(f"A ranking takes at most {MOST_PEOPLE} people. Add fewer.")
        agencies = await self._store.people.get_agencies(ranking.workspace_id, people)
        try:
            await self._store.rankings.add_participants(
                ranking.workspace_id,
                ranking.id,
                [Participant(person, agencies.get(person, "")) for person in people],
                actor=caller.person,
                at=at,
                note=note_of(ranking),
            )
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def leave(self, caller: Caller, ranking_id: str, user_id: str, at: datetime) -> None:
        """Record that somebody no longer takes part; what they answered stands.

        :raises UserError: not allowed, they do not take part, or too few people would be left
        """
        ranking = (await self.open_for_change(caller, ranking_id)).ranking
        person = next((one for one in ranking.active if one.user_id == user_id), None)
        if person is None:
            raise UserError(f"<@{user_id}> does not take part in this ranking. Choose somebody who does.")
        if len(ranking.active) == 1:
            raise UserError("Nobody would be left. To end the ranking, press Stop the ranking.")
        try:
            await self._store.rankings.mark_left(
                ranking.workspace_id,
                ranking.id,
                person,
                actor=caller.person,
                at=at,
                note=note_of(ranking),
            )
        except (ConflictError, NotTakingPartError) as error:
            raise UserError(MOVED_ON) from error

    async def hand_over(self, caller: Caller, ranking_id: str, user_id: str, at: datetime) -> None:
        """Make somebody the facilitator; the one before has no more rights unless named a helper."""
        ranking = (await self.open_for_handover(caller, ranking_id)).ranking
        (person,) = await self._in_channel(ranking, [user_id])
        await self._set_facilitator(ranking, person, caller.person, at)

    async def take_over(self, caller: Caller, ranking_id: str, at: datetime) -> None:
        """Let a helper, or an admin, go on in place of a facilitator who is gone."""
        ranking = (await self.open_for_handover(caller, ranking_id)).ranking
        if caller.person == ranking.facilitator:
            raise UserError("You facilitate this ranking already.")
        if not await self._attendance.check_facilitator(ranking):
            raise UserError(
                f"<@{ranking.facilitator.user_id}> still facilitates this ranking, and can hand it over "
                "to you. As a helper you can do all that they can."
            )
        await self._set_facilitator(ranking, caller.person, caller.person, at)

    async def name_helpers(
        self, caller: Caller, ranking_id: str, user_ids: Sequence[str], at: datetime
    ) -> None:
        """Name the people who may do what the facilitator may, in place of those named before."""
        ranking = (await self.open_for_change(caller, ranking_id)).ranking
        if len(user_ids) > MOST_HELPERS:
            raise UserError(f"Name at most {MOST_HELPERS} helpers.")
        people = await self._in_channel(ranking, user_ids)
        if ranking.facilitator in people:
            raise UserError("The facilitator needs no helper's rights. Take them out of the list.")
        if set(people) == set(ranking.deputies):
            raise UserError("These are the helpers already, so nothing was changed.")
        try:
            await self._store.rankings.set_deputies(
                ranking.workspace_id,
                ranking.id,
                people,
                actor=caller.person,
                at=at,
                note=note_of(ranking),
            )
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def _set_facilitator(self, ranking: Ranking, person: Person, actor: Person, at: datetime) -> None:
        try:
            await self._store.rankings.set_facilitator(
                ranking.workspace_id, ranking.id, person, actor=actor, at=at, note=note_of(ranking)
            )
        except ConflictError as error:
            raise UserError(f"<@{person.user_id}> facilitates this ranking already.") from error

    async def _in_channel(self, ranking: Ranking, user_ids: Sequence[str]) -> list[Person]:
        """The people of these ids; :raises UserError: one is an app, has gone or is not in the channel"""
        found = []
        for user_id in dict.fromkeys(user_ids):
            user = await self._people.find(ranking.workspace_id, user_id)
            if user is None or user.is_gone:
                raise UserError(f"<@{user_id}> is no longer in Slack. Choose somebody else.")
            if user.is_bot:
                raise UserError(f"<@{user_id}> is an app, not a person. Choose somebody else.")
            found.append(user.person)
        missing = await self._people.missing_from(ranking.workspace_id, ranking.channel_id, user_ids)
        if missing:
            names = " and ".join(f"<@{user_id}>" for user_id in user_ids if user_id in missing)
            raise UserError(f"{names} must be in the channel first. Invite them to it, then try again.")
        return found


def _mentions(people: Sequence[Person]) -> str:
    return " and ".join(f"<@{person.user_id}>" for person in people)
