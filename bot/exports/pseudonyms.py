"""What stands for people in files that may not name them."""

import random
from collections.abc import Iterable

from storage.records.people import Person


def pseudonyms(people: Iterable[Person]) -> dict[Person, str]:
    """ "Person 1" and so on, each person one, in an order that tells nothing and is another one each time."""
    everybody = sorted(set(people))
    random.SystemRandom().shuffle(everybody)
    return {person: f"Person {number}" for number, person in enumerate(everybody, start=1)}
