"""Work by the clock: a person is erased part by part, and told. Cut off, it goes on where it was."""

from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import as_dicts, section
from bot.clients import ClientFor
from bot.delivery.replies import is_temporary
from bot.delivery.sharing import tell
from bot.privacy import ids
from bot.privacy.erasing.orders import ErasureOrder
from bot.privacy.erasing.words import blocking_lines
from storage.records.audit import AuditEntry
from storage.records.privacy import ERASURE_KINDS
from storage.records.work import Work
from storage.store import Store

EVERYWHERE = ""
"""In place of a workspace: what the files hold is not one workspace's."""
AFTER_THE_LAST = timedelta(seconds=30)
"""The work that erases somebody names them too: what is left of it in the files goes a little later."""
DONE = (
    "It is done: Common Ground keeps nothing about you in this workspace any more, but what you were told "
    "stays. If you take part in something again, it begins afresh. You can close this conversation."
)
DONE_BY_ADMIN = (
    "An admin of this workspace has had everything removed that Common Ground kept about you here, but what "
    "has to stay, which has no name of yours any more. If you take part in something again, it begins afresh."
)
NOT_DONE = "You were not erased, and nothing was changed, because this came up meanwhile. "
EMPTY_HOME = "Common Ground keeps nothing about you. Open this tab again to begin afresh."


class Erasing:
    """The handlers of `privacy.erase` and `privacy.scrub`."""

    def __init__(self, store: Store, client_for: ClientFor) -> None:
        self._store = store
        self._client_for = client_for

    async def erase(self, work: Work) -> None:
        """Erase, part by part, and say so once everything is done."""
        order, now = ErasureOrder.decode(work.subject), datetime.now(UTC)
        workspace_id, person = work.workspace_id, order.person
        client = await self._client_for(workspace_id)
        held = await self._store.privacy.count_holdings(workspace_id, person)
        if blockers := blocking_lines(held):
            if client is not None and not order.by_admin:
                await tell(client, person.user_id, f"{NOT_DONE}{' '.join(blockers)}")
            return
        for kind in ERASURE_KINDS:
            await self._store.privacy.erase(
                workspace_id, person, order.other, kind, texts=order.texts, kept_work=work.id, at=now
            )
        await self._store.audit.record(
            AuditEntry(workspace_id, now, "erased", order.other, "", {"by_admin": order.by_admin})
        )
        if client is not None:
            await _empty_home(client, person.user_id)
            await tell(client, person.user_id, DONE_BY_ADMIN if order.by_admin else DONE)
        await self._store.work.plan(EVERYWHERE, ids.SCRUB, ids.SCRUB, "", now + AFTER_THE_LAST)

    async def scrub(self, _work: Work) -> None:
        """Have what was erased leave the files too."""
        await self._store.privacy.scrub()


async def _empty_home(client: AsyncWebClient, user_id: str) -> None:
    view = {"type": "home", "blocks": as_dicts([section(EMPTY_HOME)])}
    try:
        await client.views_publish(user_id=user_id, view=view)
    except SlackApiError as error:
        if is_temporary(error):
            raise
