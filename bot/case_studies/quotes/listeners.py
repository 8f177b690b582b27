"""Starting a case study from a message."""

import secrets
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.fields.checks import check_values
from bot.case_studies.fields.readings import read_field
from bot.case_studies.quotes.quoting import quoted
from bot.case_studies.quotes.rankings import ranking_quote
from bot.case_studies.quotes.views import QUOTE, RANKING_QUOTE, quote_modal
from bot.case_studies.service import CaseStudyService
from bot.names import Names
from bot.values import pressed_value
from storage.ranking_store import RankingStore
from storage.records.people import Person

SOMEBODY = "Somebody"


class QuoteListeners:
    """The shortcut in a message's menu, and its form."""

    def __init__(
        self,
        service: CaseStudyService,
        drafting: Drafting,
        overviews: Overviews,
        rankings: RankingStore,
    ) -> None:
        self._service = service
        self._drafting = drafting
        self._overviews = overviews
        self._rankings = rankings
        self._names = Names()

    async def open_quote(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        message = body["message"]
        name = await self._name_of(message, read_caller(context, body).workspace_id, client)
        quote = quoted(message.get("text") or "", name, message["ts"])
        await client.views_open(
            trigger_id=body["trigger_id"], view=quote_modal(self._service.templates, quote)
        )
        await ack()

    async def open_ranking_quote(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ranking_id = read_caller(context, body), pressed_value(body)
        ranking = await self._rankings.get_ranking(caller.workspace_id, ranking_id)
        quote = ranking_quote(ranking)
        strategies = self._service.known_strategies(ranking.outcome) if ranking else []
        view = quote_modal(self._service.templates, quote, RANKING_QUOTE, strategies)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    async def begin_with_quote(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A draft with the words in the field that the template names for them."""
        found = state_values(body["view"])
        words = read_field(QUOTE, found, "").value or ""
        if faults := check_values({QUOTE: words}, published=False):
            await ack(response_action="errors", errors=faults)
            return
        caller = read_caller(context, body)
        strategies = (body["view"].get("private_metadata") or "").split("|")
        study = await self._drafting.begin_with_quote(
            caller,
            found[ids.TEMPLATE_FIELD],
            str(words),
            strategies=self._service.known_strategies(strategies),
            study_id=secrets.token_hex(8),
            at=datetime.now(UTC),
        )
        await ack(response_action="update", view=await self._overviews.view(caller, study))

    async def _name_of(self, message: Payload, workspace_id: str, client: AsyncWebClient) -> str:
        """What the writer is called; a message of an app carries its own name for it."""
        user_id = message.get("user")
        if not user_id:
            return str(message.get("username") or SOMEBODY)
        person = Person(str(message.get("team") or workspace_id), str(user_id))
        try:
            return (await self._names.read(client, [person])).get(person, SOMEBODY)
        except SlackApiError:  # the words matter more than the name, which can be typed
            return SOMEBODY
