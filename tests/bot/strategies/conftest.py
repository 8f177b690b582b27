"""The whole bot on another library than the one that ships."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from bot import strategies
from bot.admins import Admins
from bot.app import create_app, create_client
from bot.caller import Caller
from bot.curators import Curators
from bot.home.views import home_view
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.records.people import Person
from storage.store import Store
from tests.slack import ANNA, TEAM, Bot, Place, Slack, User, shown_view

HomeOf: TypeAlias = Callable[..., Awaitable[Place]]


@pytest.fixture
def bot_with(slack: Slack, store: Store, settings: Settings) -> Callable[[Library], Bot]:
    """Makes a bot that looks things up in the library it is given."""

    def make(library: Library) -> Bot:
        installation = Installation(create_client(settings))
        return Bot(create_app(settings, store, library, Search(library), installation), slack)

    return make


@pytest.fixture
def home_of(store: Store, settings: Settings, library: Library) -> HomeOf:
    """`await home_of(person)` is that person's App Home with what the strategies give to it."""
    admins = Admins(Installation(create_client(settings)).client_for)
    curators = Curators(store.settings, admins)

    async def show(user: User = ANNA, content: Library = library) -> Place:
        offer = strategies.home_source(store, content, curators)
        return shown_view(home_view([await offer(Caller(TEAM, Person(user.team_id, user.id)))]))

    return show
