"""What Slack hears was taken is on disk by then: seen by another connection when the reply begins."""

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.ranking import ids
from bot.server import create_http
from storage.store import Store
from tests.bot.ranking.stored import RANKING, store_ranking
from tests.slack import ANNA, TEAM, Bot, Json


def kept_choice(path: Path) -> list[str]:
    """Anna's answer as a process of its own would find it."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT choice FROM answers WHERE user_id = ? AND seq = 2", [ANNA.id])
        choice: list[str] = json.loads(found.fetchone()[0])
        return choice


def signed(body: str) -> dict[str, str]:
    timestamp = str(int(time.time()))
    signature = SignatureVerifier("secret").generate_signature(timestamp=timestamp, body=body)
    assert signature is not None
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}


def press(item: str) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": ANNA.id, "team_id": TEAM},
        "trigger_id": "t",
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "modal", "blocks": [], "private_metadata": ""},
        "actions": [
            {
                "type": "button",
                "action_id": ids.PLACE,
                "block_id": item,
                "value": ids.Ref(RANKING, 2, item, 1).encode(),
            }
        ],
    }


async def test_a_vote_is_on_disk_before_its_reply_begins(bot: Bot, store: Store, tmp_path: Path) -> None:
    await store_ranking(store, until="discard", status=None)
    app: ASGIApp = create_http(bot.app, "secret")
    seen: list[list[str]] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def see(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.append(kept_choice(tmp_path / "commonground.db"))
            await send(message)

        await app(scope, receive, see)

    items = ["s-1", "s-2", "s-3"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(watched), base_url="http://bot.test") as http:
        for item in items:
            body = urlencode({"payload": json.dumps(press(item))})
            headers: Mapping[str, str] = signed(body)
            assert (await http.post("/slack/events", content=body, headers=headers)).status_code == 200
    assert seen == [[item] for item in items]
