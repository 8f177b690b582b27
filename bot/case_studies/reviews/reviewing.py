"""The verbs of approval: ask a second person, decide, see what waits.

Plain values in and out. Whoever a review is not asked of learns nothing about the case study.
"""

from datetime import datetime

from bot.caller import Caller
from bot.case_studies import ids, message_ids
from bot.case_studies.service import GONE, CaseStudyService
from bot.errors import UserError
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.case_study_history import Decision
from storage.records.messages import Message
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, OwnWorkError, Store

OWN_WORK = (
    "Whoever owns a case study or wrote some of it cannot approve it. Choose somebody who has not written "
    "in it."
)
APPROVING_OWN_WORK = (
    "You own this case study or wrote some of it, so you cannot approve it. Its owner can ask somebody who "
    "has not written in it."
)
NOT_ASKED = (
    "This review is not asked of you, or not any more. If you think that it should be, ask the author to "
    "ask you."
)
ASKED_ALREADY = (
    "They have been asked already, or it has been published. Choose somebody else, or wait for their answer."
)


class Reviews:
    """Approval of case studies by a second person, where the workspace wants it."""

    def __init__(self, store: Store, service: CaseStudyService) -> None:
        self._studies = store.case_studies
        self._settings = store.settings
        self._service = service

    async def is_needed(self, study: CaseStudy) -> bool:
        """Whether somebody has to approve what it says now before it is published."""
        if study.status not in {"draft", "in_review"}:
            return False
        settings = await self._settings.get(study.workspace_id)
        return settings.approval_required and not await self._studies.is_approved(
            study.workspace_id, study.id
        )

    async def ask(self, caller: Caller, study_id: str, reviewer: Person, *, at: datetime) -> CaseStudy:
        """Ask the reviewer in place of whoever was asked before, and tell them by direct message.

        :raises UserError: it is not the caller's, or the reviewer cannot be asked
        """
        await self._service.own(caller, study_id)
        request = Message(
            workspace_id=caller.workspace_id,
            id=f"{ids.REVIEW_KIND}:{study_id}:{reviewer.user_id}:{int(at.timestamp())}",
            kind=ids.REVIEW_KIND,
            subject=message_ids.subject(study_id),
            channel_id=reviewer.user_id,
        )
        try:
            return await self._studies.request_review(
                caller.workspace_id, study_id, reviewer=reviewer, by=caller.person, at=at, messages=[request]
            )
        except NotFoundError:
            raise UserError(GONE) from None
        except OwnWorkError:
            raise UserError(OWN_WORK) from None
        except ConflictError:
            raise UserError(ASKED_ALREADY) from None

    async def asked_of(self, caller: Caller, study_id: str) -> CaseStudy:
        """The case study whose review is asked of the caller; :raises UserError: it is not."""
        study = await self._studies.get_case_study(caller.workspace_id, study_id)
        if study is not None and caller.person in study.authors:
            raise UserError(APPROVING_OWN_WORK)
        if study is None or study.status != "in_review" or study.reviewer != caller.person:
            raise UserError(NOT_ASKED)
        return study

    async def decide(
        self, caller: Caller, study_id: str, decision: Decision, *, at: datetime, note: str = ""
    ) -> CaseStudy:
        """Approve what it says now, or send it back with a reason; its owner is told.

        :raises UserError: the review is not asked of the caller, or they wrote some of it
        """
        study = await self.asked_of(caller, study_id)
        told = Message(
            workspace_id=caller.workspace_id,
            id=f"{ids.DECISION_KIND}:{study_id}:{int(at.timestamp())}",
            kind=ids.DECISION_KIND,
            subject=message_ids.subject(study_id),
            channel_id=study.owner.user_id,
        )
        try:
            return await self._studies.decide_review(
                caller.workspace_id, study_id, decision, by=caller.person, at=at, note=note, messages=[told]
            )
        except OwnWorkError:
            raise UserError(APPROVING_OWN_WORK) from None
        except (NotFoundError, ConflictError):
            raise UserError(NOT_ASKED) from None

    async def waiting(self, caller: Caller, *, limit: int) -> list[CaseStudySummary]:
        """What waits for the caller's review, the longest unchanged first."""
        return await self._studies.list_to_review(caller.workspace_id, caller.person, limit=limit)
