"""What the bot has shown: its words, and the buttons to press in it."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.slack.people import CHANNEL, TEAM, Json, numbers


@dataclass(frozen=True, slots=True)
class Place:
    """Where a button stands: in a message (private or not), in a modal or in App Home."""

    blocks: list[Json]
    channel: str | None = None
    view: Json | None = None
    private: bool = False
    ts: str = "1700000000.000100"
    thread_ts: str | None = None


def shown_message(arguments: Mapping[str, Any], channel: str = CHANNEL, *, private: bool = False) -> Place:
    """A message that the bot has sent, to be pressed; by default the same for everybody."""
    return Place(
        arguments["blocks"],
        channel=arguments.get("channel", channel),
        private=private,
        ts=f"1700000001.{next(numbers):06}",
        thread_ts=arguments.get("thread_ts"),
    )


def shown_view(view: Mapping[str, Any]) -> Place:
    """A modal or App Home that the bot has shown, to be pressed."""
    sent = {"id": f"V{next(numbers)}", "hash": "h", "team_id": TEAM, "private_metadata": "", **view}
    return Place(view["blocks"], view=sent)


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with its block."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "section" and "accessory" in block:
            yield block, block["accessory"]
        elif block["type"] == "input":
            yield block, block["element"]


def find_action(blocks: list[Json], label: str, nth: int = 0) -> Json:
    """The action of the nth button (or menu option) with this label; fails when there is none."""
    found: list[Json] = []
    for block, element in elements_of(blocks):
        action = {
            "type": element["type"],
            "block_id": block.get("block_id", ""),
            "action_id": element.get("action_id", ""),
        }
        if element["type"] == "button" and element["text"]["text"] == label:
            found.append({**action, "value": element.get("value")})
        groups = element.get("option_groups") or [{"options": element.get("options") or []}]
        for option in itertools.chain.from_iterable(group["options"] for group in groups):
            if option["text"]["text"] == label:
                found.append({**action, "selected_option": option})
    assert len(found) > nth, f"no {label!r} among {labels_of(blocks)}"
    return found[nth]


def labels_of(blocks: list[Json]) -> list[str]:
    """The words on all buttons, in order."""
    return [element["text"]["text"] for _, element in elements_of(blocks) if element["type"] == "button"]


def words_of(blocks: list[Json]) -> str:
    """All that the blocks say, buttons too, one text a line."""
    return "\n".join(_texts(blocks))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if part.get("type") == "user" and "user_id" in part:
            yield f"<@{part['user_id']}>"
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield value
            elif name not in {"value", "block_id", "action_id", "accessibility_label"}:
                yield from _texts(value)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
