"""Files that people ask for.

Slack wants its answer within three seconds, and a file takes longer: the press is answered with a promise,
and the file follows as a direct message. Should that fail, the person is told there.
"""

import logging
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import cut, escape, plain, section
from bot.caller import read_caller
from bot.case_studies.answers import study_title
from bot.case_studies.exports.archive import archive_chunks
from bot.case_studies.exports.csv_table import csv_chunks
from bot.case_studies.exports.word import file_name, word_file
from bot.case_studies.modals import modal, stack_modal
from bot.case_studies.service import CaseStudyService
from bot.delivery.files import File, send_files
from bot.errors import UserError, explain
from bot.names import Names
from bot.uses import studies_counted
from storage.records.case_studies import CaseStudy

log = logging.getLogger(__name__)

Payload = dict[str, Any]

TITLE_LENGTH = 200
WORD_COMES = (
    "The Word file comes to you as a direct message from Common Ground. It takes a few seconds. Nobody else "
    "gets it."
)
ALL_COME = (
    "Two files come to you as a direct message from Common Ground: CSV for a spreadsheet, and JSON, which "
    "can be imported again. It takes a few seconds. Nobody else gets them."
)


class ExportListeners:
    """Each press has two methods: one answers it, one sends what was asked for."""

    def __init__(self, service: CaseStudyService) -> None:
        self._service = service
        self._names = Names()

    async def promise_word(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._service.readable(read_caller(context, body), body["actions"][0]["value"])
        self._service.template_of(study)
        await _say(WORD_COMES, body, client)
        await ack()

    async def send_word(self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await _or_tell(self._send_word(body, context, client), body, client)

    async def _send_word(self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        caller = read_caller(context, body)
        study = await self._service.readable(caller, body["actions"][0]["value"])
        people = [study.owner, *(answer.author for answer in study.answers.values())]
        names = await self._names.read(client, people)
        content = word_file(study, self._service.template_of(study), names)
        title = cut(study_title(study), TITLE_LENGTH)
        words = f"Here is the case study “{escape(title)}” as a Word file."
        await send_files(client, caller.person.user_id, words, [File(file_name(study), title, content)])

    async def promise_all(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        self._service.check_member(read_caller(context, body))
        await _say(ALL_COME, body, client)
        await ack()

    async def send_all(self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await _or_tell(self._send_all(body, context, client), body, client)

    async def _send_all(self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        caller = read_caller(context, body)
        studies = await self._service.all_published(caller)
        names = await self._names.read(client, (study.owner for study in studies))
        table = csv_chunks(_each(studies), self._service.templates, names)
        archive = archive_chunks(_with_nothing(studies))
        stem = f"case-studies-{datetime.now(UTC):%Y-%m-%d}"
        files = [
            File(f"{stem}.csv", "Case studies as a table", await _joined(table)),
            File(f"{stem}.json", "Case studies, complete", await _joined(archive)),
        ]
        words = f"Here is everything that has been published: {studies_counted(len(studies))}."
        await send_files(client, caller.person.user_id, words, files)


async def _say(words: str, body: Payload, client: AsyncWebClient) -> None:
    await stack_modal(modal("On its way", [section(plain(words))]), body, client)


async def _or_tell(sending: Awaitable[None], body: Payload, client: AsyncWebClient) -> None:
    """Send it, or tell the person in their direct messages why not: the press was answered long ago."""
    try:
        await sending
    except UserError:
        return  # Bolt starts this even when the press was refused, and then that was said
    except Exception as error:
        words = escape(f"The file could not be sent. {explain(error)}")
        try:
            await client.chat_postMessage(channel=body["user"]["id"], text=words)
        except Exception as failure:  # the fault itself is in the log by now
            log.warning("Could not tell the person: %s", type(failure).__name__)


async def _each(studies: list[CaseStudy]) -> AsyncIterator[CaseStudy]:
    for study in studies:
        yield study


async def _with_nothing(studies: list[CaseStudy]) -> AsyncIterator[tuple[CaseStudy, None]]:
    for study in studies:
        yield study, None


async def _joined(chunks: AsyncIterator[str]) -> bytes:
    return "".join([chunk async for chunk in chunks]).encode()
