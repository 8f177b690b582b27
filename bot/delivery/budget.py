"""How often Slack may be called: per method and workspace, within its tiers.

Slack counts the calls of each method in each workspace by the minute. A bucket here never lets more through
in any minute than that: what it holds at most, and what flows in during a minute, are together less than the
tier. So a change after a quiet time goes out at once, and a storm is spread evenly. (The common limiters let
twice the rate through in a minute that follows a quiet one, and know no pause.)

Time is given by the caller, in seconds of any clock that only goes forward.
"""

from dataclasses import dataclass, field

PER_MINUTE = {
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.open": 50,
    "pins.add": 20,
    "views.publish": 100,
}
"""Slack's tiers; of chat.postMessage it says only "several hundred", and one a second in a channel."""
BURST = 0.1
"""The part of a tier that may be called at once, after a quiet time."""
FLOW = 0.8
"""The part of a tier that flows in each minute; what is left over allows for calls that set out late."""


@dataclass(slots=True)
class Bucket:
    """The calls of one method in one workspace."""

    per_minute: int
    calls: float = field(init=False)
    counted_at: float = 0.0
    paused_until: float = 0.0

    def __post_init__(self) -> None:
        self.calls = self.capacity

    @property
    def capacity(self) -> float:
        return max(1.0, self.per_minute * BURST)

    def wait(self, now: float) -> float:
        """Seconds until the next call may be made, 0 when it may be made now."""
        flow = self.per_minute * FLOW / 60
        if now > self.counted_at:
            self.calls = min(self.capacity, self.calls + (now - self.counted_at) * flow)
            self.counted_at = now
        missing = 1 - self.calls
        return max(0.0, self.paused_until - now, missing / flow if missing > 1e-9 else 0.0)

    def take(self, now: float) -> bool:
        """Count one call, if it may be made now."""
        if self.wait(now) > 0:
            return False
        self.calls -= 1
        return True

    def give_back(self) -> None:
        """A call that was counted was not made."""
        self.calls = min(self.capacity, self.calls + 1)

    def pause(self, now: float, seconds: float) -> None:
        """Let nothing through for that long, and then no more than flows in."""
        self.paused_until = max(self.paused_until, now + seconds)
        self.counted_at = self.paused_until
        self.calls = min(self.calls, 1.0)


class Budget:
    """The buckets of all workspaces."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def of(self, workspace_id: str, method: str) -> Bucket:
        """The bucket of a method that `PER_MINUTE` names."""
        key = workspace_id, method
        if key not in self._buckets:
            self._buckets[key] = Bucket(PER_MINUTE[method])
        return self._buckets[key]
