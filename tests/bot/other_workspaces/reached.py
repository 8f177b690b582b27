"""Which listeners requests come to: a request that stops before its listener tries nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp


class Reached:
    """The names of the listeners that were run from now on."""

    def __init__(self, app: AsyncApp) -> None:
        self.names: list[str] = []
        self._run = app.listener_runner.run
        app.listener_runner.run = self._note  # type: ignore[assignment, method-assign]  # it stands between the two
        by_id = app.by_id._listeners  # type: ignore[attr-defined]  # Bolt has no list of them, nor have we
        for key, (listener, asked_for) in list(by_id.items()):
            by_id[key] = self._noting(listener), asked_for

    async def _note(self, *, listener: Any, **given: Any) -> Any:
        self.names.append(listener.ack_function.__qualname__)
        return await self._run(listener=listener, **given)

    def _noting(self, listener: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def note(**given: Any) -> Any:
            self.names.append(listener.__qualname__)
            return await listener(**given)

        note.__qualname__ = listener.__qualname__
        return note
