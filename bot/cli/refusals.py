"""How a command says what is wrong."""

import sys
from collections.abc import Sequence


def refuse(faults: Sequence[str]) -> int:
    """Print each fault on a line of its own; returns the exit status."""
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1
