"""Who looks after what a workspace has written and asked: people whom its admins name, and the admins.

Curators see what was looked for in vain and deal with it, and hand on the case studies of people who have
left. Nothing else is theirs.
"""

from bot.admins import Admins
from bot.caller import Caller
from bot.errors import UserError
from storage.records.people import Person
from storage.store import SettingsStore

MOST_NAMED = 10


class Curators:
    """Asked at each press, because a button can be old and a role can end."""

    def __init__(self, settings: SettingsStore, admins: Admins) -> None:
        self._settings = settings
        self._admins = admins

    async def may_curate(self, caller: Caller) -> bool:
        """Whether the person is a curator or an admin; nobody from a partner's is, and no guest."""
        return await self._is_curator(caller) or await self._admins.is_admin(caller)

    async def check(self, caller: Caller) -> None:
        """:raises UserError: they are neither, and who is"""
        if not await self.may_curate(caller):
            raise UserError(refusal((await self._settings.get(caller.workspace_id)).curators))

    async def _is_curator(self, caller: Caller) -> bool:
        if caller.person.team_id != caller.workspace_id:
            return False
        named = (await self._settings.get(caller.workspace_id)).curators
        return caller.person in named and not await self._admins.is_guest(caller)


def refusal(curators: tuple[Person, ...]) -> str:
    """What anybody else is told, in a workspace with these curators."""
    if not curators:
        return (
            "Only an admin of this workspace, or a curator whom an admin names in the settings, can see or "
            "do this, and nothing was changed. Ask an admin. If you are one, try again in a minute."
        )
    names = ", ".join(f"<@{person.user_id}>" for person in curators[:MOST_NAMED])
    return (
        f"Only the curators of this workspace ({names}) and its admins can see or do this, and nothing was "
        "changed. Ask one of them. If you are an admin, try again in a minute."
    )
