"""What goes into the log: our own lines from the level that is set, the libraries' never below INFO.

At DEBUG, Bolt and Slack's SDK write whole requests, and with them who pressed what: a promise of
anonymity would end in the log file. What an exception says can hold somebody's words, so of an exception
there is its type and the place only.
"""

import asyncio
import logging
import re
import traceback
from types import TracebackType
from typing import Any, TypeAlias

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.orjson import OrjsonFormatter

from bot.outside.incoming import current

OURS = "bot"
PERSON = re.compile(r"\b([DUW])(?=[A-Z]*[0-9])[A-Z0-9]{5,}\b")
"""An id that Slack gave a person, or to their direct messages; no word in capitals has a number in it."""

_Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u2028\u2029]")
"""What moves a terminal's cursor or begins a line; but the line feed, which is set in."""


class NamelessFormatter(logging.Formatter):
    """Leaves out whom a line is about: it outlives somebody who has themselves erased.

    Nothing that came from outside can look like a line of the log: what goes on in another line is set in.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, with "U…" for each person's id."""
        return CONTROLS.sub("?", PERSON.sub(r"\1…", super().format(record))).replace("\n", "\n    ")

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - the name that logging calls
        """The place and the type of an exception and of its causes, the first cause first."""
        _, error, _ = ei
        told: list[str] = []
        while error is not None:
            told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(told))


class JsonFormatter(NamelessFormatter, OrjsonFormatter):
    """The same as one JSON object a line, with what the line is about in fields of their own."""


class RequestFilter(logging.Filter):
    """Adds to each line the request in whose course it is written, and takes out what an exception said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: every line is written."""
        if incoming := current():
            for name, value in (("workspace", incoming.workspace_id), ("listener", incoming.listener)):
                if value:
                    setattr(record, name, value)
        said = str(record.exc_info[1]) if record.exc_info else ""
        if said and said in (message := record.getMessage()):
            record.msg, record.args = message.replace(said, "…"), None
        return True


def start_logging(level: str, log_format: str = "plain") -> None:
    """Write log lines to the standard error from now on.

    `level` is a name such as "DEBUG"; `log_format` is "plain" or "json".
    """
    handler = logging.StreamHandler()
    handler.addFilter(RequestFilter())
    handler.setFormatter(_json() if log_format == "json" else _plain())
    logging.basicConfig(level=max(logging.INFO, logging.getLevelNamesMapping()[level]), handlers=[handler])
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(log_format == "json")


def log_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What asyncio says of an exception that nobody waited for; its own words would hold the exception's."""
    logging.getLogger(__name__).error("%s", context["message"], exc_info=context.get("exception"))


def _plain() -> logging.Formatter:
    return NamelessFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


def _json() -> logging.Formatter:
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
        timestamp="time",
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )
