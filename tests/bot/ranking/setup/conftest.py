"""Somebody who sets up a ranking in a channel with people and with what is no person."""

import pytest

from storage.records.people import Person
from storage.store import Store
from tests.bot.ranking.setup.desk import Desk, Json
from tests.slack import ANNA, CHANNEL, PIA, TEAM, Bot, Slack

PEOPLE: dict[str, Json] = {
    "U0ANNA": {"team_id": TEAM},
    "U0BEN": {"team_id": TEAM},
    "U0PIA": {"team_id": "T0AWAY"},
    "U0BOT": {"team_id": TEAM, "is_bot": True},
    "U0GONE": {"team_id": TEAM, "deleted": True},
    "USLACKBOT": {"team_id": TEAM},
}


@pytest.fixture
async def desk(bot: Bot, slack: Slack, store: Store) -> Desk:
    """Anna was asked for her agency before; the channel holds three people and what is no person."""
    await store.people.set_agency(TEAM, Person(TEAM, ANNA.id), "Hillside School")
    await store.people.set_agency(TEAM, Person("T0AWAY", PIA.id), "Harbour Trust")
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    slack.answers["conversations.members"] = {"members": list(PEOPLE)}
    slack.users.update({user_id: {"id": user_id, **user} for user_id, user in PEOPLE.items()})
    return Desk(bot, slack, store)
