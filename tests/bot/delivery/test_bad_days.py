"""Slack failing for a third of all calls over ten minutes: nothing is lost, nothing asked too often."""

import asyncio
import logging
import random
from itertools import pairwise

import pytest

from bot.blocks import as_dicts, section
from bot.delivery.budget import TIERS
from bot.delivery.content import HOME_KIND, Content, HomeContent
from bot.delivery.publisher import PACE, Publisher
from storage.open import open_store
from storage.records.messages import Message
from tests.bot.at_work import at_work
from tests.bot.delivery.troubled_slack import LIMITED, TroubledSlack
from tests.simulated_time import run_simulated

WORKSPACES = ("T0HARBOUR", "T0MOOR")
ROOMS, RANKINGS = 10, 2
TEN_MINUTES = 600.0
BOARD, NOTE = "test.board", "test.note"


class Group:
    """Rows that change, and the messages that follow them."""

    def __init__(self, slack: TroubledSlack) -> None:
        self.slack = slack
        self.values: dict[tuple[str, str], int] = {}
        self.expected: list[Message] = []
        self._random = random.Random(7)

    async def render(self, message: Message) -> Content | HomeContent:
        text = self.text(message)
        if message.kind == HOME_KIND:
            return HomeContent({"type": "home", "blocks": as_dicts([section(text)])})
        return Content(text, [section(text)])

    def text(self, message: Message) -> str:
        return f"{message.id} is {self.values[message.workspace_id, message.subject]}"

    async def live(self) -> None:
        """Ten minutes in a store with a publisher, and then as long as it takes to catch up."""
        self.store = await open_store("sqlite:///:memory:")
        await self.slack.start()
        render = dict.fromkeys((BOARD, NOTE, HOME_KIND), self.render)
        async with at_work(Publisher(self.store.messages, self.slack.client_for, render)):
            await self._begin()
            loop = asyncio.get_running_loop()
            while loop.time() < TEN_MINUTES:
                await self._change()
                await asyncio.sleep(self._random.uniform(0.2, 1.5))
            async with asyncio.timeout(6 * TEN_MINUTES):
                while True:
                    if not await self.store.messages.dirty_messages():
                        break
                    await asyncio.sleep(1)
        self.sent = [
            await self.store.messages.get_message(each.workspace_id, each.id) for each in self.expected
        ]
        await self.slack.stop()
        await self.store.close()
        await asyncio.sleep(1)  # connections that were cut off are closed

    async def _begin(self) -> None:
        for workspace_id in WORKSPACES:
            for number in range(ROOMS):
                subject = f"ranking:R{number % RANKINGS}"
                await self._add(Message(workspace_id, f"board:{number}", BOARD, subject, f"C0ROOM{number}"))
                await self._add(
                    Message(workspace_id, f"reminder:{number}", BOARD, subject, f"U0ASKED{number}")
                )
                await self._add(
                    Message(workspace_id, f"home:{number}", HOME_KIND, subject, f"U0ASKED{number}")
                )

    async def _change(self) -> None:
        """A vote, or now and then a note in a thread."""
        workspace_id, number = self._random.choice(WORKSPACES), self._random.randrange(ROOMS)
        subject = f"ranking:R{number % RANKINGS}"
        if self._random.random() < 0.05:
            note = Message(
                workspace_id,
                f"note:{len(self.expected)}",
                NOTE,
                f"note:{len(self.expected)}",
                f"C0ROOM{number}",
                f"board:{number}",
            )
            await self._add(note)
        else:
            self.values[workspace_id, subject] += 1
            await self.store.messages.touch_subject(workspace_id, subject)

    async def _add(self, message: Message) -> None:
        self.values.setdefault((message.workspace_id, message.subject), 0)
        self.expected.append(message)
        await self.store.messages.add_message(message)


@pytest.fixture(scope="module")
def bad_day() -> Group:
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    group = Group(TroubledSlack(part=0.3))
    run_simulated(group.live())
    return group


def test_a_third_of_the_calls_failed_in_every_way(bad_day: Group) -> None:
    troubles = [each.trouble for each in bad_day.slack.arrivals if each.trouble]
    assert len(set(troubles)) == 6
    assert len(troubles) > 0.25 * len(bad_day.slack.arrivals)
    assert len(bad_day.slack.arrivals) > 700


def test_every_message_is_there_and_says_what_is_so_now(bad_day: Group) -> None:
    assert len(bad_day.sent) > 60
    for message in bad_day.sent:
        assert message is not None
        assert message.ts is not None
        place = message.channel_id if message.kind == HOME_KIND else message.ts
        assert bad_day.slack.shown[message.workspace_id, place] == bad_day.text(message)


def test_no_minute_has_more_calls_than_the_tier(bad_day: Group) -> None:
    for (_, method), calls in bad_day.slack.by_method().items():
        for first, over in zip(calls, calls[TIERS[method].per_minute :], strict=False):
            assert over.at - first.at >= 60


def test_nothing_is_called_again_before_slack_allows_it(bad_day: Group) -> None:
    seen = 0
    for calls in bad_day.slack.by_method().values():
        for refused, following in pairwise(calls):
            if refused.trouble == "429":
                seen += 1
                # What had set out before the refusal came back is no breach of it.
                assert following.at == refused.at or following.at - refused.at >= LIMITED
    assert seen > 20


def test_no_channel_gets_more_than_one_a_second(bad_day: Group) -> None:
    for calls in bad_day.slack.by_place().values():
        assert all(later.at - earlier.at >= PACE for earlier, later in pairwise(calls))
