"""What the store keeps of installations, as the rest of the program sees it.

Tokens come and go encrypted: nothing here knows a key.
"""

from datetime import datetime
from typing import Protocol

from storage.records.installations import Installation, InstallationStatus, SealedTokens


class InstallationStore(Protocol):
    """Where the app is installed."""

    async def save(self, installation: Installation) -> None:
        """Keep an installation in place of what was there of this workspace or organisation."""

    async def get(self, installation_id: str) -> Installation | None:
        """That of this very id, of a workspace or of an organisation."""

    async def find(self, workspace_id: str) -> Installation | None:
        """That of the organisation it was seen in, or else the workspace's own; an active one first."""

    async def join_organisation(self, workspace_id: str, enterprise_id: str) -> None:
        """Remember to which organisation a workspace belongs."""

    async def leave_organisation(self, workspace_id: str, enterprise_id: str) -> bool:
        """Forget that a workspace uses the organisation's installation; False when it was not known to."""

    async def end(self, workspace_id: str, status: InstallationStatus, at: datetime, now: datetime) -> bool:
        """Note that Slack took the tokens back at a time, and forget them.

        False, and nothing changed, when it has been installed again since, has been uninstalled already, or
        is not known.
        """

    async def list_changed(self, since: datetime) -> dict[str, int]:
        """The version of each installation that was changed since then."""

    async def list_expiring(self, before: datetime, now: datetime) -> list[Installation]:
        """Active ones whose token ends before then and that nobody is refreshing now, the soonest first."""

    async def claim_refresh(self, installation: Installation, now: datetime, lease_seconds: float) -> bool:
        """Take the right to refresh the tokens; False when it was changed, or somebody else has it."""

    async def refresh(self, installation: Installation, tokens: SealedTokens, at: datetime) -> bool:
        """Put new tokens in place of those of this version; False when it was changed meanwhile."""

    async def list_all(self, after: str = "", limit: int = 100) -> list[Installation]:
        """One page in the order of ids, whatever their status."""

    async def reseal(self, installation: Installation, tokens: SealedTokens, at: datetime) -> bool:
        """Keep the same tokens encrypted anew, with a line in the audit log of each workspace they are for.

        False when these are no longer the ones that are kept.
        """

    async def use_state(self, fingerprint: str, now: datetime, forget_at: datetime) -> bool:
        """Note that an installation that was begun has been finished; False when it had been already."""
