"""The messages of a conversation or a thread, oldest first, with the days between them."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.pages import dates
from sandbox.pages.message import MessageCard, OpenThread
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag, button
from sandbox.state import Message

_AT_FIRST = 100


@dataclass(frozen=True)
class Conversation:
    """What a person sees of a channel: its messages, and the replies of each thread by the root's `ts`."""

    messages: list[Message]
    replies: dict[str, list[Message]]


def read_conversation(viewer: Viewer, channel_id: str) -> Conversation:
    """The channel's messages apart from its threads' replies, unless those were sent to the channel too."""
    messages: list[Message] = []
    replies: dict[str, list[Message]] = {}
    for message in viewer.workspace.visible_messages(viewer.user_id, channel_id):
        if message.thread_ts and message.thread_ts != message.ts:
            replies.setdefault(message.thread_ts, []).append(message)
            if not message.is_broadcast:
                continue
        messages.append(message)
    return Conversation(messages, replies)


class MessageList:
    """A growing list that adds, changes and takes away single messages and disturbs nothing else."""

    def __init__(self, viewer: Viewer, label: str, open_thread: OpenThread | None = None) -> None:
        self._viewer = viewer
        self._open_thread = open_thread
        self._cards: dict[str, MessageCard] = {}
        self._days: dict[str, Tag] = {}
        self._shown = _AT_FIRST
        self._last: tuple[list[Message], dict[str, list[Message]]] = ([], {})
        # The scroller lists from the bottom up, so the newest message stays in sight without a script.
        with Tag("div", "scroller", tabindex="0", role="region", aria_label=label):
            self._holder = Tag("div", "messages", role="log", aria_live="polite", aria_label=label)
        with self._holder:
            self._earlier = button("Show earlier messages", self._show_more, "button show-earlier")

    def update(self, messages: list[Message], replies: dict[str, list[Message]]) -> None:
        """Show these messages."""
        self._last = (messages, replies)
        shown = messages[-self._shown :]
        self._earlier.set_visibility(len(shown) < len(messages))
        for ts in self._cards.keys() - {message.ts for message in shown}:
            self._cards.pop(ts).holder.delete()
        order: list[Tag] = [self._earlier]
        heading = ""
        for message in shown:
            day = dates.day_heading(self._viewer.moment(message.ts), self._viewer.now())
            if day != heading:
                heading = day
                order.append(self._day(heading))
            order.append(self._card(message, replies.get(message.ts, [])))
        for name in [name for name, day in self._days.items() if day not in order]:
            self._days.pop(name).delete()
        for index, part in enumerate(order):
            if self._holder.default_slot.children[index] is not part:
                part.move(self._holder, index)

    def _card(self, message: Message, replies: list[Message]) -> Tag:
        card = self._cards.get(message.ts)
        if card is None:
            with self._holder:
                card = self._cards[message.ts] = MessageCard(self._viewer, message, self._open_thread)
        card.update(message, replies)
        return card.holder

    def _day(self, heading: str) -> Tag:
        if heading not in self._days:
            with self._holder:
                self._days[heading] = Tag("div", "day", heading, role="separator", aria_label=heading)
        return self._days[heading]

    def _show_more(self) -> None:
        self._shown += _AT_FIRST
        self.update(*self._last)
