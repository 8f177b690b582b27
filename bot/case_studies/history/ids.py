"""Names of the actions of a case study's history, and what their values carry."""

from dataclasses import dataclass
from typing import Literal

from bot.values import number, pieces

OPEN = "case_studies.history.open"
VERSIONS = "case_studies.history.versions"
NEWER_VERSIONS = "case_studies.history.newer_versions"
OLDER_VERSIONS = "case_studies.history.older_versions"
STEPS = "case_studies.history.steps"
NEWER_STEPS = "case_studies.history.newer_steps"
OLDER_STEPS = "case_studies.history.older_steps"
COMPARE = "case_studies.history.compare"
COMPARE_WITH_NOW = "case_studies.history.compare_with_now"
EARLIER_PART = "case_studies.history.earlier_part"
LATER_PART = "case_studies.history.later_part"

Compared = Literal["versions", "changes"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions by their numbers, or changes from the first number to the last; `part` of the view."""

    study_id: str
    of: Compared
    first: int
    last: int
    part: int = 0

    def encode(self) -> str:
        """As it goes into a button's value."""
        return f"{self.study_id}|{self.of}|{self.first}|{self.last}|{self.part}"

    @classmethod
    def decode(cls, value: str) -> "Comparison":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, of, *numbers = pieces(value, 5)
        first, last, part = map(number, numbers)
        return cls(study_id, "versions" if of == "versions" else "changes", first, last, part)
