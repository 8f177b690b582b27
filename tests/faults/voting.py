"""People who vote through the whole app, what they were told, and what is kept of it."""

from datetime import UTC, datetime

from bot.errors import UNAVAILABLE
from bot.ranking import ids
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.stages import Move
from storage.open import open_store
from storage.store import Store
from tests.bot.ranking.running import ITEMS, RANKING, Run, caller
from tests.slack import ANNA, BEN, PIA, TEAM, Place, User, find_action, shown_view, words_of

VOTERS = (ANNA, BEN, PIA)


class Voting:
    """A ranking of three people with their ballots open."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.told: dict[str, str] = {}
        """What was acknowledged, by the person's id."""
        self._ballots: dict[str, Place] = {}

    async def begin(self) -> None:
        await self.run.begin_discard()
        for user in VOTERS:
            await self.run.bot.press(await self.run.board(), "Name one to drop", user)
            self._ballots[user.id] = shown_view(self.run.slack.last("views.open")["view"])

    async def vote(self, user: User, item: str) -> str | None:
        """Press a statement; returns the refusal that the person reads, None when it was taken."""
        pushed = len(self.run.slack.called("views.push"))
        ballot = self._ballots[user.id]
        drops = (find_action(ballot.blocks, "Drop this", nth) for nth in range(len(ITEMS)))
        await self.run.bot.act(ballot, next(drop for drop in drops if f"|{item}|" in drop["value"]), user)
        refusals = self.run.slack.called("views.push")[pushed:]
        if refusals:
            return words_of(refusals[0]["view"]["blocks"])
        self.told[user.id] = item
        return None

    async def is_refused(self, user: User, item: str) -> bool:
        """Whether the vote is refused in the words for a database that cannot be used."""
        refusal = await self.vote(user, item)
        return refusal is not None and UNAVAILABLE in refusal

    async def propose(self) -> None:
        """Close the step and ask everybody about the first statement."""
        await self.run.move(Move.CLOSE)
        proposing = ProposingService(self.run.service, self.run.store.rankings)
        ref = ids.Ref(RANKING, (await self.run.stage()).seq)
        await proposing.propose(caller(ANNA), ref, ["s-1"], datetime.now(UTC))

    async def block(self, user: User, reason: str) -> str:
        """Open the proposal's form and send a block; returns the refusal, "" when it was taken."""
        await self.run.bot.press(await self.run.board(), "Give my answer", user)
        form = shown_view(self.run.slack.last("views.open")["view"])
        answer = await self.run.bot.submit(form, {"position": "block", "reason": reason}, user)
        return words_of(answer["view"]["blocks"]) if answer else ""

    async def kept(self, store: Store) -> dict[str, str]:
        """What a store holds, by the person's id; fails when it counts otherwise."""
        stages = await store.rankings.list_stages(TEAM, RANKING)
        answers = await store.rankings.list_answers(TEAM, RANKING, stages[-1].seq)
        assert stages[-1].answered == len(answers)
        return {answer.person.user_id: answer.choice[0] for answer in answers}

    async def kept_at(self, url: str) -> dict[str, str]:
        """What a process that starts now finds at this address."""
        store = await open_store(url)
        try:
            return await self.kept(store)
        finally:
            await store.close()

    async def board_says(self) -> str:
        """What the message in the channel shows."""
        return await self.run.text(ids.board_id(RANKING))
