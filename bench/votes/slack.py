"""Slack's Web API, as much of it as the bot asks for, always well: `python -m bench.votes.slack PORT`."""

import asyncio
import json
import re
import sys
from collections import Counter
from typing import Any

from bench.votes.presses import TEAM

COUNTS = "bench.counts"
"""A method of its own: how often each of the others was called."""

_CALL = re.compile(rb"^(?:POST|GET) /api/([\w.]+)[^\r]*\r\n(.*?)\r\n\r\n", re.DOTALL)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_VIEW = {"id": "V0BENCH", "hash": "h", "type": "modal"}
_ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "team_id": TEAM,
        "user_id": "U0BOT",
        "bot_id": "B0BENCH",
        "url": "https://bench.slack.com/",
    },
    "team.info": {"team": {"id": TEAM, "name": "Bench"}},
    "conversations.open": {"channel": {"id": "D0BENCH"}},
    "chat.postMessage": {"channel": "C0BENCH", "ts": "1700000000.000100"},
    "chat.update": {"channel": "C0BENCH", "ts": "1700000000.000100"},
    "views.update": {"view": _VIEW},
    "views.push": {"view": _VIEW},
    "views.open": {"view": _VIEW},
    "users.info": {"user": {"id": "U0", "team_id": TEAM, "is_admin": False, "tz": "Europe/London"}},
    "conversations.info": {"channel": {"id": "C0BENCH", "name": "bench", "is_member": True}},
    "conversations.members": {"members": []},
}


class SlackStub(asyncio.Protocol):
    """One connection of the bot."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while call := _CALL.match(self._received):
            length = _LENGTH.search(call[2])
            end = call.end() + (int(length[1]) if length else 0)
            if len(self._received) < end:
                return
            self._received = self._received[end:]
            self._answer(call[1].decode())

    def _answer(self, method: str) -> None:
        if method == COUNTS:
            answer: dict[str, Any] = dict(self._counts)
        else:
            self._counts[method] += 1
            answer = {"ok": True, **_ANSWERS.get(method, {})}
        body = json.dumps(answer).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def serve(port: int) -> None:
    """Answer until a signal."""
    counts: Counter[str] = Counter()
    server = await asyncio.get_running_loop().create_server(lambda: SlackStub(counts), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
