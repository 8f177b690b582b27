"""How values become columns, the same in either engine.

PostgreSQL's text holds neither NUL nor half of a surrogate pair, and SQLite's
driver refuses the latter, so both are taken out of every text before it is kept.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

Column: TypeAlias = str | int | None


def clean(text: str) -> str:
    """Return `text` without NUL, and with U+FFFD for each half of a surrogate pair that stands alone."""
    text = text.replace("\0", "")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def bind(values: Mapping[str, object]) -> dict[str, Column]:
    """Turn named values into columns: times as fixed-width UTC text, tuples, lists and dicts as JSON.

    :raises ValueError: a time without a time zone
    """
    return {name: _column(value) for name, value in values.items()}


def day(at: datetime) -> str:
    """The day of a moment in UTC, `YYYY-MM-DD`; :raises ValueError: a time without a time zone."""
    return _in_utc(at).date().isoformat()


def optional_time(column: str | None) -> datetime | None:
    return None if column is None else datetime.fromisoformat(column)


def _column(value: object) -> Column:
    match value:
        case None:
            return None
        case str():
            return clean(value)
        case bool() | int():
            return int(value)
        case datetime():
            return _in_utc(value).isoformat(timespec="microseconds")
        case tuple() | list() | dict():
            return json.dumps(_clean_all(value), ensure_ascii=False, separators=(",", ":"))
        case _:
            raise TypeError(f"{type(value).__name__} is not kept in a column")


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time needs its time zone")
    return at.astimezone(UTC)


def _clean_all(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case tuple() | list():
            return [_clean_all(each) for each in value]
        case dict():
            return {clean(key): _clean_all(each) for key, each in value.items()}
        case _:
            return value
