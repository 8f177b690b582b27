"""Every ranking of the workspace that has ended, for its admins: they answer requests for information."""

from collections.abc import Sequence

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import Block

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import actions, button, context, cut, escape, moment, section
from bot.caller import Payload
from bot.panels import Panel, open_modal, panel_modal, show_panel
from bot.ranking import ids
from bot.ranking.listing.views import STATUS_WORDS, TITLE_SHOWN
from bot.values import number, pressed_value
from storage.ranking_store import RankingStore
from storage.records.rankings import Ranking

A_PAGE = 10
TITLE = "Ended rankings"
WHAT = (
    "The newest first, of all channels. Each export is in the audit log. Of an anonymous ranking no file "
    "says who answered what: nobody can."
)
NOTHING = "No ranking has ended in this workspace yet."


class EndedListeners:
    """For admins of the workspace."""

    def __init__(self, rankings: RankingStore, admins: Admins) -> None:
        self._rankings = rankings
        self._admins = admins

    async def open_ended(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await open_modal(panel_modal(await self._panel(caller.workspace_id, 0)), body, client)
        await ack()

    async def turn_ended(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        panel = await self._panel(caller.workspace_id, number(pressed_value(body)))
        await ack()
        await show_panel(panel, body, client, respond)

    async def _panel(self, workspace_id: str, offset: int) -> Panel:
        return ended_panel(
            await self._rankings.list_ended(workspace_id, limit=A_PAGE + 1, offset=offset), offset
        )


def ended_panel(rankings: Sequence[Ranking], offset: int = 0) -> Panel:
    """`rankings` from `offset` on, one more than a page if there are more."""
    shown = rankings[:A_PAGE]
    blocks: list[Block] = [section(WHAT if shown or offset else NOTHING)]
    blocks += [_row(ranking) for ranking in shown]
    turns = []
    if offset:
        turns.append(button("Newer rankings", ids.NEWER_ENDED, str(max(0, offset - A_PAGE))))
    if len(rankings) > A_PAGE:
        turns.append(button("Older rankings", ids.OLDER_ENDED, str(offset + A_PAGE)))
    if turns:
        blocks.append(actions(*turns))
    if shown:
        blocks.append(context("Open rankings are exported by who runs them."))
    return Panel(TITLE, blocks, "\n".join([WHAT if shown else NOTHING, *(one.title for one in shown)]))


def _row(ranking: Ranking) -> Block:
    title = cut(ranking.title, TITLE_SHOWN)
    ended = moment(ranking.ended_at or ranking.created_at)
    return section(
        f"*{escape(title)}* in <#{ranking.channel_id}>\n{STATUS_WORDS[ranking.status]}, {ended}",
        accessory=button("Export", ids.OPEN_EXPORT, ids.Ref(ranking.id).encode(), spoken=f"Export {title}"),
    )
