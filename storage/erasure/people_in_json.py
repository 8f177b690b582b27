"""People inside what is kept as JSON or in ids: found by their whole id, and replaced or taken out."""

import re
from typing import Any

from storage.records.people import Person


def replaced(value: Any, person: Person, other: Person) -> Any:
    """The JSON with `other` for each `[team, user]` that is `person`."""
    if value == [person.team_id, person.user_id]:
        return [other.team_id, other.user_id]
    if isinstance(value, list):
        return [replaced(each, person, other) for each in value]
    if isinstance(value, dict):
        return {key: replaced(each, person, other) for key, each in value.items()}
    return value


def without(value: Any, user_id: str) -> Any:
    """The JSON without the user's id wherever it stands in a list."""
    if isinstance(value, list):
        return [without(each, user_id) for each in value if each != user_id]
    if isinstance(value, dict):
        return {key: without(each, user_id) for key, each in value.items() if each != user_id}
    return value


def names_user(text: str, user_id: str) -> bool:
    """Whether the id stands in the text, not only as a part of a longer one."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(user_id)}(?![A-Za-z0-9])", text) is not None


def like_user(user_id: str) -> str:
    """A pattern for LIKE that finds at least the texts that name the user."""
    return f"%{user_id}%"
