"""What a JSON archive of case studies has to look like, in both versions that are read."""

from datetime import UTC, datetime
from typing import Any, get_args

from jsonschema import Draft202012Validator, FormatChecker

from bot.case_studies.fields.long_texts import LONGEST_TEXT
from storage.records.case_studies import CaseStudyStatus
from storage.records.case_study_history import CaseStudyEventKind, ChangeKind
from storage.records.case_study_sections import SectionState
from storage.records.published import GivenFacet

Schema = dict[str, Any]

LARGEST_NUMBER = 2**31 - 1
_checker = FormatChecker(formats=())


@_checker.checks("moment")
def is_moment(value: object) -> bool:
    """Whether a text is a date and time with a time zone, one that can be told in UTC."""
    if not isinstance(value, str):
        return True
    try:
        at = datetime.fromisoformat(value)
        return at.tzinfo is not None and at.astimezone(UTC).year > 0
    except (ValueError, OverflowError):
        return False


def _object(**properties: Schema) -> Schema:
    """An object with these members, all of them and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _or_null(schema: Schema) -> Schema:
    # Not by `anyOf`, whose faults do not say what is wrong.
    return {**schema, "type": [schema["type"], "null"]}


def _one_of(literal: Any) -> Schema:
    return {"enum": list(get_args(literal))}


_TEXT = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": "^[^\\u0000\\ud800-\\udfff]*$"}
_ID = {"type": "string", "pattern": r"^[A-Za-z0-9_-]{1,100}\Z"}
_TIME = {"type": "string", "format": "moment"}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER}
_PERSON = _object(team_id=_ID, user_id=_ID)
_VALUE = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_ANSWERS = {
    "type": "object",
    "propertyNames": _ID,
    "additionalProperties": _object(value=_VALUE, author=_PERSON, updated_at=_TIME),
}
_FIRST = {
    "workspace_id": _ID,
    "id": _ID,
    "template_id": _ID,
    "owner": _PERSON,
    "title": _TEXT,
    "created_at": _TIME,
    "updated_at": _TIME,
    "published_at": _or_null(_TIME),
    "answers": _ANSWERS,
}
_CHANGE = _object(
    number=_NUMBER,
    field_id=_ID,
    value=_VALUE,
    author=_PERSON,
    at=_TIME,
    kind=_one_of(ChangeKind),
    settles=_or_null(_NUMBER),
)
_EVENT = _object(
    number=_NUMBER,
    kind=_one_of(CaseStudyEventKind),
    actor=_PERSON,
    at=_TIME,
    last_change={**_NUMBER, "minimum": 0},
    title=_TEXT,
    note=_TEXT,
    person=_or_null(_PERSON),
)
_SECTION = _object(
    section_id=_ID,
    person=_PERSON,
    asked_by=_PERSON,
    asked_at=_TIME,
    state=_one_of(SectionState),
    reminded_at=_or_null(_TIME),
    note=_TEXT,
)
_HISTORY = _object(
    changes={"type": "array", "items": _CHANGE},
    events={"type": "array", "items": _EVENT},
    sections={"type": "array", "items": _SECTION},
    facets={
        "type": "object",
        "propertyNames": _one_of(GivenFacet),
        "additionalProperties": {"type": "array", "items": _TEXT},
    },
    asked_at=_or_null(_TIME),
)
SCHEMAS: dict[int, Schema] = {
    1: _object(**_FIRST, status={"enum": ["draft", "published"]}),
    2: _object(
        **_FIRST,
        status=_one_of(CaseStudyStatus),
        reviewer=_or_null(_PERSON),
        withdrawn_at=_or_null(_TIME),
        withdrawn_reason=_TEXT,
        history=_or_null(_HISTORY),
    ),
}
"""One case study, by the version of the archive."""

VALIDATORS = {
    version: Draft202012Validator(schema, format_checker=_checker) for version, schema in SCHEMAS.items()
}
