"""Who somebody is: the key of everything that is kept of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person is their own workspace and their id in it, never the id alone."""

    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency by the name that people gave it, and how many people of a workspace answer for it."""

    name: str
    people: int
