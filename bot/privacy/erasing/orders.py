"""An erasure as it is kept while it goes on; with its last step it is gone, and nothing leads back."""

import json
import secrets
from dataclasses import asdict, dataclass

from storage.records.people import Person
from storage.records.privacy import TextsChoice, erased_person

NUMBERS = 10**12


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """Whom to erase, the number that stands in their place, and what becomes of their texts.

    `by_admin`: an admin had it done, and not the person.
    """

    person: Person
    number: str
    texts: TextsChoice
    by_admin: bool = False

    @property
    def other(self) -> Person:
        """Who stands in the person's place."""
        return erased_person(self.number)

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, subject: str) -> "ErasureOrder":
        found = json.loads(subject)
        by_admin = found.get("by_admin", False)
        return cls(Person(**found["person"]), found["number"], found["texts"], by_admin)


def new_number() -> str:
    """A random number, so that it says nothing of the person."""
    return f"{secrets.randbelow(NUMBERS):012}"
