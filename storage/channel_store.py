"""What the store keeps of channels."""

from datetime import datetime
from typing import Protocol


class ChannelStore(Protocol):
    """All that is kept of a channel."""

    async def move(self, workspace_id: str, old_id: str, new_id: str, now: datetime) -> None:
        """Keep rankings, messages and digests under the channel's new id; twice is as good as once."""
