"""A case study and its history without anybody in it: numbers stand for people, also in links to files."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from storage.records.people import Person

T = TypeVar("T")


def stand_in(pseudonym: str) -> Person:
    """Who is in the file in place of somebody; an id that can be imported again, and is nobody's."""
    return Person("unnamed", pseudonym.replace(" ", "-"))


def redacted(record: T, pseudonyms: Mapping[Person, str]) -> T:
    """The record with what stands for each of these people in their place, and in place of their ids."""
    by_id = {person.user_id: name for person, name in pseudonyms.items()}
    ids = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(by_id))) or '(?!)'})\b")

    def read(value: Any) -> Any:
        match value:
            case Person():
                return stand_in(pseudonyms[value])
            case str():
                return ids.sub(lambda found: by_id[found[0]], value)
            case tuple():
                return tuple(map(read, value))
            case Mapping():
                return {key: read(each) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: read(getattr(value, field.name)) for field in fields(value)})
        return value

    without_people: T = read(record)
    return without_people
