"""What makes messages follow the rows, beside the app that every test of the bot has."""

import pytest

from bot.app import create_client, create_publisher
from bot.delivery.publisher import Publisher
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork


@pytest.fixture
def publisher(settings: Settings, store: Store, library: Library) -> Publisher:
    """Not yet running."""
    return create_publisher(store, library, Installation(create_client(settings)))


@pytest.fixture
def clockwork(settings: Settings, store: Store, library: Library) -> Clockwork:
    """Not yet started."""
    return Clockwork(store, library, settings)
