"""Case studies as plain JSON values and back, nothing left out and in one order always."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.case_study_history import CaseStudyEvent, CaseStudyHistory, Change
from storage.records.case_study_sections import SectionRequest
from storage.records.people import Person

Plain = dict[str, Any]

_SAID_ELSEWHERE = {"last_change", "answers"}
_OF_STUDY = {"workspace_id", "case_study_id"}


def plain_study(study: CaseStudy, history: CaseStudyHistory | None) -> Plain:
    """The newest change is not told: it is the last of the history."""
    return {
        **_plain_record(study, without=_SAID_ELSEWHERE),
        "answers": {
            field_id: _plain_record(answer, without={"field_id"})
            for field_id, answer in sorted(study.answers.items())
        },
        "history": None if history is None else _plain_history(history),
    }


def read_study(found: Plain) -> tuple[CaseStudy, CaseStudyHistory | None]:
    """What `plain_study` was given; of version 1, which knew less, the rest as it was then."""
    history = _history(found, found["history"]) if found.get("history") else None
    study = CaseStudy(
        workspace_id=found["workspace_id"],
        id=found["id"],
        template_id=found["template_id"],
        owner=Person(**found["owner"]),
        status=found["status"],
        title=found["title"],
        created_at=datetime.fromisoformat(found["created_at"]),
        updated_at=datetime.fromisoformat(found["updated_at"]),
        published_at=_time(found["published_at"]),
        reviewer=_person(found.get("reviewer")),
        withdrawn_at=_time(found.get("withdrawn_at")),
        withdrawn_reason=found.get("withdrawn_reason", ""),
        answers={field_id: _answer(field_id, answer) for field_id, answer in found["answers"].items()},
        last_change=max((change.number for change in history.changes), default=0) if history else 0,
    )
    return study, history


def _plain_history(history: CaseStudyHistory) -> Plain:
    return {
        "changes": [_plain_record(change) for change in history.changes],
        "events": [_plain_record(event) for event in history.events],
        "sections": [_plain_record(section, without=_OF_STUDY) for section in history.sections],
        "facets": {facet: sorted(values) for facet, values in sorted(history.facets.items()) if values},
        "asked_at": _plain(history.asked_at),
    }


def _plain_record(record: Any, without: set[str] | None = None) -> Plain:
    """A record's fields by name, one that is added later too."""
    return {
        field.name: _plain(getattr(record, field.name))
        for field in fields(record)
        if field.name not in (without or ())
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return _plain_record(value) if is_dataclass(value) else value


def _history(study: Plain, found: Plain) -> CaseStudyHistory:
    return CaseStudyHistory(
        changes=tuple(_change(change) for change in found["changes"]),
        events=tuple(_event(event) for event in found["events"]),
        sections=tuple(
            SectionRequest(
                **section
                | {
                    "workspace_id": study["workspace_id"],
                    "case_study_id": study["id"],
                    "person": Person(**section["person"]),
                    "asked_by": Person(**section["asked_by"]),
                    "asked_at": datetime.fromisoformat(section["asked_at"]),
                    "reminded_at": _time(section["reminded_at"]),
                }
            )
            for section in found["sections"]
        ),
        facets={facet: tuple(values) for facet, values in found["facets"].items()},
        asked_at=_time(found["asked_at"]),
    )


def _change(found: Plain) -> Change:
    settles = found["settles"]
    return Change(
        **found
        | {
            # JSON's 1.0 is a whole number too.
            "number": int(found["number"]),
            "settles": None if settles is None else int(settles),
            "value": _value(found["value"]),
            "author": Person(**found["author"]),
            "at": datetime.fromisoformat(found["at"]),
        }
    )


def _event(found: Plain) -> CaseStudyEvent:
    return CaseStudyEvent(
        **found
        | {
            "number": int(found["number"]),
            "last_change": int(found["last_change"]),
            "actor": Person(**found["actor"]),
            "at": datetime.fromisoformat(found["at"]),
            "person": _person(found["person"]),
        }
    )


def _answer(field_id: str, found: Plain) -> FieldAnswer:
    return FieldAnswer(
        field_id,
        _value(found["value"]),
        Person(**found["author"]),
        datetime.fromisoformat(found["updated_at"]),
    )


def _value(found: str | list[str]) -> FieldValue:
    return found if isinstance(found, str) else tuple(found)


def _person(found: Mapping[str, str] | None) -> Person | None:
    return Person(**found) if found else None


def _time(found: str | None) -> datetime | None:
    return datetime.fromisoformat(found) if found else None
