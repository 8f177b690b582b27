"""How often Slack may be called: per method and workspace, within its tiers.

Slack counts the calls of each method in each workspace by the minute. A bucket here never lets more through
in any minute than that: what it holds at most, and what flows in during a minute, are together less than the
tier. So a change after a quiet time goes out at once, and a storm is spread evenly. (The common limiters let
twice the rate through in a minute that follows a quiet one, and know no pause.)

Time is given by the caller, in seconds of any clock that only goes forward.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tier:
    """How many calls Slack allows in a minute, and how they are spread.

    `burst` is the part that may be called at once, after a quiet time, `flow` the part that flows in each
    minute; what is left over allows for calls that set out late.
    """

    per_minute: int
    burst: float = 0.1
    flow: float = 0.8

    @property
    def capacity(self) -> float:
        return max(1.0, self.per_minute * self.burst)

    @property
    def flow_a_minute(self) -> float:
        return self.per_minute * self.flow


TIERS = {
    "chat.postMessage": Tier(300),
    "chat.update": Tier(50),
    "conversations.open": Tier(50),
    "pins.add": Tier(20),
    "views.publish": Tier(100),
    # Slack allows "100 and more". Somebody waits for the modal, so here Slack says when it is enough.
    "views.update": Tier(100, burst=1.0, flow=0.9),
}
"""Slack's tiers; of chat.postMessage it says only "several hundred", and one a second in a channel."""


@dataclass(slots=True)
class Bucket:
    """The calls of one method in one workspace."""

    tier: Tier
    calls: float = field(init=False)
    counted_at: float = 0.0
    paused_until: float = 0.0

    def __post_init__(self) -> None:
        self.calls = self.tier.capacity

    def wait(self, now: float) -> float:
        """Seconds until the next call may be made, 0 when it may be made now."""
        flow = self.tier.flow_a_minute / 60
        if now > self.counted_at:
            self.calls = min(self.tier.capacity, self.calls + (now - self.counted_at) * flow)
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
        self.calls = min(self.tier.capacity, self.calls + 1)

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
        """The bucket of a method that `TIERS` names."""
        key = workspace_id, method
        if key not in self._buckets:
            self._buckets[key] = Bucket(TIERS[method])
        return self._buckets[key]
