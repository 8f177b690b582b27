"""Installations put straight into the store, and what people of any workspace type."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.response import BoltResponse

from bot.oauth.vault import Vault
from storage.records.installations import Installation, SealedTokens
from storage.store import Store
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.slack import TEAM, Bot
from tests.storage.examples import an_installation

ORGANISATION = "E0COUNTY"


async def put_installation(
    store: Store, slack: GrantingSlack, vault: Vault, workspace_id: str = TEAM, **changes: Any
) -> Installation:
    """The app installed there, with a token that works."""
    given = slack.tokens_for(workspace_id)
    refresh_token = given.get("refresh_token")
    given_now: dict[str, Any] = {
        "tokens": SealedTokens(
            vault.seal(given["access_token"]),
            vault.seal(refresh_token) if refresh_token else None,
            datetime.now(UTC) + timedelta(seconds=slack.lifetime) if slack.lifetime else None,
        ),
        "installed_by": "U0ANNA",
        "installed_at": datetime.now(UTC) - timedelta(days=1),
    }
    installation = an_installation(workspace_id, **given_now | changes)
    await store.installations.save(installation)
    return installation


async def until(is_so: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait for at most ten seconds."""
    for _ in range(200):
        found = is_so()
        if found is True or (found is not False and await found):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it has not come to be so")


async def type_command(bot: Bot, workspace_id: str | None, **changes: Any) -> BoltResponse:
    """Somebody of that workspace types /commonground there."""
    return await bot.send(
        {
            "command": "/commonground",
            "text": "",
            "user_id": "U0ANNA",
            "team_id": workspace_id,
            "channel_id": "C0PARTNERS",
            "trigger_id": "t",
            "response_url": bot.slack.response_url(),
            **changes,
        }
    )


def event(kind: str, workspace_id: str, at: datetime, **more: Any) -> dict[str, Any]:
    """What Slack says of an installation."""
    return {
        "type": "event_callback",
        "team_id": workspace_id,
        "api_app_id": "A0APP",
        "event": {"type": kind, **more},
        "event_id": "Ev1",
        "event_time": int(at.timestamp()),
    }
