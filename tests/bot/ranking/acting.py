"""A ranking brought to where something can be pressed, and the press."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.ranking import ids
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.stages import Move, Position
from storage.records.messages import Message
from storage.records.rankings import Answer, Ranking, RankingEvent, Rules, Stage
from tests.bot.ranking.acts_table import ON_THE_BOARD, Form, Press, Right
from tests.bot.ranking.running import CARA, EVERYBODY, ITEMS, RANKING, Run, caller, person
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Place, User, shown_view, words_of

MAY: dict[Right, User] = {"facilitator": ANNA, "participant": PIA, "helper": BEN, "anybody": CARA}
MAY_NOT: dict[Right, User] = {"facilitator": PIA, "participant": CARA, "helper": PIA}


@dataclass(frozen=True)
class State:
    """All that is kept of the ranking, but for the times of answers and of what the clock has to do."""

    ranking: Ranking | None
    stages: Sequence[Stage]
    answers: Sequence[Sequence[Answer]]
    events: Sequence[RankingEvent]
    messages: Sequence[tuple[str, int]]
    planned: Sequence[str]


class Ready:
    """The states in which something can be pressed."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.proposing = ProposingService(run.service, run.store.rankings)

    async def read(self) -> None:
        await self.run.begin()

    async def naming(self) -> None:
        await self.run.begin_discard()

    async def answered(self) -> None:
        await self.naming()
        await self.run.answer(ANNA, PIA)

    async def named(self) -> None:
        await self.answered()
        await self.run.move(Move.CLOSE)

    async def proposed(self) -> None:
        await self.named()
        ref = ids.Ref(RANKING, (await self.run.stage()).seq)
        await self.proposing.propose(caller(ANNA), ref, ["s-1"], datetime.now(UTC))

    async def blocked(self) -> None:
        await self.proposed()
        ref = ids.Ref(RANKING, (await self.run.stage()).seq)
        for user in EVERYBODY:
            await self.run.answering.answer_consent(
                caller(user), ref, Position.BLOCK, "Too soon", datetime.now(UTC)
            )
        await self.run.move(Move.CLOSE)

    async def compared(self) -> None:
        await self.run.begin(rules=Rules(steps=("read", "compare", "choose")))
        await self.run.move(Move.START_RANK)
        for at, item in enumerate(ITEMS, start=1):
            ref = ids.Ref(RANKING, (await self.run.stage()).seq, item.id, at)
            await self.run.answering.place(caller(ANNA), ref, datetime.now(UTC))
        await self.run.move(Move.COMPARE)

    async def paused(self) -> None:
        await self.naming()
        await self.run.store.rankings.set_paused(TEAM, RANKING, actor=person(ANNA), at=datetime.now(UTC))

    async def left_alone(self) -> None:
        """The facilitator has left Slack, and Ben helps."""
        await self.naming()
        at = datetime.now(UTC)
        await self.run.store.rankings.set_deputies(TEAM, RANKING, [person(BEN)], actor=person(ANNA), at=at)
        self.run.slack.users[ANNA.id] = {"deleted": True}


class Acting:
    """Presses and sends what a table's line says, and looks at what came of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.ready = Ready(run)
        self.ref = ids.Ref(RANKING)
        self.deadline = int((datetime.now(UTC) + timedelta(days=2)).timestamp())

    async def prepare(self, one: Press | Form) -> None:
        """The ranking in the state that the line names; what is pressed later is of this stage."""
        press = one if isinstance(one, Press) else one.opened_by
        prepare: Callable[[], Awaitable[None]] = getattr(self.ready, press.ready)
        await prepare()
        for user in (ANNA, BEN, CARA, PIA):  # else the first press of each asks for it
            await self.run.store.people.set_agency(TEAM, person(user), "School")
        self.ref = ids.Ref(RANKING, (await self.run.stage()).seq, press.item, press.place)
        self.place: Place | None = None
        if isinstance(one, Form):
            await self._press(press, MAY[press.right], self.ref)
            self.place = shown_view(self.run.slack.last("views.push", "views.open")["view"])

    async def act(self, one: Press | Form, user: User, ref: ids.Ref | None = None) -> str:
        """Do it; returns the refusal in words, "" when there was none."""
        before = len(self.run.slack.calls)
        if isinstance(one, Press):
            await self._press(one, user, ref or self.ref)
        else:
            await self._send(one, user, ref)
        return "\n".join(self._refusals(before))

    async def move_on(self) -> None:
        """One stage further, whatever the stage."""
        if (await self.run.ranking()).paused_at:
            at = datetime.now(UTC)
            await self.run.store.rankings.set_resumed(TEAM, RANKING, actor=person(ANNA), at=at)
        stage = await self.run.stage()
        following = replace(
            stage, seq=stage.seq + 1, opened_at=datetime.now(UTC), closed_at=None, answered=0, deadline=None
        )
        await self.run.store.rankings.open_stage(TEAM, RANKING, stage.seq, following, [])

    async def state(self) -> State:
        rankings = self.run.store.rankings
        stages = await rankings.list_stages(TEAM, RANKING)
        answers = [await rankings.list_answers(TEAM, RANKING, stage.seq) for stage in stages]
        untimed = [[replace(one, answered_at=stages[0].opened_at) for one in given] for given in answers]
        messages: Sequence[Message] = await self.run.store.messages.dirty_messages()
        return State(
            await rankings.get_ranking(TEAM, RANKING),
            stages,
            untimed,
            await rankings.list_events(TEAM, RANKING),
            sorted((message.id, message.version) for message in messages),
            sorted(await self.run.planned()),
        )

    async def _press(self, press: Press, user: User, ref: ids.Ref) -> None:
        action = {
            "type": "button",
            "block_id": "b",
            "action_id": press.action_id,
            "value": ref.encode(),
        }
        modal = shown_view({"type": "modal", "blocks": [], "private_metadata": ref.encode()})
        on_board = press.action_id in ON_THE_BOARD
        await self.run.bot.act(Place([], channel=CHANNEL) if on_board else modal, action, user)

    async def _send(self, form: Form, user: User, ref: ids.Ref | None) -> None:
        assert self.place is not None
        assert self.place.view is not None
        assert self.place.view["callback_id"] == form.callback_id
        if ref is not None:
            self.place.view["private_metadata"] = ref.encode()
        values = dict(form.values)
        if ids.DEADLINE_FIELD in values:
            values[ids.DEADLINE_FIELD] = self.deadline
        await self.run.bot.submit(self.place, values, user)

    def _refusals(self, before: int) -> list[str]:
        """Notices and errors beside fields; a form or panel that opens is none."""
        found = []
        for call in self.run.slack.calls[before:]:
            view = call.arguments.get("view") or {}
            if (view.get("title") or {}).get("text") == "Common Ground":
                found.append(words_of(view["blocks"]))
            elif call.method == "response_url":
                found.append(words_of(call.arguments["blocks"]))
            found += (call.arguments.get("errors") or {}).values() if call.method == "answer" else ()
        return found


def assert_refused(words: str) -> None:
    """In words, and by the rules: a reference number would be a fault of ours."""
    assert len(words.split()) > 3
    assert "reference" not in words
