"""A likely personal detail: where it stands, and why it is pointed out."""

from dataclasses import dataclass
from typing import Literal

DetailKind = Literal["phone number", "e-mail address", "postcode", "NHS number", "date of birth"]


@dataclass(frozen=True)
class PersonalDetail:
    """What stands at text[start:end]; `explanation` tells the author in one sentence what it looks like and
    what to do."""

    kind: DetailKind
    start: int
    end: int
    words: str
    explanation: str
