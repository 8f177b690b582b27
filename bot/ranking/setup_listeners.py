"""Starting a ranking, and listing what there is."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.errors import NOT_A_MEMBER, UserError
from bot.handover import SAVED
from bot.panels import panel_message
from bot.ranking import ids
from bot.ranking.service import MOST_PEOPLE, RankingService
from bot.ranking.setup_views import rankings_panel, setup_modal
from bot.ranking.topics import Topic, strategies_topic, task_topic
from knowledge.model import Library
from storage.records import Person
from storage.store import Store

INVITE = "I am not in that channel. Type /invite @Common Ground in it, then press Start again."
LISTED = 10


class SetupListeners:
    """From the command or the button to a board in the channel."""

    def __init__(self, service: RankingService, store: Store, library: Library) -> None:
        self._service = service
        self._rankings = store.rankings
        self._lookups = store.lookups
        self._library = library

    async def run_command(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        words = body.get("text", "").strip().lower()
        if words == "list":
            await self._list_rankings(body, context, ack)
        elif words:
            raise UserError(
                "After /rank I only know the word list. Type /rank to start a ranking, or /rank list to see "
                "what is open and what was decided in this channel."
            )
        else:
            await self.open_setup(body, client, ack)

    async def open_setup(self, body: Payload, client: AsyncWebClient, ack: AsyncAck) -> None:
        modal = setup_modal(task_topic(self._library.tasks[0]))
        await client.views_open(trigger_id=body["trigger_id"], view=modal.to_dict())
        await ack()

    async def open_setup_of_strategies(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        handed = body["actions"][0]["value"]
        modal = setup_modal(await self._topic(handed, read_caller(context, body)), handed).to_dict()
        if body.get("view", {}).get("type") == "modal":
            await client.views_push(trigger_id=body["trigger_id"], view=modal)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=modal)
        await ack()

    async def start_ranking(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, values = read_caller(context, body), state_values(body["view"])
        channel_id = values[ids.CHANNEL_FIELD]
        field = ids.CHANNEL_FIELD
        try:
            await _check_channel(client, channel_id)
            named = values.get(ids.PEOPLE_FIELD) or []
            user_ids = named or await _members(client, channel_id)
            field = ids.PEOPLE_FIELD
            people = await _people(client, user_ids)
            await self._service.start(
                caller,
                await self._topic(body["view"].get("private_metadata", ""), caller),
                channel_id,
                people,
                ranking_id=secrets.token_hex(6),
                at=datetime.now(UTC),
            )
        except UserError as error:
            await ack(response_action="errors", errors={field: str(error)})
            return
        if body["view"].get("previous_view_id"):
            await ack(response_action="clear")
        else:
            await ack()

    async def _topic(self, handed: str, caller: Caller) -> Topic:
        """What is ranked: the built-in task, or the strategies that a button of look-up has named."""
        if not handed:
            return task_topic(self._library.tasks[0])
        if handed == SAVED:
            saved = await self._lookups.list_saved(caller.workspace_id, caller.person)
            found = [self._library.strategy(strategy_id) for strategy_id in saved]
            return strategies_topic("Strategies we might use", [one for one in found if one])
        theme = self._library.theme(handed.partition(":")[2])
        if theme is None:
            raise UserError("That theme is no longer there. Type /strategies to see the themes.")
        return strategies_topic(theme.title, self._library.strategies_of(theme.id))

    async def _list_rankings(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = read_caller(context, body)
        found = await self._rankings.list_rankings(
            caller.workspace_id, channel_id=body["channel_id"], limit=LISTED
        )
        snapshots = [await self._service.snapshot(caller.workspace_id, ranking.id) for ranking in found]
        await ack(response_type="ephemeral", **panel_message(rankings_panel(snapshots)))


async def _check_channel(client: AsyncWebClient, channel_id: str) -> None:
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if error.response.get("error") in NOT_A_MEMBER:
            raise UserError(INVITE) from error
        raise
    if channel.get("is_archived"):
        raise UserError("That channel is archived. Choose another one.")
    if not channel.get("is_member"):
        raise UserError(INVITE)


async def _members(client: AsyncWebClient, channel_id: str) -> list[str]:
    """Ids of a channel's members, bots still among them; one more than is allowed at most."""
    # Bots are left out later, so a few more than the limit may be needed.
    answer = await client.conversations_members(channel=channel_id, limit=MOST_PEOPLE + 20)
    following: dict[str, str] = answer.get("response_metadata") or {}
    if following.get("next_cursor"):
        raise UserError(
            f"That channel has more than {MOST_PEOPLE} people. Name the people who take part below."
        )
    return list(answer["members"])


async def _people(client: AsyncWebClient, user_ids: Sequence[str]) -> list[Person]:
    """The people behind these ids, each in their own workspace; bots and closed accounts left out."""
    answers = await asyncio.gather(*(client.users_info(user=user_id) for user_id in user_ids))
    users = [answer["user"] for answer in answers]
    return [
        Person(user["team_id"], user["id"])
        for user in users
        if not user.get("is_bot") and not user.get("deleted") and user["id"] != "USLACKBOT"
    ]
