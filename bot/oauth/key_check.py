"""Whether the keys that are set open the tokens that are kept: better known before the bot starts."""

import asyncio
from pathlib import Path

from bot.oauth.vault import SealError, Vault
from bot.settings import Settings
from storage.open import open_store
from storage.store import UnavailableError

MOST_NAMED = 5
WRONG = (
    "No key of ENCRYPTION_KEY opens the tokens of {places}. Add the key that encrypted them after the "
    "others, or have the app installed there again."
)


def key_faults(settings: Settings) -> list[str]:
    """A sentence when there are tokens that no key opens; nothing when there is no database to look at."""
    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file).exists():
        return []
    try:
        closed = asyncio.run(_closed(settings))
    except UnavailableError:  # what is wrong with it is another fault, or it is not up to date
        return []
    if not closed:
        return []
    more = [f"{len(closed) - MOST_NAMED} more"] if len(closed) > MOST_NAMED else []
    return [WRONG.format(places=", ".join([*closed[:MOST_NAMED], *more]))]


async def _closed(settings: Settings) -> list[str]:
    """The ids of the installations whose tokens no key opens."""
    vault, found, after = Vault(settings.encryption_keys), list[str](), ""
    store = await open_store(settings.database_url, migrate=False)
    try:
        while page := await store.installations.list_all(after):
            after = page[-1].workspace_id
            for installation in page:
                try:
                    if installation.status == "active":
                        vault.open(installation.tokens.bot_token)
                except SealError:
                    found.append(installation.workspace_id)
    finally:
        await store.close()
    return found
