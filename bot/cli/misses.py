"""`misses`: what people looked for in vain, for whoever edits the content."""

import argparse
import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot.cli.refusals import refuse
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.records.lookups import Miss

MOST = 1_000


def add(commands: Any) -> None:
    """Add `misses` to the subparsers."""
    misses = commands.add_parser(
        "misses",
        help="list what people looked for in vain",
        description="Lists words of questions that found nothing, or whose answer was not what was needed, "
        f"at most {MOST} lines, the most frequent first. Who asked, and where, is not kept.",
    )
    misses.add_argument("--json", action="store_true", help="print JSON")
    misses.set_defaults(action=list_misses)


def list_misses(options: argparse.Namespace, settings: Settings) -> int:
    """Print them, of all workspaces together; 1 when the database cannot be read."""
    from storage.store import UnavailableError

    try:
        misses = asyncio.run(_read(settings.database_url))
    except UnavailableError as error:
        return refuse([str(error)])
    if options.json:
        print(json.dumps([_as_json(miss) for miss in misses], ensure_ascii=False))
    else:
        print("\n".join(map(_as_line, misses)) or "Nobody has looked for anything in vain yet.")
    return 0


async def _read(database_url: str) -> "list[Miss]":
    from storage.open import open_store

    # Not brought up to date: reading leaves a database as it is, and makes none.
    store = await open_store(database_url, migrate=False)
    try:
        return await store.lookups.list_misses(None, MOST)
    finally:
        await store.close()


def _as_json(miss: "Miss") -> dict[str, object]:
    return {
        "words": miss.words,
        "kind": miss.kind,
        "count": miss.count,
        "last_seen": miss.last_seen.isoformat(),
    }


def _as_line(miss: "Miss") -> str:
    what = "found nothing" if miss.kind == "nothing" else "not what was needed"
    return f"{miss.count:>5}  {what:<19}  {miss.last_seen:%Y-%m-%d}  {miss.words}"
