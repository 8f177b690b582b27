"""Drafts that are given up: their owners asked about them, and deleted."""

from collections.abc import Sequence
from datetime import datetime

from storage.case_study_rows import lock
from storage.case_study_touch import touch_study
from storage.columns import optional_time
from storage.database import Script
from storage.messages import insert_messages
from storage.records.messages import Message
from storage.store import ConflictError

_OF_STUDY = "WHERE workspace_id = :workspace_id AND case_study_id = :id"
_DELETE_DRAFT = (
    f"DELETE FROM case_study_answers {_OF_STUDY}",
    f"DELETE FROM case_study_changes {_OF_STUDY}",
    f"DELETE FROM case_study_events {_OF_STUDY}",
    f"DELETE FROM case_study_sections {_OF_STUDY}",
    "DELETE FROM case_studies WHERE workspace_id = :workspace_id AND id = :id",
)
_GET_ASKED = "SELECT asked_at FROM case_studies WHERE workspace_id = :workspace_id AND id = :id"
_SET_ASKED = "UPDATE case_studies SET asked_at = :at WHERE workspace_id = :workspace_id AND id = :id"


def get_asked(workspace_id: str, study_id: str) -> Script[datetime | None]:
    """When its owner was last asked what is to become of it."""
    asked = yield _GET_ASKED, {"workspace_id": workspace_id, "id": study_id}
    return optional_time(asked[0]["asked_at"]) if asked else None


def set_asked(workspace_id: str, study_id: str, at: datetime) -> Script[None]:
    yield _SET_ASKED, {"workspace_id": workspace_id, "id": study_id, "at": at}


def record_asked(workspace_id: str, study_id: str, at: datetime, messages: Sequence[Message]) -> Script[None]:
    study = yield from lock(workspace_id, study_id)
    if study.status != "draft":
        raise ConflictError(f"case study {study_id} is {study.status}")
    yield from set_asked(workspace_id, study_id, at)
    yield from insert_messages(messages)


def delete_draft(workspace_id: str, study_id: str) -> Script[None]:
    study = yield from lock(workspace_id, study_id)
    if study.published_at is not None:
        raise ConflictError(f"case study {study_id} has been published")
    yield from touch_study(study)
    for sql in _DELETE_DRAFT:
        yield sql, {"workspace_id": workspace_id, "id": study_id}
