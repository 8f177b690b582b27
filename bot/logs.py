"""What goes into the log: our own lines from the level that is set, the libraries' never below INFO.

At DEBUG, Bolt and Slack's SDK write whole requests, and with them who pressed what: a promise of
anonymity would end in the log file.
"""

import logging

OURS = "bot"


def start_logging(level: str) -> None:
    """Write log lines to the standard error from now on; `level` is a name such as "DEBUG"."""
    logging.basicConfig(
        level=max(logging.INFO, logging.getLevelNamesMapping()[level]),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    logging.getLogger(OURS).setLevel(level)
