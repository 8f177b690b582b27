"""What goes into the log: our own lines from the level that is set, the libraries' never below INFO.

At DEBUG, Bolt and Slack's SDK write whole requests, and with them who pressed what: a promise of
anonymity would end in the log file.
"""

import logging
import re

OURS = "bot"
PERSON = re.compile(r"\b([UW])(?=[A-Z]*[0-9])[A-Z0-9]{5,}\b")
"""An id that Slack gave a person; no word in capitals has a number in it."""


class NamelessFormatter(logging.Formatter):
    """Leaves out whom a line is about: it outlives somebody who has themselves erased."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with "U…" for each person's id."""
        return PERSON.sub(r"\1…", super().format(record))


def start_logging(level: str) -> None:
    """Write log lines to the standard error from now on; `level` is a name such as "DEBUG"."""
    handler = logging.StreamHandler()
    handler.setFormatter(NamelessFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=max(logging.INFO, logging.getLevelNamesMapping()[level]), handlers=[handler])
    logging.getLogger(OURS).setLevel(level)
