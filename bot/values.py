"""What comes back in a button's value or a form's metadata.

We wrote it ourselves, but perhaps an older version did, and nothing that comes in is believed.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

T = TypeVar("T", bound=str | int)

LONGEST_VALUE = 2000
"""Characters that Slack lets a button carry."""
LARGEST_NUMBER = 2**31 - 1
"""Places, parts and changes stay far below; the databases' columns do not hold all larger ones."""


class OutdatedError(ValueError):
    """The value is not one that this version writes."""


class Entered(dict[str, Any]):
    """What a form holds by block id; one that this version does not show lacks some."""

    def __missing__(self, block_id: str) -> Any:
        raise OutdatedError("the form has no such input")

    def text(self, block_id: str) -> str:
        """What was typed or chosen, "" for nothing; :raises OutdatedError: it holds something else."""
        found = self.get(block_id, "")
        if not isinstance(found, str):
            raise OutdatedError("a text was expected")
        return found

    def texts(self, block_id: str) -> list[str]:
        """What was chosen of several; :raises OutdatedError: it holds something else."""
        found = self.get(block_id, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise OutdatedError("a list was expected")
        return found

    def moment(self, block_id: str) -> int | None:
        """Unix seconds, None for no time; :raises OutdatedError: it holds something else."""
        found = self[block_id]
        if found != "" and type(found) is not int:
            raise OutdatedError("a time was expected")
        return found or None


def pressed_value(body: Mapping[str, Any]) -> str:
    """The value of what was pressed; :raises OutdatedError: it has none of ours."""
    value = body["actions"][0].get("value")
    if value is None or len(value) > LONGEST_VALUE:
        raise OutdatedError("a button's value was expected")
    return str(value)


def pieces(value: str, count: int, mark: str = "|") -> list[str]:
    """So many pieces, the last of which may hold the mark; :raises OutdatedError: there are fewer."""
    found = value.split(mark, count - 1)
    if len(found) != count:
        raise OutdatedError(f"{count} pieces were expected")
    return found


def number(piece: object) -> int:
    """A number that counts something; :raises OutdatedError: it is none, or too large to be one."""
    is_number = isinstance(piece, str) and piece.isascii() and piece.isdigit()
    if not isinstance(piece, str) or not is_number or len(piece) > len(str(LARGEST_NUMBER)):
        raise OutdatedError("a number was expected")
    if int(piece) > LARGEST_NUMBER:
        raise OutdatedError("the number is too large")
    return int(piece)


def one_of(given: object, offered: Collection[T]) -> T:
    """The one of the offered that was given; :raises OutdatedError: it is none of them."""
    for one in offered:
        if given == one:
            return one
    raise OutdatedError("this is not offered")


def parsed(metadata: str) -> Any:
    """JSON; :raises OutdatedError: it is none."""
    try:
        return json.loads(metadata)
    except (ValueError, RecursionError) as error:
        raise OutdatedError("JSON was expected") from error
