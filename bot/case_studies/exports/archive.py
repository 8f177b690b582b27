"""Case studies as JSON, complete: what is read back is what was written, with authors, times and status."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.people import Person

FORMAT = "common-ground-case-studies"
VERSION = 1
FAULTS_TOLD = 10

_TEXT = {"type": "string", "maxLength": 6_000, "pattern": "^[^\\u0000\\ud800-\\udfff]*$"}
_ID = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$"}
_TIME = {"type": "string", "format": "time"}
_PERSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["team_id", "user_id"],
    "properties": {"team_id": _ID, "user_id": _ID},
}
_ANSWER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["value", "author", "updated_at"],
    "properties": {
        "value": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
        "author": _PERSON,
        "updated_at": _TIME,
    },
}
_STUDY = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "workspace_id",
        "id",
        "template_id",
        "owner",
        "status",
        "title",
        "created_at",
        "updated_at",
        "published_at",
        "answers",
    ],
    "properties": {
        "workspace_id": _ID,
        "id": _ID,
        "template_id": _ID,
        "owner": _PERSON,
        "status": {"enum": ["draft", "published"]},
        "title": _TEXT,
        "created_at": _TIME,
        "updated_at": _TIME,
        "published_at": {"anyOf": [_TIME, {"type": "null"}]},
        "answers": {"type": "object", "propertyNames": _ID, "additionalProperties": _ANSWER},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["format", "version", "case_studies"],
    "properties": {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "case_studies": {"type": "array", "items": _STUDY},
    },
}


class ArchiveError(Exception):
    """The file is not an archive of case studies; `faults` says what is wrong, and where."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


async def archive_chunks(studies: AsyncIterator[CaseStudy]) -> AsyncIterator[str]:
    """The archive piece by piece, so that no more than one case study is held at a time."""
    yield f'{{"format": {json.dumps(FORMAT)}, "version": {VERSION}, "case_studies": ['
    separator = "\n"
    async for study in studies:
        yield separator + json.dumps(_plain_study(study), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def read_archive(text: str) -> list[CaseStudy]:
    """The case studies of an archive; :raises ArchiveError: with every fault, up to ten."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArchiveError([f"line {error.lineno}, column {error.colno}: not JSON ({error.msg})"]) from None
    except RecursionError:
        raise ArchiveError(["the JSON is nested too deeply to be an export of case studies"]) from None
    errors = list(islice(Draft202012Validator(SCHEMA).iter_errors(found), FAULTS_TOLD))
    if errors:
        raise ArchiveError([_fault(error) for error in errors])
    faults = [fault for at, study in enumerate(found["case_studies"]) for fault in _time_faults(at, study)]
    if faults:
        raise ArchiveError(faults[:FAULTS_TOLD])
    return [_study(study) for study in found["case_studies"]]


def _plain_study(study: CaseStudy) -> dict[str, Any]:
    return {
        "workspace_id": study.workspace_id,
        "id": study.id,
        "template_id": study.template_id,
        "owner": _plain_person(study.owner),
        "status": study.status,
        "title": study.title,
        "created_at": study.created_at.isoformat(),
        "updated_at": study.updated_at.isoformat(),
        "published_at": study.published_at.isoformat() if study.published_at else None,
        "answers": {
            field_id: {
                "value": answer.value if isinstance(answer.value, str) else list(answer.value),
                "author": _plain_person(answer.author),
                "updated_at": answer.updated_at.isoformat(),
            }
            for field_id, answer in study.answers.items()
        },
    }


def _plain_person(person: Person) -> dict[str, str]:
    return {"team_id": person.team_id, "user_id": person.user_id}


def _study(found: dict[str, Any]) -> CaseStudy:
    published_at = found["published_at"]
    return CaseStudy(
        workspace_id=found["workspace_id"],
        id=found["id"],
        template_id=found["template_id"],
        owner=Person(**found["owner"]),
        status=found["status"],
        title=found["title"],
        created_at=datetime.fromisoformat(found["created_at"]),
        updated_at=datetime.fromisoformat(found["updated_at"]),
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        answers={field_id: _answer(field_id, answer) for field_id, answer in found["answers"].items()},
    )


def _answer(field_id: str, found: dict[str, Any]) -> FieldAnswer:
    value: FieldValue = found["value"] if isinstance(found["value"], str) else tuple(found["value"])
    return FieldAnswer(
        field_id, value, Person(**found["author"]), datetime.fromisoformat(found["updated_at"])
    )


def _fault(error: ValidationError) -> str:
    where = _place(error.absolute_path)
    reason = error.message if len(error.message) <= 200 else f"not accepted by the rule {error.validator!r}"
    return f"{where}: {reason}"


def _place(path: Sequence[str | int]) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return steps.lstrip(".") or "the file"


def _time_faults(at: int, study: dict[str, Any]) -> Iterator[str]:
    where = f"case_studies[{at}]"
    times = {name: study[name] for name in ("created_at", "updated_at", "published_at")}
    times |= {f"answers.{name}.updated_at": answer["updated_at"] for name, answer in study["answers"].items()}
    for name, text in times.items():
        if text is not None and not _is_time(text):
            yield f"{where}.{name}: {text!r} is not a date and time with a time zone"
    if (study["status"] == "published") != (study["published_at"] is not None):
        yield f"{where}.published_at: a published case study has it, and a draft has null"


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
