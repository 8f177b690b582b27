"""The presses and the form with which somebody filters the library."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.library.filter_views import choice_options, filters_modal
from bot.case_studies.library.finding import Finding
from bot.case_studies.library.views import library_modal
from bot.case_studies.library.wanted import Wanted, decode_filters, sent_filters, tidy_words
from bot.case_studies.modals import show_modal
from bot.case_studies.service import CaseStudyService
from bot.picker import MOST_OPTIONS


class FilterListeners:
    """One short method an interaction."""

    def __init__(self, service: CaseStudyService, finding: Finding) -> None:
        self._service = service
        self._finding = finding

    async def open_filters(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        self._service.check_member(read_caller(context, body))
        await show_modal(filters_modal(wanted_in(body), self._finding.names), body, client)
        await ack()

    async def offer_values(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        choices = await self._finding.choices(
            read_caller(context, body),
            ids.FILTER_FIELDS[body["action_id"]],
            str(body.get("value") or ""),
            limit=MOST_OPTIONS,
        )
        await ack(options=[option._resolve() for option in choice_options(choices)])

    async def filter_library(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        sent = state_values(body["view"])
        wanted = Wanted(tidy_words(sent.text(ids.SEARCH_FIELD)), sent_filters(sent))
        found = await self._finding.find(read_caller(context, body), wanted)
        await ack(response_action="update", view=library_modal(found, self._finding.names, self._service))

    async def clear_filters(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        found = await self._finding.find(read_caller(context, body), Wanted(wanted_in(body).words))
        await show_modal(library_modal(found, self._finding.names, self._service), body, client)
        await ack()


def wanted_in(body: Payload) -> Wanted:
    """What a press or search in the library asks for: the words in its field, and its filters."""
    view = body.get("view") or {}
    words = tidy_words(state_values(view).text(ids.SEARCH_FIELD))
    return Wanted(words, decode_filters(view.get("private_metadata") or ""))
