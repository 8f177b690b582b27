"""Whether the app is running, and the buttons to stop, kill or start it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import Client

from sandbox.bot_process import BotDidNotStartError, BotProcess
from sandbox.pages.notice import show_notice
from sandbox.pages.tags import Tag, button


class BotStatus:
    """One line that says how the app is, and what one can do to it."""

    def __init__(self, bot: BotProcess, client: Client) -> None:
        self._client = client
        self._bot = bot
        with Tag("section", "bot", aria_label="The app's process"):
            with Tag("div", "bot-line"):
                self._dot = Tag("span", "dot", aria_hidden="true")
                self._text = Tag("span", "bot-state", role="status")
            with Tag("div", "bot-buttons"):
                self._stop = self._action("Stop bot", "Stop", bot.stop)
                self._kill = self._action("Kill bot", "Kill", bot.kill)
                self._start = self._action("Start bot", "Start", bot.start)
        self.update()

    def update(self) -> None:
        """Show how the app is now."""
        status = self._bot.status
        is_up = status in ("running", "starting")
        self._text.set_text(f"Bot {status}")
        self._dot.classes(replace=f"dot dot-{status}")
        self._stop.set(disabled=not is_up)
        self._kill.set(disabled=not is_up)
        self._start.set(disabled=is_up)

    def _action(self, label: str, text: str, act: Callable[[], Awaitable[None]]) -> Tag:
        async def run() -> None:
            try:
                await act()
            except BotDidNotStartError as failure:
                show_notice(self._client, str(failure))
            self.update()

        return button(label, run, "button button-small", text=text)
