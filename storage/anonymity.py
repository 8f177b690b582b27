"""What an anonymous ranking keeps in place of a person, and which group an answer counts in.

While the ranking is open, its key turns a person into the name of their answers. The key is
destroyed at its end; then nothing leads from an answer back to a person.
"""

import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping

from storage.records.people import Person
from storage.records.rankings import Participant

FEWEST_IN_GROUP = 3
MERGED = ""
"""The group of those whose agency is too small for a group of its own, or not known."""


def new_secret() -> str:
    """A random key of 256 bits, in hex."""
    return secrets.token_hex(32)


def voter_hash(secret: str, person: Person) -> str:
    """The name of a person's answers under this key: HMAC-SHA256 in hex."""
    message = f"{person.team_id}:{person.user_id}".encode()
    return hmac.digest(bytes.fromhex(secret), message, "sha256").hex()


def anonymity_groups(
    agencies: Mapping[Person, str], uncounted: Iterable[Person] = ()
) -> Mapping[Person, str]:
    """Put everybody in the group of their agency, or in the merged one where that holds too few.

    Every group holds at least three people, those in `uncounted` left out of the number, or
    there is one group.
    """
    left_out = set(uncounted)
    sizes = Counter(agency for person, agency in agencies.items() if person not in left_out)
    named = {agency for agency, size in sizes.items() if agency != MERGED and size >= FEWEST_IN_GROUP}
    while named and not set(agencies.values()) <= named:
        merged = sum(size for agency, size in sizes.items() if agency not in named)
        if merged >= FEWEST_IN_GROUP:
            break
        named.discard(min(named, key=lambda agency: (sizes[agency], agency)))
    return {person: agency if agency in named else MERGED for person, agency in agencies.items()}


def groups_of(participants: Iterable[Participant]) -> Mapping[Person, str]:
    """The groups of a ranking's people.

    Who came after the first answer, or has left, may have given none in some stage: behind
    them nobody can hide, so they do not count.
    """
    people = list(participants)
    return anonymity_groups(
        {each.person: each.agency for each in people},
        [each.person for each in people if each.added_at or each.left_at],
    )
