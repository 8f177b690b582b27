"""App Home and help: opened once, it is kept true."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.app import create_client, create_publisher
from bot.caller import Caller
from bot.home.views import NOTHING_WAITS, help_panel, home_view
from bot.installation import Installation
from bot.panels import panel_message
from bot.ranking import ids
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.service import RankingService
from bot.ranking.setup.starting import start_ranking
from bot.ranking.setup.topics import task_topic
from bot.ranking.stages import Move
from bot.sections import Shelf
from bot.settings import Settings
from knowledge.model import Library
from sandbox.limits import message_faults, view_faults
from storage.records.people import Person
from storage.records.rankings import Item, Participant, Ranking, Rules, Stage
from storage.store import Store
from tests.bot.at_work import at_work, home_that_says
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Bot, Slack, labels_of, shown_view, words_of

FACILITATOR = Caller(TEAM, Person(TEAM, ANNA.id))


@pytest.fixture
async def publishing(slack: Slack, store: Store, library: Library, settings: Settings) -> AsyncIterator[None]:
    """The publisher at work."""
    async with at_work(create_publisher(store, library, Installation(create_client(settings)))):
        yield


async def open_home(bot: Bot, user_id: str = ANNA.id, tab: str = "home") -> None:
    await bot.event({"type": "app_home_opened", "user": user_id, "tab": tab, "channel": "D1"})


@pytest.mark.usefixtures("publishing")
async def test_the_first_opening_shows_every_heading_that_has_something(bot: Bot, slack: Slack) -> None:
    await open_home(bot)
    call = await home_that_says(slack, NOTHING_WAITS)
    said = words_of(call["view"]["blocks"])
    assert call["user_id"] == ANNA.id
    assert Shelf.START.value in said
    assert Shelf.BROWSE.value in said
    assert Shelf.RUNNING.value not in said
    assert view_faults(call["view"]) == []


@pytest.mark.usefixtures("publishing")
async def test_a_ballot_appears_when_it_waits_and_goes_when_it_is_given(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    service = RankingService(store.rankings)
    people = [Person(TEAM, ANNA.id), Person(TEAM, BEN.id)]
    await open_home(bot)
    await home_that_says(slack, NOTHING_WAITS)
    await start_ranking(
        store.rankings,
        FACILITATOR,
        task_topic(library.tasks[0]),
        CHANNEL,
        people,
        ranking_id="r1",
        at=datetime.now(UTC),
    )
    await home_that_says(slack, Shelf.RUNNING.value)
    await service.move(FACILITATOR, ids.Ref("r1", 1), Move.START_DISCARD, datetime.now(UTC))
    await home_that_says(slack, "Name one to drop")
    slack.calls.clear()
    await AnsweringService(store.rankings).place(
        FACILITATOR, ids.Ref("r1", 2, "outcome-1", 1), datetime.now(UTC)
    )
    await home_that_says(slack, NOTHING_WAITS)


@pytest.mark.usefixtures("publishing")
async def test_an_anonymous_ballot_goes_when_it_is_given(bot: Bot, slack: Slack, store: Store) -> None:
    at = datetime.now(UTC)
    ranking = Ranking(
        workspace_id=TEAM,
        id="r1",
        task_id="own",
        title="What helps",
        source="",
        items=(Item("one", "Listening", ""), Item("two", "Meeting", "")),
        channel_id=CHANNEL,
        facilitator=Person(TEAM, BEN.id),
        participants=(Participant(Person(TEAM, ANNA.id)),),
        status="open",
        created_at=at,
        rules=Rules(anonymous=True),
    )
    await open_home(bot)
    await home_that_says(slack, NOTHING_WAITS)
    await store.rankings.create_ranking(ranking, Stage("r1", 1, "discard", ("one", "two"), at), [])
    await home_that_says(slack, "Name one to drop")
    slack.calls.clear()
    await AnsweringService(store.rankings).place(FACILITATOR, ids.Ref("r1", 1, "one", 1), at)
    await home_that_says(slack, NOTHING_WAITS)


@pytest.mark.usefixtures("publishing")
async def test_an_admin_has_the_settings_at_hand_and_nobody_else_sees_them(bot: Bot, slack: Slack) -> None:
    slack.users[ANNA.id] = {"is_admin": True}
    for user, theirs in ((ANNA, True), (BEN, False)):
        await open_home(bot, user.id)
        call = await home_that_says(slack, NOTHING_WAITS)
        assert call["user_id"] == user.id
        blocks = call["view"]["blocks"]
        assert (Shelf.SETTINGS.value in words_of(blocks)) == theirs
        assert ("Settings" in labels_of(blocks)) == theirs
        if theirs:
            await bot.press(shown_view(call["view"]), "Settings")
            assert slack.last("views.open")["view"]["title"]["text"] == "Settings"
        slack.calls.clear()


async def test_the_messages_tab_publishes_nothing(bot: Bot, store: Store) -> None:
    await open_home(bot, tab="messages")
    assert await store.messages.dirty_messages() == []


async def test_help_lists_every_use_of_every_command(bot: Bot) -> None:
    answer = await bot.command("/commonground")
    assert answer["response_type"] == "ephemeral"
    said = words_of(answer["blocks"])
    for typed in ("/strategies people keep leaving", "/rank list", "/casestudy list", "/commonground"):
        assert f"`{typed}`" in said


def test_help_and_an_empty_home_keep_the_limits() -> None:
    assert message_faults(panel_message(help_panel())) == []
    assert message_faults(panel_message(help_panel(is_admin=True))) == []
    assert view_faults(home_view([])) == []
