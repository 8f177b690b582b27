"""`migrate` and `backup`: the database from the command line."""

import argparse
from pathlib import Path
from typing import Any

from bot.cli.accounting import account
from bot.cli.refusals import refuse
from bot.settings import Settings


def add(commands: Any) -> None:
    """Add `migrate` and `backup` to the subparsers."""
    migrate = commands.add_parser("migrate", help="bring the database's schema up to date")
    migrate.set_defaults(action=migrate_database)
    backup = commands.add_parser("backup", help="write a safe copy of the database, also while the bot runs")
    backup.add_argument("file", type=Path, help="where the copy goes; it must not exist yet")
    backup.set_defaults(action=back_up_database)


def migrate_database(_options: argparse.Namespace, settings: Settings) -> int:
    """Apply what is pending and name it."""
    from storage.open import migrate
    from storage.store import UnavailableError

    try:
        applied = migrate(settings.database_url)
    except UnavailableError as error:
        return refuse([str(error)])
    if applied:
        account(settings.database_url, "migrated")
    print("\n".join(f"Applied {name}." for name in applied) or "The database is up to date.")
    return 0


def back_up_database(options: argparse.Namespace, settings: Settings) -> int:
    """Copy the database to a file."""
    from storage.open import backup
    from storage.store import UnavailableError

    try:
        backup(settings.database_url, options.file)
    except UnavailableError as error:
        return refuse([str(error)])
    account(settings.database_url, "backed_up")
    print(f"The copy is in {options.file}.")
    return 0
