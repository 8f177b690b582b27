"""Likely personal details in a text, to point out before it is published. Knows neither Slack nor the store.

Each module looks for one kind. Names of people are not looked for: no rule tells them from the names of
streets, teams and projects well enough to be of help.
"""

from bot.case_studies.publishing.personal_details.detail import DetailKind, PersonalDetail
from bot.case_studies.publishing.personal_details.finding import find_personal_details

__all__ = ["DetailKind", "PersonalDetail", "find_personal_details"]
