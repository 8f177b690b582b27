"""Slack's date tokens, such as ``{date_short_pretty}``, in a reader's own time zone.

Tokens: "Formatting text for app surfaces" in Slack's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

_TOKEN = re.compile(r"\{(\w+)\}")
_PRETTY = {0: "today", -1: "yesterday", 1: "tomorrow"}


def show(moment: datetime, pattern: str, now: datetime) -> str:
    """The pattern with its tokens filled in; both moments carry the reader's zone.

    A token that Slack does not know is left as it stands.
    """
    words = _TOKEN.sub(lambda found: _fill(found[1], moment, now) or found[0], pattern)
    return words[:1].upper() + words[1:] if pattern.startswith("{") else words


def clock(moment: datetime) -> str:
    """The time of day, such as ``09:05``."""
    return f"{moment:%H:%M}"


def day_heading(moment: datetime, now: datetime) -> str:
    """The heading over a day's messages: Today, Yesterday or the date in full."""
    near = _PRETTY.get((moment.date() - now.date()).days)
    return near.capitalize() if near in {"today", "yesterday"} else _long(moment)


def _fill(token: str, moment: datetime, now: datetime) -> str | None:
    name, pretty = (token.removesuffix("_pretty"), True) if token.endswith("_pretty") else (token, False)
    if pretty and (near := _PRETTY.get((moment.date() - now.date()).days)):
        return near
    shape = _SHAPES.get(name)
    return shape(moment) if shape else (_ago(moment, now) if name == "ago" else None)


def _long(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def _ago(moment: datetime, now: datetime) -> str:
    gap = now - moment
    minutes = int(abs(gap) / timedelta(minutes=1))
    hours, days = minutes // 60, minutes // 1440
    count, unit = (days, "day") if days else (hours, "hour") if hours else (minutes, "minute")
    span = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{span} ago" if gap >= timedelta() else f"in {span}"


_SHAPES: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda moment: f"{moment:%Y-%m-%d}",
    "date_slash": lambda moment: f"{moment:%d/%m/%Y}",
    "date": lambda moment: f"{moment.day} {moment:%B %Y}",
    "date_short": lambda moment: f"{moment.day} {moment:%b %Y}",
    "date_long": _long,
    "day_divider": _long,
    "time": clock,
    "time_secs": lambda moment: f"{moment:%H:%M:%S}",
}
