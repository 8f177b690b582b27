"""Words that Slack would show a person in passing."""

from __future__ import annotations

from nicegui import Client, ui

_MILLISECONDS = 12_000


def show_notice(client: Client, words: str | None) -> None:
    """Show what went wrong at the top of a tab; nothing for None.

    The tab is named because the button that led here may be gone by now.
    """
    if not words:
        return
    with client:
        ui.notify(
            words,
            position="top",
            color="dark",
            multi_line=True,
            close_button="Dismiss",
            timeout=_MILLISECONDS,
        )
