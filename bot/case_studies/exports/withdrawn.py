"""Every case study that was withdrawn, for admins of the workspace: they answer requests for information."""

from collections.abc import Sequence

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import Block

from bot.admins import Admins
from bot.admins_only import read_admin
from bot.blocks import button, day, escape, section
from bot.caller import Payload
from bot.case_studies import ids
from bot.case_studies.drafts.views import turn_buttons
from bot.case_studies.modals import Modal, modal, show_modal, stack_modal
from bot.case_studies.phrases import short_title
from bot.values import pressed_value
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudySummary

A_PAGE = 10
WHAT = (
    "What these case studies said is kept, and read by nobody but those who wrote it. You can export one, "
    "with its history, to answer a request for information. Each export is in the audit log."
)
NOTHING = "No case study has been withdrawn in this workspace."


class WithdrawnListeners:
    """For admins of the workspace."""

    def __init__(self, studies: CaseStudyStore, admins: Admins) -> None:
        self._studies = studies
        self._admins = admins

    async def open_withdrawn(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        await stack_modal(await self._modal(caller.workspace_id, 0), body, client)
        await ack()

    async def turn_withdrawn(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = await read_admin(self._admins, body, context)
        offset = ids.Turn.decode(pressed_value(body)).at
        await show_modal(await self._modal(caller.workspace_id, offset), body, client)
        await ack()

    async def _modal(self, workspace_id: str, offset: int) -> Modal:
        found = await self._studies.list_withdrawn(workspace_id, limit=A_PAGE + 1, offset=offset)
        return withdrawn_list(found, offset)


def withdrawn_list(studies: Sequence[CaseStudySummary], offset: int = 0) -> Modal:
    """`studies` from `offset` on, one more than a page if there are more."""
    blocks: list[Block] = [section(WHAT if studies or offset else NOTHING)]
    blocks += [_row(study) for study in studies[:A_PAGE]]
    blocks += turn_buttons(
        "",
        offset,
        A_PAGE,
        len(studies) > A_PAGE,
        ids.NEWER_WITHDRAWN,
        ids.OLDER_WITHDRAWN,
        "case studies",
    )
    return modal("Withdrawn", blocks)


def _row(study: CaseStudySummary) -> Block:
    title = short_title(study)
    return section(
        f"*{escape(title)}*\nWithdrawn on {day(study.withdrawn_at or study.updated_at)}",
        accessory=button("Export", ids.OPEN_EXPORT, study.id, spoken=f"Export {title}"),
    )
