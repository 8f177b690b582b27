"""Putting a published case study into a channel."""

from bot.caller import Caller
from bot.case_studies import ids, message_ids
from bot.case_studies.service import WITHDRAWN, CaseStudyService
from bot.errors import UserError
from storage.message_store import MessageStore
from storage.records.messages import Message

NOT_PUBLISHED = "Only a published case study can be shared. Publish it first, then share it."


class Sharing:
    """The cards of case studies of any workspace."""

    def __init__(self, service: CaseStudyService, messages: MessageStore) -> None:
        self._service = service
        self._messages = messages

    async def share(self, caller: Caller, study_id: str, channel_id: str) -> bool:
        """Put a card into the channel; False when it stands there already.

        :raises UserError: it is not published, or the caller is from another workspace
        """
        self._service.check_member(caller)
        study = await self._service.readable(caller, study_id)
        if study.status == "withdrawn":
            raise UserError(WITHDRAWN)
        if study.status != "published":
            raise UserError(NOT_PUBLISHED)
        card = Message(
            workspace_id=caller.workspace_id,
            id=message_ids.card_id(study_id, channel_id),
            kind=ids.CARD_KIND,
            subject=message_ids.subject(study_id),
            channel_id=channel_id,
        )
        if await self._messages.add_message(card):
            return True
        known = await self._messages.get_message(caller.workspace_id, card.id)
        if known and known.ts is None:  # Slack refused it then, and may take it now
            await self._messages.touch_subject(caller.workspace_id, card.subject)
            return True
        return False
