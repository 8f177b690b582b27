"""What a form says of each field, read back to a plain value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.case_studies.answers import fits
from bot.case_studies.fields.costs import HOURS_ASKED, POUNDS_ASKED, TOO_MUCH, Cost, read_amount
from bot.case_studies.fields.long_texts import BETWEEN, NEARLY_FULL, join_text
from bot.case_studies.fields.uploads import ALLOWED, MOST_FILES, from_slack, read_upload, upload_fault
from bot.case_studies.ids import HOURS, KEPT, part_id
from knowledge.model import Field, FieldKind
from storage.records.case_studies import FieldValue

_Sent = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says of one field: None leaves the stored value alone. `faults` are by block id."""

    value: FieldValue | None
    faults: dict[str, str] = default(default_factory=dict)


def read_field(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    """The field's value in `sent`, a form's inputs by block id."""
    if field.id not in sent:
        return Reading(None)
    reading = _READERS[field.kind](field, sent, stored)
    if not reading.value and stored and not fits(field, stored):
        return Reading(None, reading.faults)
    return reading


def needs_more_room(field: Field, value: FieldValue, sent: _Sent) -> bool:
    """Whether a second field has to be offered now that the form did not have."""
    long = field.kind == "text" and len(value) >= NEARLY_FULL
    return long and not any(part_id(field.id, between) in sent for between in BETWEEN)


def _read_line(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    return Reading(_text_of(sent[field.id]))


def _read_text(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    first = _text_of(sent[field.id])
    for between in BETWEEN:
        if part_id(field.id, between) in sent:
            return Reading(join_text(first, _text_of(sent[part_id(field.id, between)]), between))
    return Reading(first)


def _read_checkboxes(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    ticked = _texts_of(sent[field.id])
    return Reading(tuple(option.id for option in field.options if option.id in ticked))


def _read_date(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    typed = _text_of(sent[field.id])
    try:
        return Reading(date.fromisoformat(typed).isoformat() if typed else "")
    except ValueError:
        return Reading(None, {field.id: "Choose a day from the calendar."})


def _read_cost(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    numbers: list[Decimal | None] = []
    faults = {}
    for part, asked in (("", POUNDS_ASKED), (HOURS, HOURS_ASKED)):
        try:
            numbers.append(read_amount(_text_of(sent.get(part_id(field.id, part), ""))))
        except InvalidOperation:
            faults[part_id(field.id, part)] = asked
        except OverflowError:
            faults[part_id(field.id, part)] = TOO_MUCH
    return Reading(None, faults) if faults else Reading(Cost(numbers[0], numbers[1]).words)


def _read_agencies(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    names = [" ".join(name.split()) for name in _texts_of(sent[field.id])]
    return Reading(tuple({name.casefold(): name for name in reversed(names) if name}.values())[::-1])


def _read_strategies(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    known = {option.id for option in field.options} | set(stored)
    return Reading(tuple(dict.fromkeys(one for one in _texts_of(sent[field.id]) if one in known)))


def _read_files(field: Field, sent: _Sent, stored: FieldValue) -> Reading:
    kept = part_id(field.id, KEPT)
    ticked = _texts_of(sent[kept]) if kept in sent else None
    before = [read_upload(kept) for kept in stored] if not isinstance(stored, str) else []
    files = {file.id: file for file in before if ticked is None or file.id in ticked}
    for file in _files_of(sent[field.id]):
        if fault := upload_fault(file):
            return Reading(None, {field.id: fault})
        files[str(file["id"])] = from_slack(file)
    if len(files) > MOST_FILES:
        return Reading(None, {field.id: f"These are {len(files)} files. {ALLOWED}"})
    return Reading(tuple(file.kept for file in files.values()))


def _text_of(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _texts_of(found: Any) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _files_of(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


_READERS: dict[FieldKind, Callable[[Field, _Sent, FieldValue], Reading]] = {
    "line": _read_line,
    "text": _read_text,
    "checkboxes": _read_checkboxes,
    "date": _read_date,
    "cost": _read_cost,
    "agencies": _read_agencies,
    "strategies": _read_strategies,
    "files": _read_files,
}
