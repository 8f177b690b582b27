"""What commands did to the whole database, kept in the audit log of each workspace."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.records.audit import AuditKind
    from storage.store import Store

NO_LINE = "No line could be kept in the audit log. {reason}"


def account(database_url: str, kind: "AuditKind") -> None:
    """Keep the lines once the command has done its work; what prevents it is said, and undoes nothing."""
    from storage.store import UnavailableError

    try:
        asyncio.run(_open_and_keep(database_url, kind))
    except UnavailableError as error:
        print(NO_LINE.format(reason=error), file=sys.stderr)


async def keep_line(store: "Store", kind: "AuditKind", detail: Mapping[str, object]) -> None:
    """A line in each workspace; who ran the command cannot be known.

    :raises UnavailableError: the database cannot be written
    """
    from storage.records.audit import COMMAND_LINE

    await store.audit.record_everywhere(kind, COMMAND_LINE, datetime.now(UTC), detail)


async def _open_and_keep(database_url: str, kind: "AuditKind") -> None:
    from storage.open import open_store

    store = await open_store(database_url, migrate=False)
    try:
        await keep_line(store, kind, {})
    finally:
        await store.close()
