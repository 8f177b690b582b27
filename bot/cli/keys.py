"""`rotate-keys`: the tokens of all workspaces encrypted with the newest key, while the bot runs."""

import argparse
import asyncio
from typing import Any

from bot.cli.refusals import refuse
from bot.settings import Settings


def add(commands: Any) -> None:
    """Add `rotate-keys` to the subparsers."""
    rotate = commands.add_parser(
        "rotate-keys",
        help="encrypt all tokens with the newest key, while the bot runs",
        description="Encrypts the tokens of all workspaces with the first key of ENCRYPTION_KEY. "
        "The keys after it are needed to read what they encrypted, and may go when this has ended well.",
    )
    rotate.set_defaults(action=rotate_keys)


def rotate_keys(_options: argparse.Namespace, settings: Settings) -> int:
    """Encrypt anew what the newest key has not encrypted; 1 when something cannot be read."""
    from storage.store import UnavailableError

    if not settings.encryption_keys:
        return refuse(["ENCRYPTION_KEY is not set, so there is nothing to encrypt with."])
    try:
        return asyncio.run(_rotate(settings))
    except UnavailableError as error:
        return refuse([str(error)])


async def _rotate(settings: Settings) -> int:
    from bot.oauth.rekeying import rekey
    from bot.oauth.vault import Vault
    from storage.open import open_store

    store = await open_store(settings.database_url, migrate=False)
    try:
        done = await rekey(store.installations, Vault(settings.encryption_keys))
    finally:
        await store.close()
    print(f"Encrypted anew: {done.anew}.")
    if done.unreadable:
        return refuse(
            [
                f"No key of ENCRYPTION_KEY fits the tokens of {each}. Add the key that encrypted them, or "
                "have the app installed there again."
                for each in done.unreadable
            ]
        )
    print("The keys after the first one in ENCRYPTION_KEY are no longer needed.")
    return 0
