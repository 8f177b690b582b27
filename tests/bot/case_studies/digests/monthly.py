"""A channel that is told monthly: everything that asks for it, makes time pass and sends."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory

from bot.case_studies import ids
from bot.delivery.publisher import Publisher
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.store import Store
from tests.bot.at_work import publish
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import make_study, person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Json, Slack, User

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
FIRST = datetime(2026, 4, 1, 7, tzinfo=UTC)
"""08:00 on the first of April in London, a Wednesday."""
OTHER = "C0OTHER"
DAY = timedelta(days=1)


@dataclass
class Monthly:
    """The bot at `AT`, and what becomes of it."""

    bot: Bot
    slack: Slack
    store: Store
    clockwork: Clockwork
    publisher: Publisher
    now: FrozenDateTimeFactory

    async def subscribe(self, user: User = ANNA, channel: str = CHANNEL) -> Json:
        """Fill in the form; returns the answer."""
        await self.bot.command("/casestudy", "digest", user=user, channel=OTHER)
        return await self.bot.submit(last_view(self.slack), {ids.CHANNEL_FIELD: channel}, user=user)

    async def publish(self, number: int, at: datetime = AT + DAY, words: str = "") -> None:
        """Case study `s<number>`."""
        study = make_study(study_id=f"s{number}", title=f"Study {number}{words}", at=at)
        await self.store.case_studies.import_case_study(study)

    async def withdraw(self, number: int) -> None:
        """Take it out of the library."""
        await self.store.case_studies.withdraw_case_study(
            TEAM, f"s{number}", reason="", by=person(ANNA), at=FIRST + DAY
        )

    async def look(self, at: datetime | str) -> None:
        """The clock looks then."""
        self.now.move_to(at)
        await self.clockwork.look()

    async def digest(self) -> Digest | None:
        """What the channel has been promised."""
        return await self.store.digests.get_digest(TEAM, CHANNEL)

    async def waiting(self) -> list[Message]:
        """The digests that are to be sent."""
        return [one for one in await self.store.messages.dirty_messages() if one.kind == ids.DIGEST_KIND]

    async def sent(self) -> list[Json]:
        """Send all that waits, and return what has been posted."""
        self.now.tick(timedelta(seconds=2))  # a channel gets one message a second
        before = len(self.slack.called("chat.postMessage"))
        await publish(self.publisher, self.store)
        return self.slack.called("chat.postMessage")[before:]
