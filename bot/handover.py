"""Buttons of one feature that open a view of another.

Features never import each other, so what they agree on stands here: the action's
id and what its value means.
"""

RANK_STRATEGIES = "ranking.setup.strategies"
"""Opens the set-up of a ranking. The value names the strategies: `theme:<theme id>`, or SAVED."""

SAVED = "saved"
"""The strategies that the person who presses has saved."""

FEWEST_RANKED = 3
MOST_RANKED = 25
"""Statements or strategies that a group can rank at once; a list outside of these has no such button."""


def theme_value(theme_id: str) -> str:
    """The value that stands for all strategies of a theme."""
    return f"theme:{theme_id}"
