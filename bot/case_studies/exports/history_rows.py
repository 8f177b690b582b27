"""The history of a case study as rows of a table: what was asked, written, decided and changed, in order."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from bot.case_studies.answers import value_lines
from bot.case_studies.exports.layout import Names, name_of
from bot.dates import utc_text
from knowledge.model import Field, Template
from storage.records.case_study_history import CaseStudyEvent, CaseStudyHistory, Change
from storage.records.case_study_sections import SectionRequest
from storage.records.people import Person

HISTORY = "History"
HISTORY_HEADS = ("When", "What happened", "Words")
NOTHING_LEFT = "(emptied)"

HistoryRow: TypeAlias = tuple[list[str], list[str], list[str]]
"""When, what happened, and the words that were written then, line by line."""


def history_rows(history: CaseStudyHistory, layout: Template, names: Names) -> list[HistoryRow]:
    """Everything that is kept of it, the earliest first."""
    sections = {section.id: section.title for section in layout.sections}
    fields = {field.id: field for field in layout.fields}
    told: list[tuple[datetime, str, list[str]]] = [
        *(_asked(request, sections, names) for request in history.sections),
        *(_changed(change, fields, names) for change in history.changes),
        *(_happened(event, names) for event in history.events),
    ]
    told.sort(key=lambda each: each[0])
    return [([utc_text(at)], [what], words) for at, what, words in told]


def people_of(history: CaseStudyHistory) -> Iterator[Person]:
    """Everybody whom the rows name."""
    for request in history.sections:
        yield from (request.person, request.asked_by)
    for change in history.changes:
        yield change.author
    for event in history.events:
        yield from (person for person in (event.actor, event.person) if person)


def _asked(
    request: SectionRequest, sections: dict[str, str], names: Names
) -> tuple[datetime, str, list[str]]:
    asked_by, asked = name_of(request.asked_by, names), name_of(request.person, names)
    title = sections.get(request.section_id, request.section_id)
    ends = {"asked": "", "done": " It has been written.", "withdrawn": " That was taken back."}
    return (
        request.asked_at,
        f"{asked_by} asked {asked} to write “{title}”.{ends[request.state]}",
        request.note.splitlines(),
    )


def _changed(change: Change, fields: dict[str, Field], names: Names) -> tuple[datetime, str, list[str]]:
    who, field = name_of(change.author, names), fields.get(change.field_id)
    label = field.label if field else change.field_id
    what = {
        "saved": f"{who} wrote “{label}”.",
        "set_aside": f"{who} wrote “{label}” while somebody else did. This text waited for a choice.",
        "kept": f"{who} chose what “{label}” says.",
    }[change.kind]
    lines = value_lines(field, change.value) if field else _plain_lines(change)
    return change.at, what, [line for line in lines if line.strip()] or [NOTHING_LEFT]


def _plain_lines(change: Change) -> list[str]:
    return change.value.splitlines() if isinstance(change.value, str) else list(change.value)


def _happened(event: CaseStudyEvent, names: Names) -> tuple[datetime, str, list[str]]:
    who = name_of(event.actor, names)
    other = name_of(event.person, names) if event.person else "somebody"
    what = {
        "review_requested": f"{who} asked {other} to approve it.",
        "approved": f"{who} approved it.",
        "changes_wanted": f"{who} asked for changes.",
        "published": f"{who} published it.",
        "edited": f"{who} changed it after its publication.",
        "withdrawn": f"{who} withdrew it.",
        "owner": f"{who} handed it on to {other}.",
    }[event.kind]
    return event.at, what, event.note.splitlines()
