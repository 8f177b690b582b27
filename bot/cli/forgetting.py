"""`forget-workspace`: all that is kept of a workspace goes, once the app has been removed from it."""

import argparse
import asyncio
from typing import Any

from bot.cli.refusals import refuse
from bot.settings import Settings


def add(commands: Any) -> None:
    """Add `forget-workspace` to the subparsers."""
    forget = commands.add_parser(
        "forget-workspace",
        help="remove all that is kept of a workspace that has removed the app",
        description="Says what is kept of a workspace, and removes it with --yes: its rankings, case "
        "studies, settings and audit log. Nothing but a backup brings them back. If the bot works with a "
        "token of its own for one workspace, stop it first.",
    )
    forget.add_argument("workspace", help="Slack's id of the workspace, such as T012AB3CD")
    forget.add_argument("--yes", action="store_true", help="remove it; without this it is only counted")
    forget.set_defaults(action=forget_workspace)


def forget_workspace(options: argparse.Namespace, settings: Settings) -> int:
    """Count or remove it; 1 when the app is installed there, or the database cannot be used."""
    from storage.store import ConflictError, UnavailableError

    try:
        return asyncio.run(_forget(settings, options.workspace, is_meant=options.yes))
    except ConflictError:
        return refuse(
            [f"The app is installed in {options.workspace}. Have an admin there remove it in Slack first."]
        )
    except UnavailableError as error:
        return refuse([str(error)])


async def _forget(settings: Settings, workspace_id: str, *, is_meant: bool) -> int:
    from storage.open import open_store

    store = await open_store(settings.database_url, migrate=False)
    try:
        held = await store.privacy.count_rows(workspace_id)
        print("\n".join(f"{table}: {number}" for table, number in held.items()) or "Nothing is kept of it.")
        if held and is_meant:
            await store.privacy.forget_workspace(workspace_id)
            print("All of it has been removed. Backups made before still hold it.")
        elif held:
            print("Nothing was removed. To remove it, run the same with --yes.")
    finally:
        await store.close()
    return 0
