"""Messages that follow rows, as the rest of the program sees them."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from storage.records.messages import Backlog, Message, Waiting


class MessageStore(Protocol):
    """Messages that follow rows."""

    async def add_message(self, message: Message) -> bool:
        """Keep a message to be sent; False, and nothing changed, when its id is known."""

    async def get_message(self, workspace_id: str, message_id: str) -> Message | None: ...

    async def list_posted(self, workspace_id: str, kind: str, subject: str) -> list[str]:
        """The ids of the messages of this kind about `subject` that are sent or on their way.

        People see a message, and press what is on it, before it is known here that Slack took it. One that
        Slack refused is not among them.
        """

    async def touch_subject(self, workspace_id: str, subject: str) -> None:
        """Mark every message about `subject` as dirty."""

    async def dirty_messages(
        self, limit: int = 500, *, channel: tuple[str, str] | None = None
    ) -> list[Message]:
        """Messages whose newest version was not sent, oldest change first.

        Those of one `(workspace_id, channel_id)`, or of all workspaces.
        """

    async def list_waiting(self) -> list[Waiting]:
        """Where messages of all workspaces are dirty, oldest change first."""

    async def backlog(self) -> Backlog:
        """What waits in all workspaces, without those in which the app was removed."""

    async def wait_for_change(self, seconds: float) -> None:
        """Return once this process has committed anything since the last call returned.

        What another process has committed is only found by looking, so at the latest after `seconds`.
        """

    async def hold_workspaces(
        self, workspace_ids: Collection[str], holder: str, now: datetime, seconds: float
    ) -> set[str]:
        """Those of the workspaces whose messages nobody but `holder` sends until `seconds` after `now`."""

    async def release_workspaces(self, workspace_ids: Collection[str], holder: str) -> None:
        """Let others send in these workspaces at once."""

    async def record_sent(self, workspace_id: str, message_id: str, version: int, ts: str) -> None:
        """`version` was sent as `ts`; a newer change keeps the message dirty."""

    async def record_unsendable(self, workspace_id: str, message_id: str, version: int, reason: str) -> None:
        """Slack refused `version` for good; it is not tried again until the next change."""

    async def record_lost(self, workspace_id: str, message_id: str, ts: str) -> None:
        """What was sent as `ts` is no longer in Slack: the message is dirty, as if it had never been sent."""

    async def retry_refused(self, workspace_id: str, channel_id: str) -> None:
        """Mark what Slack refused in a channel as dirty: it may be taken now."""
