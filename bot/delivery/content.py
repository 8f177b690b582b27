"""What a message shows, as its feature renders it from rows."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from slackblocks import Block

from bot.blocks import MESSAGE_TEXT, as_dicts, cut, section, without_erased
from storage.records.messages import Message

HOME_KIND = "home"
"""The kind of the rows that are App Home tabs."""
NO_BUTTONS = (
    "Slack did not take this message as it was meant, so its buttons are missing. App Home has the way on."
)
NO_HOME = (
    "Slack did not take your App Home as it was meant. "
    "Type /rank, /casestudy or /strategies in a channel to go on, or tell whoever looks after Common Ground."
)
PLAIN_TEXT = 3_000
"""Characters of a message that is shown in words only: well below what Slack refuses."""
BLOCK_ID = re.compile(r'"block_id": "[^"]*", ')


@dataclass(frozen=True, slots=True)
class Pin:
    """That a message is pinned once it has been posted; who asked for it is told when it cannot be.

    `what` names the message in that sentence, such as "the outcome".
    """

    asked_by: str
    what: str


@dataclass(frozen=True, slots=True)
class Content:
    """A message: `text` says everything that the blocks show, for screen readers.

    `text` is Slack's markup, so that it can name people: what a person wrote has been escaped in it.
    """

    text: str
    blocks: list[Block]
    pin: Pin | None = None

    def arguments(self, message_id: str = "") -> dict[str, Any]:
        """The arguments for chat.postMessage and chat.update; the last block carries the message's id."""
        blocks = as_dicts(self.blocks)
        if message_id and blocks:
            blocks[-1]["block_id"] = message_id
        return {"text": cut(without_erased(self.text), MESSAGE_TEXT), "blocks": blocks}

    def plainly(self) -> "Content":
        """The same in words only, for when Slack does not take the blocks."""
        return Content(f"{cut(self.text, PLAIN_TEXT)}\n\n{NO_BUTTONS}", [], self.pin)


@dataclass(frozen=True, slots=True)
class HomeContent:
    """An App Home tab."""

    view: dict[str, Any]

    def plainly(self) -> "HomeContent":
        """A sentence in its place, for when Slack does not take the view."""
        return HomeContent({"type": "home", "blocks": as_dicts([section(NO_HOME)])})


def fingerprint(content: Content | HomeContent) -> str:
    """Equal for content that looks the same: block ids, which slackblocks draws anew each time, left out."""
    shown = content.view if isinstance(content, HomeContent) else content.arguments()
    return BLOCK_ID.sub("", json.dumps(shown))


Renderer: TypeAlias = Callable[[Message], Awaitable[Content | HomeContent | None]]
