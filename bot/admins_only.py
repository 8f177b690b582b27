"""What only admins of the workspace may do: asked at each press, because a button can be old."""

from slack_bolt.context.async_context import AsyncBoltContext

from bot.admins import Admins
from bot.caller import Caller, Payload, read_caller
from bot.errors import UserError

ADMINS_ONLY = (
    "Only an admin of this workspace can see or change this, and nothing was changed. Ask one of them. If "
    "you are one, try again in a minute."
)


async def read_admin(admins: Admins, body: Payload, context: AsyncBoltContext) -> Caller:
    """The caller; :raises UserError: they are no admin of the workspace."""
    caller = read_caller(context, body)
    if not await admins.is_admin(caller):
        raise UserError(ADMINS_ONLY)
    return caller
