"""A ranking that is being run: people press through the real app, and the clock does what is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.app import create_client
from bot.caller import Caller
from bot.delivery.content import Content
from bot.installation import Installation
from bot.ranking import clock_handlers, ids, renderers
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.service import RankingService
from bot.ranking.stages import Move
from bot.settings import Settings
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Item, Participant, Ranking, RankingEvent, Rules, Stage
from storage.store import Store
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    shown_message,
    shown_view,
    words_of,
)
from tests.storage.examples import a_ranking

CARA = User("U0CARA")
DAN = User("U0DAN")
RANKING = "r1"
ITEMS = tuple(Item(f"s-{number}", f"Statement {number}", "It helps everybody.") for number in range(1, 11))
EVERYBODY = (ANNA, BEN, PIA)


def person(user: User) -> Person:
    return Person(user.team_id, user.id)


def caller(user: User) -> Caller:
    return Caller(TEAM, person(user))


def said(blocks: list[Json]) -> str:
    """What the blocks say, with names inside their sentences."""
    return words_of(blocks).replace("\n<@", "<@").replace(">\n", ">")


class Run:
    """Anna facilitates; she, Ben, and Pia from a partner workspace take part; Cara and Dan may join."""

    def __init__(self, store: Store, bot: Bot, slack: Slack, settings: Settings) -> None:
        self.store, self.bot, self.slack = store, bot, slack
        self.service = RankingService(store.rankings)
        self.answering = AnsweringService(store.rankings)
        self.client_for = Installation(create_client(settings)).client_for
        self.handlers = clock_handlers(store, self.client_for)
        slack.members = [user.id for user in (*EVERYBODY, CARA, DAN)]
        slack.users = {PIA.id: {"team_id": PIA.team_id}}

    async def begin(self, people: Sequence[User] = EVERYBODY, rules: Rules | None = None) -> None:
        """Begin the ranking now, with everybody reading."""
        now = datetime.now(UTC)
        ranking = a_ranking(
            workspace_id=TEAM,
            id=RANKING,
            title="What matters here",
            items=ITEMS,
            channel_id=CHANNEL,
            facilitator=person(ANNA),
            participants=tuple(Participant(person(user)) for user in people),
            created_at=now,
            rules=rules or Rules(),
        )
        board = Message(TEAM, ids.board_id(RANKING), ids.BOARD_KIND, ids.subject(RANKING), CHANNEL)
        first = Stage(RANKING, 1, "read", tuple(item.id for item in ITEMS), now)
        await self.store.rankings.create_ranking(ranking, first, [board])
        for user in EVERYBODY:  # they were asked before, and would rather not say
            await self.store.people.set_agency(TEAM, person(user), "")

    async def begin_discard(self, people: Sequence[User] = EVERYBODY, rules: Rules | None = None) -> None:
        """Begin the ranking, and its first stage with answers."""
        await self.begin(people, rules)
        await self.move(Move.START_DISCARD)

    async def move(self, *moves: Move) -> None:
        for move in moves:
            ref = ids.Ref(RANKING, (await self.stage()).seq)
            await self.service.move(caller(ANNA), ref, move, datetime.now(UTC))

    async def ranking(self) -> Ranking:
        found = await self.store.rankings.get_ranking(TEAM, RANKING)
        assert found is not None
        return found

    async def stage(self) -> Stage:
        return (await self.store.rankings.list_stages(TEAM, RANKING))[-1]

    async def events(self) -> list[RankingEvent]:
        return await self.store.rankings.list_events(TEAM, RANKING)

    async def answer(self, *users: User, item: str = "s-1") -> None:
        """Name a statement to drop."""
        seq = (await self.stage()).seq
        for user in users:
            ref = ids.Ref(RANKING, seq, item, 1)
            await self.answering.place(caller(user), ref, datetime.now(UTC))

    async def rendered(self, message_id: str) -> Content | None:
        """What a message shows now that it has been sent."""
        message = await self.store.messages.get_message(TEAM, message_id)
        assert message is not None, message_id
        content = await renderers(self.store)[message.kind](replace(message, ts="1.0"))
        assert content is None or isinstance(content, Content)
        return content

    async def text(self, message_id: str) -> str:
        content = await self.rendered(message_id)
        assert content is not None
        return content.text

    async def place(self, message_id: str, channel: str = CHANNEL) -> Place:
        """A message to be pressed."""
        content = await self.rendered(message_id)
        assert content is not None
        return shown_message(content.arguments(message_id), channel)

    async def board(self) -> Place:
        return await self.place(ids.board_id(RANKING))

    async def notes(self) -> list[str]:
        """What the thread was told."""
        told = []
        for event in await self.events():
            message_id = f"{ids.note_id(RANKING)}:{event.number}"
            if await self.store.messages.get_message(TEAM, message_id):
                told.append(await self.text(message_id))
        return told

    async def menu(self, user: User = ANNA, *labels: str) -> Place:
        """Open the facilitator's menu and press these."""
        await self.bot.press(await self.board(), "For the facilitator", user)
        shown = shown_view(self.slack.last("views.open")["view"])
        for label in labels:
            await self.bot.press(shown, label, user)
            shown = shown_view(self.slack.last("views.update", "views.push")["view"])
        return shown

    async def form(self, label: str, user: User = ANNA) -> Place:
        """A form behind More."""
        return await self.menu(user, "More", label)

    async def due(self, at: datetime | None = None) -> list[str]:
        """Do all that is due, as the clock does, until nothing is; returns the ids of what was done."""
        done = []
        while works := await self.store.work.claim(at or datetime.now(UTC), 60, 100):
            for work in works:
                await self.handlers[work.kind](work)
                await self.store.work.finish(work)
                done.append(work.id)
        return done

    async def planned(self) -> dict[str, datetime]:
        """When each piece of work is due; leaves all of it as it was."""
        works = await self.store.work.claim(datetime.now(UTC) + timedelta(days=9999), 0, 1000)
        for work in works:
            await self.store.work.postpone(work, work.due_at)
        return {work.id: work.due_at for work in works}

    async def direct_messages(self, kind: str) -> dict[str, str]:
        """The ids of the rows of this kind, by the person they go to."""
        dirty = await self.store.messages.dirty_messages()
        return {message.channel_id: message.id for message in dirty if message.kind == kind}
