"""How payloads reach the app, and what comes of it when the app does not answer in three seconds."""

import asyncio
from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.state import Json

ACK_SECONDS = 3.0
RETRY_AFTER_SECONDS = 1.0

Kind = Literal["events_api", "slash_commands", "interactive"]
FailureReason = Literal["operation_timeout", "dispatch_failed"]


class NotAcknowledgedError(Exception):
    """The app did not acknowledge; `reason` is the error name that Slack shows for a slash command."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Retry:
    """Which repetition of an event this is, and why it is repeated."""

    attempt: int
    reason: Literal["http_timeout", "http_error"]


class Transport(Protocol):
    """One way to the app: Socket Mode or signed HTTP requests."""

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        """Hand over one payload and return the body of the acknowledgement, `{}` when it has none.

        Raises NotAcknowledgedError when the app cannot be reached or answers that it failed. May wait for
        ever.
        """
        ...

    async def is_connected(self) -> bool:
        """Whether there is an app to hand anything to."""
        ...

    async def close(self) -> None: ...


class Delivery:
    """Sends payloads by one transport, and repeats an event once that was not acknowledged."""

    def __init__(
        self,
        transport: Transport,
        ack_seconds: float = ACK_SECONDS,
        retry_after_seconds: float = RETRY_AFTER_SECONDS,
    ) -> None:
        self.transport = transport
        self._ack_seconds = ack_seconds
        self._retry_after_seconds = retry_after_seconds
        self._retries: set[asyncio.Task[None]] = set()

    async def ask(self, kind: Kind, payload: Json, retry: Retry | None = None) -> Json:
        """Send a payload and return the body of its acknowledgement. Raises NotAcknowledgedError."""
        try:
            async with asyncio.timeout(self._ack_seconds):
                return await self.transport.send(kind, payload, retry)
        except TimeoutError:
            raise NotAcknowledgedError("operation_timeout") from None

    async def tell(self, event: Json) -> None:
        """Send an event; when it is not acknowledged, send it again a little later without keeping anybody
        waiting.
        """
        try:
            await self.ask("events_api", event)
        except NotAcknowledgedError as failure:
            reason: Literal["http_timeout", "http_error"] = (
                "http_timeout" if failure.reason == "operation_timeout" else "http_error"
            )
            task = asyncio.create_task(self._repeat(event, Retry(1, reason)))
            self._retries.add(task)
            task.add_done_callback(self._retries.discard)

    async def _repeat(self, event: Json, retry: Retry) -> None:
        await asyncio.sleep(self._retry_after_seconds)
        try:
            await self.ask("events_api", event, retry)
        except NotAcknowledgedError:
            return

    async def is_connected(self) -> bool:
        return await self.transport.is_connected()

    async def close(self) -> None:
        for task in list(self._retries):
            task.cancel()
        await asyncio.gather(*self._retries, return_exceptions=True)
        await self.transport.close()
