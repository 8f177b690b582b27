"""Who somebody is: the key of everything that is kept of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person is their own workspace and their id in it, never the id alone."""

    team_id: str
    user_id: str
