"""Every token encrypted anew with the newest key, while the bot runs."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.oauth.vault import SealError, Vault
from storage.installation_store import InstallationStore
from storage.records.installations import Installation, SealedTokens

ATTEMPTS = 5
"""Times that tokens are read again which the bot was refreshing meanwhile."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many installations were encrypted anew, and the ids of those that no key can open."""

    anew: int
    unreadable: tuple[str, ...]


async def rekey(store: InstallationStore, vault: Vault) -> Rekeyed:
    """Encrypt anew whatever the newest key has not encrypted."""
    anew = 0
    unreadable: list[str] = []
    last = ""
    while page := await store.list_all(last):
        for installation in page:
            try:
                anew += await _rekey_one(store, vault, installation)
            except SealError:
                unreadable.append(installation.workspace_id)
        last = page[-1].workspace_id
    return Rekeyed(anew, tuple(unreadable))


async def _rekey_one(store: InstallationStore, vault: Vault, installation: Installation) -> bool:
    """:raises SealError: no key fits"""
    found: Installation | None = installation
    for _ in range(ATTEMPTS):
        if found is None or not found.tokens.bot_token or _is_newest(vault, found.tokens):
            return False
        if await store.reseal(found, _anew(vault, found.tokens), datetime.now(UTC)):
            return True
        found = await store.get(installation.workspace_id)
    raise SealError("it is being changed all the time")


def _is_newest(vault: Vault, tokens: SealedTokens) -> bool:
    return all(vault.is_newest(each) for each in (tokens.bot_token, tokens.refresh_token) if each)


def _anew(vault: Vault, tokens: SealedTokens) -> SealedTokens:
    return SealedTokens(
        vault.seal(vault.open(tokens.bot_token)),
        vault.seal(vault.open(tokens.refresh_token)) if tokens.refresh_token else None,
        tokens.expires_at,
    )
