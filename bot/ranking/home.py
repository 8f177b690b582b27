"""What App Home shows of rankings: what waits for a person, and what they run."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import actions, button, section
from bot.caller import Caller
from bot.ranking import ids
from bot.ranking.messages import answer_label
from bot.ranking.service import RankingService
from bot.ranking.setup_views import ranking_line
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import takes_answers
from bot.sections import Shelf
from storage.records import Person
from storage.store import RankingStore

LISTED = 10


class RankingHome:
    """Reads a person's open rankings."""

    def __init__(self, service: RankingService, rankings: RankingStore) -> None:
        self._service = service
        self._rankings = rankings

    async def blocks(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        """Blocks by heading; each ranking has its button."""
        found = await self._rankings.list_rankings(
            caller.workspace_id, person=caller.person, status="open", limit=LISTED
        )
        snapshots = [await self._service.snapshot(caller.workspace_id, ranking.id) for ranking in found]
        waiting = [_waiting(one) for one in snapshots if await self._waits_for(one, caller.person)]
        running = [_running(one) for one in snapshots if one.ranking.facilitator == caller.person]
        start = actions(button("Start a ranking", ids.OPEN_SETUP))
        return {Shelf.WAITING: waiting, Shelf.RUNNING: running, Shelf.START: [start]}

    async def _waits_for(self, snapshot: Snapshot, person: Person) -> bool:
        """Asked of the person's own answer: who has answered an anonymous ranking is not told."""
        ranking, stage = snapshot.ranking, snapshot.stage
        if not takes_answers(stage) or person not in ranking.active:
            return False
        answer = await self._rankings.get_answer(ranking.workspace_id, ranking.id, stage.seq, person)
        return answer is None or not answer.complete


def _waiting(snapshot: Snapshot) -> Block:
    ref = ids.Ref(snapshot.ranking.id, snapshot.stage.seq).encode()
    label = answer_label(snapshot.stage)
    return section(ranking_line(snapshot), accessory=button(label, ids.OPEN_ANSWER, ref, style="primary"))


def _running(snapshot: Snapshot) -> Block:
    ref = ids.Ref(snapshot.ranking.id).encode()
    return section(ranking_line(snapshot), accessory=button("Go on", ids.OPEN_CONTROLS, ref))
