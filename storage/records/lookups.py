"""What is kept of searches that led nowhere."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

MissKind: TypeAlias = Literal["nothing", "unhelpful"]


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that did not lead anybody to a strategy, and how often; never who asked, or where.

    `kind` is "nothing" when the search found nothing, "unhelpful" when somebody said that what it
    found was not what they needed. `last_seen` is a day in UTC.
    """

    words: str
    kind: MissKind
    count: int
    last_seen: date
