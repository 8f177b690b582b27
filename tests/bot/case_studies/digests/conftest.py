"""A channel with everybody in it, on a clock that stands still until a test moves it."""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.delivery.publisher import Publisher
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.digests.monthly import AT, Monthly
from tests.slack import ANNA, BEN, CHANNEL, PIA, Bot, Slack


@pytest.fixture
def monthly(
    bot: Bot, slack: Slack, store: Store, clockwork: Clockwork, publisher: Publisher
) -> Iterator[Monthly]:
    """All are in every channel, the bot too; Anna is in London."""
    slack.members = [ANNA.id, BEN.id, PIA.id]
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    slack.users[ANNA.id] = {"tz": "Europe/London"}
    with freeze_time(AT, real_asyncio=True) as now:
        assert isinstance(now, FrozenDateTimeFactory)
        yield Monthly(bot, slack, store, clockwork, publisher, now)
