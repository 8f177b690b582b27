"""Where the app is installed, and the tokens that came with it, which are encrypted before they get here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

InstallationStatus: TypeAlias = Literal["active", "revoked", "uninstalled"]


@dataclass(frozen=True, slots=True)
class SealedTokens:
    """What Slack gave, encrypted; without token rotation there is nothing to refresh and no end."""

    bot_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace, or in all of an organisation: then `workspace_id` is the organisation's.

    `version` is raised by each change, so that whoever remembers one sees that it is out of date.
    """

    workspace_id: str
    enterprise_id: str | None
    name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...]
    tokens: SealedTokens
    installed_by: str
    installed_at: datetime
    status: InstallationStatus = "active"
    version: int = 1

    @property
    def is_for_organisation(self) -> bool:
        """Whether it is for all workspaces of an organisation that its admins choose."""
        return self.workspace_id == self.enterprise_id
