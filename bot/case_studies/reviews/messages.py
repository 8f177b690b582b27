"""The messages of a review, which follow the case study: what is asked, and what was decided."""

from collections.abc import Sequence
from typing import get_args

from bot.blocks import day, section
from bot.case_studies.drafts.old_drafts import DELETED
from bot.case_studies.message_ids import study_of
from bot.case_studies.reviews.views import closed_content, decision_content, request_content
from bot.delivery.content import Content
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyEvent, Decision
from storage.records.messages import Message

DECISIONS = frozenset(get_args(Decision))
NOTHING_TO_DECIDE = "There is nothing for you to decide any more."
DECIDED = {
    "approved": "You approved it on {day}.",
    "changes_wanted": "You asked for changes on {day}.",
    "review_requested": "Somebody else has been asked instead. There is nothing for you to decide.",
}


class ReviewRenderer:
    """Renders what was asked of a reviewer, or what became of it."""

    def __init__(self, studies: CaseStudyStore) -> None:
        self._studies = studies

    async def render(self, message: Message) -> Content:
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [section(DELETED)])
        *_, user_id, moment = message.id.split(":")
        events = await self._studies.list_events(message.workspace_id, study.id)
        later = _after_request(events, user_id, int(moment))
        reviewer = study.reviewer if study.status == "in_review" else None
        if reviewer is not None and reviewer.user_id == user_id and not _answers(later):
            return request_content(study)
        return closed_content(study, _outcome(_answers(later)), may_read=_may_read(study, user_id, events))


class DecisionRenderer:
    """Renders what a reviewer decided, for the owner."""

    def __init__(self, studies: CaseStudyStore) -> None:
        self._studies = studies

    async def render(self, message: Message) -> Content | None:
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [section(DELETED)])
        moment = int(message.id.rpartition(":")[2])
        for event in await self._studies.list_events(message.workspace_id, study.id):
            if event.kind in DECISIONS and int(event.at.timestamp()) == moment:
                return decision_content(study, event)
        return None


def _after_request(events: Sequence[CaseStudyEvent], user_id: str, moment: int) -> Sequence[CaseStudyEvent]:
    for at, event in enumerate(events):
        asked = event.person.user_id if event.kind == "review_requested" and event.person else ""
        if asked == user_id and int(event.at.timestamp()) == moment:
            return events[at + 1 :]
    return events


def _may_read(study: CaseStudy, user_id: str, events: Sequence[CaseStudyEvent]) -> bool:
    """Whether the reviewer may still read it: what they decided on until it is withdrawn."""
    if study.status in {"published", "withdrawn"}:
        return study.status == "published"
    return any(event.kind in DECISIONS and event.actor.user_id == user_id for event in events)


def _answers(later: Sequence[CaseStudyEvent]) -> list[CaseStudyEvent]:
    return [event for event in later if event.kind in DECIDED]


def _outcome(answers: Sequence[CaseStudyEvent]) -> str:
    if not answers:
        return NOTHING_TO_DECIDE
    return DECIDED[answers[0].kind].format(day=day(answers[0].at))
