"""Names of people: asked once of each workspace, and told to no other."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.names import Names
from storage.records.people import Person
from tests.slack import PIA, Slack

PERSON = Person(PIA.team_id, PIA.id)


async def test_a_name_is_asked_for_once(slack: Slack) -> None:
    slack.users[PIA.id] = {"real_name": "Pia Example"}
    names, client = Names(), AsyncWebClient("xoxb-home", slack.api_url)
    for _ in range(2):
        assert await names.read(client, [PERSON]) == {PERSON: "Pia Example"}
    assert len(slack.called("users.info")) == 1


async def test_what_one_workspace_was_told_another_has_to_ask_for(slack: Slack) -> None:
    slack.users[PIA.id] = {"real_name": "Pia Example"}
    names = Names()
    await names.read(AsyncWebClient("xoxb-home", slack.api_url), [PERSON])
    slack.refuse["users.info"] = "user_not_visible"
    assert await names.read(AsyncWebClient("xoxb-away", slack.api_url), [PERSON]) == {}
