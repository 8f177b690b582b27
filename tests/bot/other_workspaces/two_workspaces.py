"""Two workspaces that installed the app, and what must not get from one into the other."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.oauth.vault import Vault
from storage.records.installations import SealedTokens
from storage.store import Store
from tests.bot.other_workspaces.aftermath import Aftermath
from tests.slack import ANNA, BOT_TOKEN, BOT_USER, PARTNER_TEAM, PIA, TEAM, Bot, Json, Slack, User
from tests.storage.examples import an_installation

AWAY_TOKEN = "xoxb-away"
AMIR = User("U0AMIR", PARTNER_TEAM)
"""An admin of the other workspace."""
ANNA_AWAY = User(ANNA.id, PARTNER_TEAM)
"""Anna's id, in the other workspace."""
STRANGER = User("U0STRANGE", "T0THIRD")
"""Somebody of a third workspace, who shares no channel with either."""
GUEST = User("U0GUEST", TEAM)
FROM_AWAY = (AMIR, ANNA_AWAY, PIA)
"""Whoever uses the installation of the other workspace."""
OUTSIDE = (AMIR, ANNA_AWAY, STRANGER, GUEST)
"""Whoever presses at home without having a part in it."""
USERS: dict[str, Json] = {
    PIA.id: {"team_id": PARTNER_TEAM},
    AMIR.id: {"team_id": PARTNER_TEAM, "is_admin": True},
    STRANGER.id: {"team_id": STRANGER.team_id, "is_stranger": True},
    GUEST.id: {"is_restricted": True},
}


async def install_both(store: Store, vault: Vault) -> None:
    """The app in either workspace, each with a bot and a token of its own."""
    for team_id, token, bot_user in ((TEAM, BOT_TOKEN, BOT_USER), (PARTNER_TEAM, AWAY_TOKEN, "U0AWAYBOT")):
        installation = an_installation(
            team_id,
            bot_id=f"B{bot_user[1:]}",
            bot_user_id=bot_user,
            tokens=SealedTokens(vault.seal(token)),
            installed_by=AMIR.id,
        )
        await store.installations.save(installation)


class Wall:
    """What is kept and said of one workspace while somebody of another one tries the bot.

    `words` stand in what this workspace keeps, and nowhere else.
    """

    def __init__(
        self,
        file: Path,
        slack: Slack,
        log: pytest.LogCaptureFixture,
        aftermath: Aftermath,
        words: Sequence[str],
    ) -> None:
        self._file, self._slack, self._log, self._words = file, slack, log, words
        self._aftermath = aftermath
        self._kept = self.kept()
        self._calls = len(slack.calls)

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the whole database, but for those of the other workspace, by table.

        That a request has come is noted of whoever sends one, as a hash and for minutes.
        """
        rows = self._rows("workspace_id <> ?")
        del rows["handled_requests"]
        return rows

    def kept_away(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the other workspace, by table."""
        return self._rows("workspace_id = ?")

    def _rows(self, condition: str) -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(self._file)
        try:
            tables = connection.execute(
                "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                " WHERE m.type = 'table' AND c.name = 'workspace_id' ORDER BY m.name"
            ).fetchall()
            return {
                name: connection.execute(f"SELECT * FROM {name} WHERE {condition}", [PARTNER_TEAM]).fetchall()
                for (name,) in tables
            }
        finally:
            connection.close()

    async def assert_whole(self) -> None:
        """Nothing has changed, was said or logged outside the other workspace, and its bot alone was used,
        then and later.
        """
        self._assert_unused()
        self.assert_silent()
        self._assert_untold(await self._aftermath.follow())
        self._assert_unused()

    def assert_silent(self) -> None:
        """The same, but for refusals by the workspace's own bot."""
        assert self.kept() == self._kept
        self._assert_untold()

    def assert_kept(self) -> None:
        """Every row that there was is as it was, whatever was added, and nothing was told."""
        now = self.kept()
        assert not {name: lost for name, rows in self._kept.items() if (lost := set(rows) - set(now[name]))}
        self._assert_untold()

    def _assert_unused(self) -> None:
        since = self._slack.calls[self._calls :]
        assert not [call.method for call in since if call.token == BOT_TOKEN]

    def _assert_untold(self, shown: str = "") -> None:
        since = self._slack.calls[self._calls :]
        told = f"{[call.arguments for call in since]} {self._log.text} {self.kept_away()} {shown}"
        assert not [word for word in self._words if word in told]
        assert "Reference" not in told, "a refusal is no surprise"


def away_bot(home: Bot) -> Bot:
    """The same app, used in the other workspace."""
    return Bot(home.app, home.slack, PARTNER_TEAM)
