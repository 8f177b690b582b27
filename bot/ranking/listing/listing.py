"""Rankings side by side: what is open, what of it waits for the reader, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.caller import Caller
from bot.ranking.stages import takes_answers
from storage.ranking_store import RankingStore
from storage.records.rankings import Ranking, Stage

PAGE_SIZE = 8
MOST_OPEN = 50
MOST_ENDED = 200
_FAR_OFF = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """A ranking as a list shows it; `stage` is the current or the last one.

    `waits` says that the reader's own answer is still to be given.
    """

    ranking: Ranking
    stage: Stage
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list; `number` counts from 0."""

    standings: tuple[Standing, ...]
    number: int
    count: int


class Listing:
    """Nothing is counted here: a list is as quick with many ballots as with none."""

    def __init__(self, rankings: RankingStore) -> None:
        self._rankings = rankings

    async def open_of(self, caller: Caller) -> list[Standing]:
        """The open rankings of a person: those that wait for them first, the nearest deadline before."""
        found = await self._rankings.list_rankings(
            caller.workspace_id, person=caller.person, status="open", limit=MOST_OPEN
        )
        return await self._open(caller, found)

    async def ended_of(self, caller: Caller, most: int) -> list[Standing]:
        """So many of a person's rankings that have ended, the last one first."""
        found = await self._rankings.list_rankings(
            caller.workspace_id, person=caller.person, limit=MOST_ENDED
        )
        return [await self._last(ranking) for ranking in _ended(found)[:most]]

    async def open_in(self, caller: Caller, channel_id: str) -> list[Standing]:
        """The open rankings of a channel, in the same order."""
        found = await self._rankings.list_rankings(
            caller.workspace_id, channel_id=channel_id, status="open", limit=MOST_OPEN
        )
        return await self._open(caller, found)

    async def page(self, caller: Caller, channel_id: str, number: int) -> Page:
        """Open rankings, then those that have ended: of a channel, or with "" of the person.

        Somebody from outside, who cannot have asked for a channel's, sees those in which they take part.
        """
        if caller.person.team_id != caller.workspace_id:
            channel_id = ""
        standings = await (self.open_in(caller, channel_id) if channel_id else self.open_of(caller))
        every = await self._rankings.list_rankings(
            caller.workspace_id,
            channel_id=channel_id or None,
            person=None if channel_id else caller.person,
            limit=MOST_ENDED,
        )
        ended = _ended(every)
        count = max(1, -(-(len(standings) + len(ended)) // PAGE_SIZE))
        number = min(max(number, 0), count - 1)
        begin, end = number * PAGE_SIZE, (number + 1) * PAGE_SIZE
        shown = standings[begin:end]
        past = ended[max(0, begin - len(standings)) : max(0, end - len(standings))]
        return Page((*shown, *[await self._last(ranking) for ranking in past]), number, count)

    async def _open(self, caller: Caller, rankings: Sequence[Ranking]) -> list[Standing]:
        standings = [await self._standing(caller, ranking) for ranking in rankings]
        return sorted(standings, key=_urgency)

    async def _standing(self, caller: Caller, ranking: Ranking) -> Standing:
        ballot = await self._rankings.get_ballot(caller.workspace_id, ranking.id, caller.person)
        assert ballot is not None, "rankings are never removed"
        is_answered = ballot.answer is not None and ballot.answer.complete
        can_answer = ballot.takes_part and takes_answers(ballot.stage) and ballot.paused_at is None
        return Standing(ranking, ballot.stage, can_answer and not is_answered)

    async def _last(self, ranking: Ranking) -> Standing:
        return Standing(ranking, (await self._rankings.list_stages(ranking.workspace_id, ranking.id))[-1])


def _urgency(standing: Standing) -> tuple[bool, datetime]:
    return not standing.waits, standing.stage.deadline or _FAR_OFF


def _ended(rankings: Sequence[Ranking]) -> list[Ranking]:
    ended = [ranking for ranking in rankings if ranking.status != "open"]
    return sorted(ended, key=lambda ranking: ranking.ended_at or ranking.created_at, reverse=True)
