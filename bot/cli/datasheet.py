"""`datasheet`: what is kept, why, where, how long and who sees it."""

import argparse
from typing import Any

from bot.settings import Settings


def add(commands: Any) -> None:
    """Add `datasheet` to the subparsers."""
    sheet = commands.add_parser(
        "datasheet",
        help="print what is kept, why, how long and who sees it",
        description="Prints the data sheet as Markdown. It follows from the schema and reads no database.",
    )
    sheet.set_defaults(action=print_data_sheet)


def print_data_sheet(_options: argparse.Namespace, _settings: Settings) -> int:
    """Print it."""
    from storage.data_sheet import data_sheet

    print(data_sheet(), end="")
    return 0
