"""Who may start a ranking in a workspace: everybody, unless its admins have said otherwise."""

from bot.admins import Admins
from bot.caller import Caller
from bot.errors import UserError
from storage.store import SettingsStore

MOST_NAMED = 10

ADMINS_START = (
    "In this workspace only admins start rankings, and nothing was started. Ask one of them to start it; you "
    "can take part in it."
)


async def check_may_start(settings: SettingsStore, admins: Admins, caller: Caller) -> None:
    """:raises UserError: the caller may not, and whom to ask."""
    starters = (await settings.get(caller.workspace_id)).starters
    if starters is None or caller.person in starters or await admins.is_admin(caller):
        return
    if not starters:
        raise UserError(ADMINS_START)
    names = ", ".join(f"<@{person.user_id}>" for person in starters[:MOST_NAMED])
    raise UserError(
        f"In this workspace only some people start rankings, and nothing was started. Ask {names} or an "
        "admin of this workspace to start it; you can take part in it."
    )
