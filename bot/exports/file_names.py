"""Names of files that every system takes."""

import re

LONGEST_STEM = 60
DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""What Windows takes for a device, whatever the ending."""


def file_name(title: str, ending: str, otherwise: str, part: str = "") -> str:
    """Such as `trust-first-ballots.csv` of the title "Trust first", the part "ballots" and the ending "csv".

    `otherwise` stands for a title that leaves no name to use.
    """
    words = re.findall(r"[A-Za-z0-9]+", title)
    stem = "-".join(words)[:LONGEST_STEM].strip("-").lower()
    if not stem or DEVICES.fullmatch(stem):
        stem = otherwise
    return f"{stem}-{part}.{ending}" if part else f"{stem}.{ending}"
