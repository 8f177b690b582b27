"""Which listeners requests come to: a request that stops before its listener tries nothing."""

from typing import Any

from slack_bolt.async_app import AsyncApp


class Reached:
    """The names of the listeners that were run from now on."""

    def __init__(self, app: AsyncApp) -> None:
        self.names: list[str] = []
        self._run = app.listener_runner.run
        app.listener_runner.run = self._note  # type: ignore[assignment, method-assign]  # it stands between the two

    async def _note(self, *, listener: Any, **given: Any) -> Any:
        self.names.append(listener.ack_function.__qualname__)
        return await self._run(listener=listener, **given)
