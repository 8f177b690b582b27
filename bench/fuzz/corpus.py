"""What Slack sends to each of the bot's listeners, recorded from the tests' people; see tests/hostile."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from bench.votes.presses import TEAM

Json: TypeAlias = dict[str, Any]

CORPUS = Path(__file__).with_name("corpus.json")
RECORDED_TEAM = "T0HOME"
RESPONSE_URL = "http://127.0.0.1:1/api/response"
_BLOCKS = 4


def load_corpus(slack_port: int = 1) -> list[Json]:
    """Payloads as Slack, which is at this port, sends them to the workspace of the measurements."""
    response_url = RESPONSE_URL.replace(":1/", f":{slack_port}/")
    text = CORPUS.read_text("utf-8").replace(RECORDED_TEAM, TEAM).replace(RESPONSE_URL, response_url)
    found: list[Json] = json.loads(text)
    return found


def load_recorded() -> list[Json]:
    """Payloads as they were recorded."""
    found: list[Json] = json.loads(CORPUS.read_text("utf-8"))
    return found


def save_corpus(bodies: Sequence[Json]) -> None:
    """Keep one payload of each listener, and of a long view only what listeners read."""
    kept: dict[str, str] = {}
    for body in bodies:
        text = json.dumps(_as_slack_sends(body), ensure_ascii=False, sort_keys=True)
        text = re.sub(r"http://127\.0\.0\.1:\d+/response/\d+", RESPONSE_URL, text)
        if _worth(text) > _worth(kept.get(name_of(body), "")):
            kept[name_of(body)] = text
    lines = ",\n".join(kept[name] for name in sorted(kept))
    CORPUS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _worth(text: str) -> tuple[bool, bool, bool, int]:
    """More when it is whole, of the workspace, about something, and short."""
    return bool(text) and "api_app_id" in text, RECORDED_TEAM in text, '"value": "' in text, -len(text)


def name_of(body: Json) -> str:
    """The kind of a payload and the id in it, such as "block_actions ranking.ballot.place"."""
    kind = str(body.get("type", "command"))
    match body:
        case {"actions": [{"action_id": str(found)}, *_]}:
            return f"{kind} {found}"
        case {"view": {"callback_id": str(found)}, "type": "view_submission"}:
            return f"{kind} {found}"
        case {"event": {"function": {"callback_id": str(found)}}}:
            return f"{kind} {found}"
        case {"event": {"type": str(found)}}:
            return f"{kind} {found}"
        case {"action_id": str(found)} | {"callback_id": str(found)} | {"command": str(found)}:
            return f"{kind} {found}"
    return kind


def _as_slack_sends(body: Json) -> Json:
    """With what the tests leave out, and without most of a long view."""
    body = json.loads(json.dumps(body))
    if body.get("type") == "block_actions":
        body.setdefault("container", {"type": "view"})
    if view := body.get("view"):
        view.setdefault("private_metadata", "")
        view.setdefault("callback_id", "")
        view["blocks"] = [_short(block) for block in view.get("blocks", [])[-_BLOCKS:]]
    if message := body.get("message"):
        message["blocks"] = [_short(block) for block in message.get("blocks", [])[-_BLOCKS:]]
    return body


def _short(block: Json) -> Json:
    return {name: value for name, value in block.items() if name in {"type", "block_id"}}
