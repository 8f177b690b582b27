"""Who one is and where, as the page's address says it, so that two tabs can be two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Location:
    """A person in a conversation, perhaps with a thread open, or on the app's Home tab."""

    user_id: str
    channel_id: str | None = None
    thread_ts: str | None = None

    @property
    def is_home(self) -> bool:
        return self.channel_id is None

    @property
    def url(self) -> str:
        query = {"as": self.user_id}
        query |= {"channel": self.channel_id} if self.channel_id else {"home": "1"}
        query |= {"thread": self.thread_ts} if self.thread_ts else {}
        return f"/?{urlencode(query)}"

    def in_channel(self, channel_id: str) -> Location:
        return Location(self.user_id, channel_id)

    def at_home(self) -> Location:
        return Location(self.user_id)

    def in_thread(self, ts: str | None) -> Location:
        return replace(self, thread_ts=ts)


def read_location(query: Mapping[str, str], workspace: Workspace) -> Location:
    """The place an address names; what is missing or not open to the person falls back to their first."""
    people = {person.id: person for person in workspace.members()}
    user_id = query.get("as", "")
    if user_id not in people:
        user_id = next(iter(people))
    if query.get("home"):
        return Location(user_id)
    channels = [channel.id for channel in workspace.channels_for(user_id)]
    channel_id = query.get("channel", "")
    if channel_id not in channels:
        return Location(user_id, channels[0])
    thread_ts = query.get("thread", "")
    return Location(user_id, channel_id, thread_ts if workspace.message(channel_id, thread_ts) else None)
