"""Which fields two states of a case study differ in, and how, as people read them: rules, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.case_studies.answers import value_lines
from bot.case_studies.history.differences import Piece, list_differences, shortened, word_differences
from knowledge.model import Field, Template
from storage.records.case_studies import FieldAnswer, FieldValue

NEW_ORDER = "Only the order has changed."

Values = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that says something else; `label` is its id once the template has no such field."""

    label: str
    pieces: tuple[Piece, ...]


def values_of(answers: Mapping[str, FieldAnswer]) -> dict[str, FieldValue]:
    """The answers by field id, without who gave them."""
    return {field_id: answer.value for field_id, answer in answers.items()}


def in_order(template: Template, field_ids: Iterable[str]) -> list[str]:
    """The ids, each once, in the template's order; then those that it has no more."""
    named = set(field_ids)
    known = [field.id for field in template.fields if field.id in named]
    return [*known, *sorted(named - set(known))]


def changed_fields(template: Template, before: Values, after: Values) -> list[str]:
    """The ids of the fields that differ."""
    named = in_order(template, [*before, *after])
    return [one for one in named if (before.get(one) or "") != (after.get(one) or "")]


def label_of(template: Template, field_id: str) -> str:
    """What the field is called."""
    field = template.field(field_id)
    return field.label if field else field_id


def differences(template: Template, before: Values, after: Values) -> tuple[FieldDifference, ...]:
    """Field by field, what was removed and what was added; only fields that differ."""
    return tuple(
        FieldDifference(
            label_of(template, field_id),
            _pieces(template.field(field_id), before.get(field_id, ""), after.get(field_id, "")),
        )
        for field_id in changed_fields(template, before, after)
    )


def _pieces(field: Field | None, before: FieldValue, after: FieldValue) -> tuple[Piece, ...]:
    if isinstance(before, str) and isinstance(after, str):
        return shortened(word_differences(_text(field, before), _text(field, after)))
    return _list_pieces(field, _items(before), _items(after))


def _list_pieces(field: Field | None, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Piece, ...]:
    """A line for each that went or came, and how many stayed."""
    removed, added = list_differences(before, after)
    if not removed and not added:
        return (Piece("left_out", NEW_ORDER),)
    lines = [Piece("removed", _name(field, one)) for one in removed]
    lines += [Piece("added", _name(field, one)) for one in added]
    stayed = len(before) - len(removed)
    if stayed:
        lines.append(Piece("left_out", f"{stayed} stayed." if stayed > 1 else "One stayed."))
    return tuple(_on_lines(lines))


def _on_lines(pieces: Iterable[Piece]) -> Iterable[Piece]:
    for number, piece in enumerate(pieces):
        if number:
            yield Piece("left_out", "\n")
        yield piece


def _items(value: FieldValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _text(field: Field | None, value: str) -> str:
    return "\n".join(value_lines(field, value)) if field else value


def _name(field: Field | None, item: str) -> str:
    return " ".join(value_lines(field, (item,))) if field else item
