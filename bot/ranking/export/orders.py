"""What somebody wants exported, as it is kept until it is made."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from storage.records.people import Person

Form: TypeAlias = Literal["word", "csv", "json", "png"]
Target: TypeAlias = Literal["me", "thread"]
FORMS: tuple[Form, ...] = ("word", "csv", "json", "png")
TARGETS: tuple[Target, ...] = ("me", "thread")


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """The `forms` of a ranking's record, for the person who asked or into the ranking's thread.

    `unnamed`: nobody's name is in any of them.
    """

    ranking_id: str
    asked_by: Person
    forms: tuple[Form, ...]
    target: Target
    unnamed: bool = False

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, subject: str) -> "ExportOrder":
        found = json.loads(subject)
        return cls(
            ranking_id=found["ranking_id"],
            asked_by=Person(**found["asked_by"]),
            forms=tuple(found["forms"]),
            target=found["target"],
            unnamed=bool(found.get("unnamed")),
        )
