"""One person served by two processes on one PostgreSQL, as any balancer would have it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.open import open_store
from tests.bot.ranking.running import RANKING, Run
from tests.databases import postgres_database
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Slack, shown_view


@pytest.fixture
async def pair(
    slack: Slack, library: Library, search: Search, settings: Settings
) -> AsyncIterator[tuple[Run, Run]]:
    """Two apps, each with a store of its own on the same database."""
    async with AsyncExitStack() as stack:
        url = stack.enter_context(postgres_database())
        runs = []
        for _ in range(2):
            store = await open_store(url)
            stack.push_async_callback(store.close)
            app = create_app(settings, store, library, search, Installation(create_client(settings)))
            runs.append(Run(store, Bot(app, slack), slack, settings))
        yield runs[0], runs[1]


async def test_what_one_process_opens_is_answered_by_the_other(pair: tuple[Run, Run], slack: Slack) -> None:
    one, other = pair
    await one.begin_discard()
    turns = [(ANNA, one, other), (BEN, other, one), (PIA, one, other)]
    for user, opening, taking in turns:
        await opening.bot.press(await opening.board(), "Name one to drop", user)
        await taking.bot.press(shown_view(slack.last("views.open")["view"]), "Drop this", user)
    seq = (await one.stage()).seq
    assert len(await one.store.rankings.list_answered(TEAM, RANKING, seq)) == 3
    assert await one.store.rankings.list_answers(TEAM, RANKING, seq) == (
        await other.store.rankings.list_answers(TEAM, RANKING, seq)
    )
