"""How many people a ranking takes."""

from collections.abc import Sequence

from bot.errors import UserError
from storage.records.people import Person

FEWEST_PEOPLE = 2
MOST_PEOPLE = 100


def check_people(people: Sequence[Person]) -> list[Person]:
    """The people in order, each once; :raises UserError: too few or too many."""
    found = sorted(set(people))
    if len(found) < FEWEST_PEOPLE:
        raise UserError("A ranking needs at least two people. Choose more people, or another channel.")
    if len(found) > MOST_PEOPLE:
        raise UserError(
            f"That is {len(found)} people, and a ranking takes at most {MOST_PEOPLE}. "
            "Name the people who take part instead of taking everybody."
        )
    return found
