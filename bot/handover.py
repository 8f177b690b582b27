"""Buttons of one feature that open a view of another.

Features never import each other, so what they agree on stands here: the action's
id and what its value means.
"""

RANK_STRATEGIES = "ranking.setup.strategies"
"""Opens the set-up of a ranking. The value names the strategies: `theme:<theme id>`, or SAVED."""

STUDIES_USING = "case_studies.library.using"
"""Lists the case studies that used a strategy. The value is the strategy's id."""

STUDIES_BESIDE = "case_studies.library.beside"
"""The same, on top of the modal that is open, so that it stays. The value is the strategy's id."""

WRITE_ABOUT = "case_studies.ranking.write"
"""Starts a case study about a ranking that has ended. The value is the ranking's id."""

LEFT_BEHIND = "case_studies.left.open"
"""Lists for a curator what people who have left still own. It has no value."""

SETTINGS = "governance.settings.open"
"""Opens for an admin what they decide and can look up about the workspace. It has no value."""

ENDED_RANKINGS = "ranking.ended.open"
"""Lists for an admin every ranking of the workspace that has ended. It has no value."""

WITHDRAWN_STUDIES = "case_studies.withdrawn.open"
"""Lists for an admin every case study that was withdrawn. It has no value."""

MY_DATA = "privacy.mine.open"
"""Opens what is kept of the person who presses. It has no value."""

ERASE_SOMEBODY = "privacy.erasing.choose"
"""Asks an admin whom they want to have erased, on top of the modal that is open. It has no value."""

READ_STRATEGY = "strategies.card.read"
"""Opens a strategy's card on top of what is read. The value is the strategy's id."""

SAVED = "saved"
"""The strategies that the person who presses has saved."""

FEWEST_RANKED = 3
MOST_RANKED = 25
"""Statements or strategies that a group can rank at once; a list outside of these has no such button."""


def theme_value(theme_id: str) -> str:
    """The value that stands for all strategies of a theme."""
    return f"theme:{theme_id}"
