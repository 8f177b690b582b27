"""Recorded requests made hostile: other ids, other types, less, more, deeper and longer."""

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from bench.fuzz.corpus import Json
from bench.fuzz.workspace import ELSEWHERE, IDS, STRANGERS
from bench.votes.presses import TEAM

Place: TypeAlias = tuple[Any, str | int]
"""A container and the key of something in it."""

FOREIGN = "T0FOREIGN"
ODD_TEXTS = (
    "",
    " ",
    "\0",
    "\ud83d",
    "a\0b\ud800c",
    "|",
    "||||",
    "-1",
    "0",
    "1e9",
    "99999999999999999999",
    "9" * 5000,
    "null",
    "[]",
    "{}",
    "<!channel>",
    "'; DROP TABLE answers; --",
    "%s%n{0}",
    "../../etc/passwd",
    "\u202e\u2028\ufeff",
    "٣",
    "x" * 40_000,
)
ODD_VALUES: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    10**30,
    0.5,
    1e308,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"id": None},
    {"values": {"x": {"y": {}}}},
)
_OF_CHANNELS = ("channel_", "group_", "member_")
_OF_INSTALLATIONS = ("app_uninstalled", "team_access_", "tokens_revoked")


def hostile(rng: random.Random, corpus: Sequence[Json]) -> Json:
    """A request of somebody who may do nothing with what it is about, with up to four faults in it."""
    body = copy.deepcopy(rng.choice(corpus))
    for _ in range(rng.randint(0, 4)):
        rng.choice(_MUTATIONS)(rng, body)
    return as_stranger(rng, body)


def foreign(rng: random.Random, corpus: Sequence[Json]) -> Json:
    """A request from a workspace that has not installed the app."""
    text = json.dumps(rng.choice(corpus))
    found: Json = json.loads(text.replace(TEAM, FOREIGN))
    return found


def as_stranger(rng: random.Random, body: Json) -> Json:
    """The same, sent by one of the strangers; wherever it names the sender in another way it is left so."""
    stranger = rng.choice(STRANGERS)
    for holder in (body.get("user"), body):
        name = "id" if holder is body.get("user") else "user_id"
        if isinstance(holder, dict) and isinstance(holder.get(name), str):
            holder[name] = stranger
    event = body.get("event")
    if isinstance(event, dict):
        if isinstance(event.get("user"), str):
            event["user"] = stranger
        # What becomes of a channel, or of the app, is told by Slack and done by nobody.
        if str(event.get("type")).startswith(_OF_CHANNELS) and isinstance(event.get("channel"), str):
            event["channel"] = ELSEWHERE
        if isinstance(event.get("old_channel_id"), str):
            event["old_channel_id"] = ELSEWHERE
        if str(event.get("type")).startswith(_OF_INSTALLATIONS):
            body["team_id"] = FOREIGN
            body.pop("authorizations", None)
            body.pop("team", None)
            event["team_ids"] = [FOREIGN]
    return body


def broken_bytes(rng: random.Random, body: bytes) -> bytes:
    """Some bytes changed, lost or repeated: often no text any more, or none that can be read."""
    found = bytearray(body)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(found) or 1)
        match rng.randrange(5):
            case 0:
                found[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del found[at : at + rng.randint(1, 200)]
            case 2:
                found[at:at] = b"\xff\xfe\x00%ff%00%u0000"
            case 3:
                opening = rng.choice((b"[", b'{"a":', b"%5B", b"%7B%22a%22%3A"))
                found[at:at] = opening * rng.choice((100, 50_000))
            case _:
                found[at:at] = found[at : at + 100]
    return bytes(found)


def _swap_id(rng: random.Random, body: Json) -> None:
    """Another's id in place of a piece of a value or of a form's metadata."""
    holder, key = rng.choice([*_values(body)] or [(body, "value")])
    text = str(holder.get(key) or "") if isinstance(holder, dict) else str(holder[int(key)])
    mark = next((mark for mark in "|: " if mark in text), "|")
    found = text.split(mark)
    found[rng.randrange(len(found))] = rng.choice(IDS)
    holder[key] = mark.join(found)


def _another_id(rng: random.Random, body: Json) -> None:
    holder, key = rng.choice([*_values(body)] or [(body, "value")])
    holder[key] = rng.choice(IDS)


def _odd_text(rng: random.Random, body: Json) -> None:
    holder, key = rng.choice([*_places(body)])
    holder[key] = rng.choice(ODD_TEXTS)


def _odd_value(rng: random.Random, body: Json) -> None:
    holder, key = rng.choice([*_places(body)])
    holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))


def _lose(rng: random.Random, body: Json) -> None:
    holder, key = rng.choice([*_places(body)])
    del holder[key]


def _deepen(rng: random.Random, body: Json) -> None:
    holder, key = rng.choice([*_places(body)])
    for _ in range(rng.choice((1, 20, 200))):
        holder[key] = [holder[key]] if rng.random() < 0.5 else {"id": holder[key]}


def _unknown(rng: random.Random, body: Json) -> None:
    named = [place for place in _places(body) if place[1] in ("action_id", "callback_id", "command", "type")]
    holder, key = rng.choice(named or [(body, "type")])
    holder[key] = rng.choice(("none.such.thing", "ranking.ballot.place", "block_actions", "event_callback"))


def _stir(rng: random.Random, body: Json) -> None:
    """What stands in one place put into another."""
    places = [*_places(body)]
    (one, key), (other, other_key) = rng.choice(places), rng.choice(places)
    one[key] = copy.deepcopy(other[other_key])


_MUTATIONS: Sequence[Callable[[random.Random, Json], None]] = (
    *(_swap_id,) * 4,
    *(_another_id,) * 2,
    *(_odd_text,) * 2,
    *(_odd_value,) * 2,
    _lose,
    _deepen,
    _unknown,
    _stir,
)


def _places(found: Any) -> Iterator[Place]:
    """Every place of a payload, from the outside in; at least one."""
    waiting = [found]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        for key in keys:
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    if not found:
        found["type"] = "event_callback"
        yield found, "type"


def _values(body: Json) -> Iterator[Place]:
    names = {"value", "private_metadata", "text", "block_id", "selected_user", "channel_id", "ts"}
    return ((holder, key) for holder, key in _places(body) if key in names and not isinstance(holder, list))
