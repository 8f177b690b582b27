"""Who is an admin: asked of Slack, remembered for a while, never guessed."""

import asyncio
from datetime import timedelta

import pytest
from freezegun import freeze_time
from slack_sdk.web.async_client import AsyncWebClient

from bot.admins import Admins
from bot.caller import Caller
from storage.records.people import Person
from tests.slack import BOT_TOKEN, PARTNER_TEAM, TEAM, Slack

ANNA = Caller(TEAM, Person(TEAM, "U0ANNA"))


@pytest.fixture
def admins(slack: Slack) -> Admins:
    async def client_for(workspace_id: str) -> AsyncWebClient | None:
        return AsyncWebClient(BOT_TOKEN, slack.api_url) if workspace_id == TEAM else None

    return Admins(client_for)


@pytest.mark.parametrize(
    ("user", "is_admin"),
    [({"is_admin": True}, True), ({"is_owner": True}, True), ({"is_admin": False}, False), ({}, False)],
)
async def test_slack_says_who_is_an_admin(
    admins: Admins, slack: Slack, user: dict[str, bool], is_admin: bool
) -> None:
    slack.answers["users.info"] = {"user": user}
    assert await admins.is_admin(ANNA) is is_admin


async def test_the_answer_is_remembered_for_a_while(admins: Admins, slack: Slack) -> None:
    slack.answers["users.info"] = {"user": {"is_admin": True}}
    with freeze_time("2026-05-04 09:00", real_asyncio=True) as clock:
        assert await admins.is_admin(ANNA)
        slack.answers["users.info"] = {"user": {"is_admin": False}}
        assert await admins.is_admin(ANNA)
        clock.tick(timedelta(minutes=11))
        assert not await admins.is_admin(ANNA)
    assert len(slack.called("users.info")) == 2


async def test_somebody_from_a_partner_workspace_is_none_and_slack_is_not_asked(
    admins: Admins, slack: Slack
) -> None:
    slack.answers["users.info"] = {"user": {"is_admin": True}}
    assert not await admins.is_admin(Caller(TEAM, Person(PARTNER_TEAM, "U0PIA")))
    assert slack.called("users.info") == []


async def test_where_slack_refuses_nobody_is_and_it_is_asked_again_soon(admins: Admins, slack: Slack) -> None:
    slack.refuse["users.info"] = "internal_error"
    with freeze_time("2026-05-04 09:00", real_asyncio=True) as clock:
        assert not await admins.is_admin(ANNA)
        slack.refuse.clear()
        slack.answers["users.info"] = {"user": {"is_admin": True}}
        assert not await admins.is_admin(ANNA)
        clock.tick(timedelta(seconds=31))
        assert await admins.is_admin(ANNA)
        slack.refuse["users.info"] = "internal_error"
        clock.tick(timedelta(minutes=11))
        assert await admins.is_admin(ANNA)


async def test_a_view_does_not_wait_for_a_slack_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_workspace_id: str) -> AsyncWebClient | None:
        await asyncio.Event().wait()
        return None

    monkeypatch.setattr("bot.admins.LONGEST_WAIT", 0.01)
    assert not await Admins(never).is_admin(ANNA)


async def test_where_the_app_is_not_installed_nobody_is(admins: Admins) -> None:
    assert not await admins.is_admin(Caller("T0ELSE", Person("T0ELSE", "U0ANNA")))
