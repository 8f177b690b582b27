"""Buttons of one feature that open a view of another.

Features never import each other, so what they agree on stands here: the action's
id and what its value means.
"""

RANK_STRATEGIES = "ranking.setup.strategies"
"""Opens the set-up of a ranking. The value names the strategies: `theme:<theme id>`, or SAVED."""

SAVED = "saved"
"""The strategies that the person who presses has saved."""


def theme_value(theme_id: str) -> str:
    """The value that stands for all strategies of a theme."""
    return f"theme:{theme_id}"
