"""Work by the clock: one case study as files, sent to whoever asked for them."""

import asyncio
import json

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import cut
from bot.caller import Caller
from bot.case_studies.answers import study_title
from bot.case_studies.exports.archive import FORMAT, VERSION
from bot.case_studies.exports.archive_records import plain_study
from bot.case_studies.exports.history_rows import history_rows, people_of
from bot.case_studies.exports.layout import Names, layout_of, people_in
from bot.case_studies.exports.markdown import markdown_study
from bot.case_studies.exports.orders import Form, StudyOrder, form_list
from bot.case_studies.exports.redaction import redacted, stand_in
from bot.case_studies.exports.rights import ExportRights
from bot.case_studies.exports.telling import IN_SLACK, REGRETS, TITLE_LENGTH, study_words
from bot.case_studies.exports.word import word_file
from bot.case_studies.service import GONE, CaseStudyService
from bot.clients import ClientFor
from bot.delivery.files import File, direct_channel, upload_files
from bot.delivery.ordered import OrderedFiles
from bot.delivery.sharing import FileSharing, Parcel
from bot.errors import UserError
from bot.exports.file_names import file_name
from bot.exports.pseudonyms import pseudonyms
from bot.names import Names as SlackNames
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyHistory
from storage.records.work import Work
from storage.store import Store

ENDINGS: dict[Form, str] = {"word": "docx", "markdown": "md", "json": "json"}


class StudyExport:
    """The handler of `case_studies.export`. Who may read it is asked again when it is made."""

    def __init__(
        self,
        store: Store,
        service: CaseStudyService,
        sharing: FileSharing,
        rights: ExportRights,
        client_for: ClientFor,
    ) -> None:
        self._store = store
        self._service = service
        self._ordered = OrderedFiles(sharing, client_for)
        self._rights = rights
        self._names = SlackNames()

    async def make(self, work: Work) -> None:
        """Make and upload what was ordered, and have it shared; a refusal is told to whoever asked."""
        order = StudyOrder.decode(work.subject)
        await self._ordered.make(
            work, order.asked_by.user_id, lambda client: self._parcel(client, work, order), REGRETS
        )

    async def _parcel(self, client: AsyncWebClient, work: Work, order: StudyOrder) -> Parcel:
        caller = Caller(work.workspace_id, order.asked_by)
        is_told = (await self._rights.check(caller, order.study_id)).is_told
        found = await self._store.case_studies.get_with_history(work.workspace_id, order.study_id)
        if found is None:
            raise UserError(GONE)
        study, history = found
        people = [*people_in(study), *study.authors, *people_of(history)]
        people += [study.reviewer] if study.reviewer else []
        names: Names = {}
        if order.unnamed:
            told = pseudonyms(people)
            study, history = redacted((study, history), told)
            names = {stand_in(name): name for name in told.values()}
        else:
            names = await self._names.read(client, people)
        files = await asyncio.to_thread(self._files, order, study, history if is_told else None, names)
        channel_id = await direct_channel(client, order.asked_by.user_id)
        uploaded = tuple(await upload_files(client, files))
        words = study_words(study, form_list(order.forms))
        return Parcel(channel_id, words, uploaded, None, order.asked_by.user_id, IN_SLACK)

    def _files(
        self, order: StudyOrder, study: CaseStudy, history: CaseStudyHistory | None, names: Names
    ) -> list[File]:
        title = cut(study_title(study), TITLE_LENGTH)
        return [
            File(
                file_name(study_title(study), ENDINGS[form], "case-study"),
                title,
                self._content(order, study, history, form, names),
            )
            for form in order.forms
        ]

    def _content(
        self,
        order: StudyOrder,
        study: CaseStudy,
        history: CaseStudyHistory | None,
        form: Form,
        names: Names,
    ) -> bytes:
        layout = layout_of(study, self._service.templates)
        told = history_rows(history, layout, names) if history and order.history else []
        if form == "word":
            return word_file(study, layout, names, told)
        if form == "markdown":
            return markdown_study(study, layout, names, told).encode()
        # What was written before a case study was published is for its authors and for admins.
        plain = plain_study(study, history)
        whole = {"format": FORMAT, "version": VERSION, "case_studies": [plain]}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode()
