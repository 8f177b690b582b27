"""A reader of texts for tests: two people, one channel, and a fixed moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

NOON = datetime(2030, 6, 14, 11, 0, tzinfo=UTC)


class FixedReader:
    """In Marlbrook on 14 June 2030 at 12:00 by the clock on the wall."""

    zone = ZoneInfo("Europe/London")

    def now(self) -> datetime:
        return NOON.astimezone(self.zone)

    def user_name(self, user_id: str) -> str | None:
        return {"U1": "Orla Finch", "U2": "<b>Dev</b>"}.get(user_id)

    def channel_name(self, channel_id: str) -> str | None:
        return {"C1": "team-room"}.get(channel_id)

    def channel_id(self, name: str) -> str | None:
        return {"team-room": "C1"}.get(name)
