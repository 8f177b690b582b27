"""Shapes that JSON may have, made into checks that take microseconds: each press is held against one."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

Shape: TypeAlias = "type | range | re.Pattern[str] | dict[str, Shape] | list[Shape] | Each"
"""A type, a number in a range, text like a pattern, an object's fields (those that may be null or missing
with a `?`), a list, or an object's values."""


Check: TypeAlias = Callable[[object], bool]


class Each:
    """An object of any keys whose values have this shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape


def compiled(shape: Shape) -> Check:
    """The check of a shape: every press runs it, so it looks at what came and not at all that may come."""
    if isinstance(shape, type):
        return partial(_is_of, shape)
    if isinstance(shape, range):
        return partial(_is_in, shape)
    if isinstance(shape, re.Pattern):
        return partial(_is_like, shape)
    if isinstance(shape, list):
        return partial(_holds, compiled(shape[0]))
    if isinstance(shape, Each):
        return partial(_has_values, compiled(shape.shape))
    fields = {name.rstrip("?"): compiled(each) for name, each in shape.items()}
    needed = frozenset(name for name in shape if name[-1] != "?")
    return partial(_has_fields, fields, needed)


def _is_of(kind: type, value: object) -> bool:
    return type(value) is kind


def _is_in(numbers: range, value: object) -> bool:
    return type(value) is int and value in numbers


def _is_like(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _holds(check: Check, value: object) -> bool:
    return isinstance(value, list) and all(map(check, value))


def _has_values(check: Check, value: object) -> bool:
    return isinstance(value, dict) and all(map(check, value.values()))


def _has_fields(fields: Mapping[str, Check], needed: frozenset[str], value: object) -> bool:
    if not isinstance(value, dict):
        return False
    for name, found in value.items():
        if found is None:
            if name in needed:
                return False
        elif (check := fields.get(name)) is not None and not check(found):
            return False
    return needed <= value.keys()
