"""The few emoji aliases that our texts use; an unknown alias stays as text, as it does in Slack."""

from __future__ import annotations

import re

ALIASES = {
    "arrow_down": "⬇️",
    "arrow_left": "⬅️",
    "arrow_right": "➡️",
    "arrow_up": "⬆️",
    "ballot_box_with_ballot": "🗳️",
    "bar_chart": "📊",
    "bell": "🔔",
    "book": "📖",
    "books": "📚",
    "bookmark": "🔖",
    "bulb": "💡",
    "calendar": "📆",
    "hourglass": "⌛",
    "house": "🏠",
    "information_source": "ℹ️",
    "link": "🔗",
    "lock": "🔒",
    "mag": "🔍",
    "memo": "📝",
    "no_entry_sign": "🚫",
    "page_facing_up": "📄",
    "pushpin": "📌",
    "speech_balloon": "💬",
    "star": "⭐",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}

_ALIAS = re.compile(r":([a-z0-9_+-]+):")


def replace(text: str) -> str:
    """The text with every known ``:alias:`` turned into its character."""
    return _ALIAS.sub(lambda found: ALIASES.get(found[1], found[0]), text)
