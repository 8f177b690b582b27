"""What a text needs to know of the person who reads it: names, time zone and the time now."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Reader(Protocol):
    """The person in front of the page, as far as texts are concerned."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which dates are shown."""

    def now(self) -> datetime:
        """The present moment, with a time zone."""

    def user_name(self, user_id: str) -> str | None:
        """The name of a person or app, or None when there is no such id."""

    def channel_name(self, channel_id: str) -> str | None:
        """The name of a channel without its #, or None when there is no such id."""

    def channel_id(self, name: str) -> str | None:
        """The id of the channel with this name, or None."""
