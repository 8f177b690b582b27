"""From a message's row to what it shows."""

from bot.delivery.content import Content
from bot.errors import UserError
from bot.ranking.compare.comparing import ComparingService, comparing_stage
from bot.ranking.messages import board_message, stage_message
from bot.ranking.outcome import outcome_message
from bot.ranking.proposals.proposing import closing_words
from bot.ranking.results import GroupOrder
from bot.ranking.service import RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Consent
from bot.ranking.timing.notes import note_message
from bot.ranking.timing.notices import notice_message
from bot.ranking.timing.reminder_views import reminder_message, still_asks
from storage.ranking_store import RankingStore
from storage.records.messages import Message
from storage.records.people import Person


class RankingRenderer:
    """Renders the newest state; None when the ranking is no longer there."""

    def __init__(self, service: RankingService, comparing: ComparingService, rankings: RankingStore) -> None:
        self._service = service
        self._comparing = comparing
        self._rankings = rankings

    async def board(self, message: Message) -> Content | None:
        snapshot = await self._snapshot(message)
        return board_message(snapshot) if snapshot else None

    async def stage(self, message: Message) -> Content | None:
        snapshot = await self._snapshot(message)
        if snapshot is None:
            return None
        seq = int(message.id.rpartition(":")[2])
        stage = snapshot.stages[seq - 1]
        result = await self._service.result(snapshot.ranking, snapshot.stages, stage)
        compared = None
        if stage.kind == comparing_stage(snapshot.ranking.rules) and isinstance(result, GroupOrder):
            compared = await self._comparing.compared(snapshot, stage)
        return stage_message(snapshot, stage, result, compared)

    async def outcome(self, message: Message) -> Content | None:
        snapshot = await self._snapshot(message)
        if snapshot is None:
            return None
        order, _answers = await self._service.last_order(snapshot)
        consent = snapshot.result if isinstance(snapshot.result, Consent) else None
        events = await self._rankings.list_events(message.workspace_id, snapshot.ranking.id)
        return outcome_message(snapshot, order, consent, closing_words(snapshot, events))

    async def note(self, message: Message) -> Content | None:
        _kind, ranking_id, number = message.id.split(":")
        ranking = await self._rankings.get_ranking(message.workspace_id, ranking_id)
        events = await self._rankings.list_events(message.workspace_id, ranking_id)
        event = next((one for one in events if one.number == int(number)), None)
        return note_message(ranking, event) if ranking and event else None

    async def notice(self, message: Message) -> Content | None:
        snapshot = await self._snapshot(message)
        if snapshot is None:
            return None
        _kind, _ranking_id, what, seq, _at = message.id.split(":")
        return notice_message(snapshot, what, int(seq))

    async def reminder(self, message: Message) -> Content | None:
        """None, too, for one that comes too late to ask."""
        _kind, ranking_id, seq, _round, team_id, user_id = message.id.split(":")
        person = Person(team_id, user_id)
        ballot = await self._rankings.get_ballot(message.workspace_id, ranking_id, person)
        if ballot is None or (message.ts is None and not still_asks(ballot, int(seq))):
            return None
        return reminder_message(ballot, int(seq))

    async def _snapshot(self, message: Message) -> Snapshot | None:
        ranking_id = message.subject.partition(":")[2]
        try:
            return await self._service.snapshot(message.workspace_id, ranking_id)
        except UserError:
            return None
