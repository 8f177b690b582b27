"""What one case study of an archive must not say of itself, although each part of it may be said."""

from collections.abc import Iterator
from typing import Any

Found = dict[str, Any]

_NEVER_PUBLISHED = "a draft and one in review have null"


def contradictions(study: Found) -> Iterator[str]:
    """Each as `place: what is wrong with it`, the place seen from the case study."""
    status = study["status"]
    if status in {"published", "withdrawn"}:
        if study["published_at"] is None:
            yield f"published_at: a {status} case study has it, and {_NEVER_PUBLISHED}"
    elif study["published_at"] is not None:
        yield f"published_at: a published or withdrawn case study has it, and {_NEVER_PUBLISHED}"
    if (status == "withdrawn") != (study.get("withdrawn_at") is not None):
        yield "withdrawn_at: a withdrawn case study has it, and all others have null"
    if status != "withdrawn" and study.get("withdrawn_reason"):
        yield "withdrawn_reason: only a withdrawn case study has one"
    if status != "in_review" and study.get("reviewer"):
        yield "reviewer: only a case study in review waits for one"
    if history := study.get("history"):
        yield from _of_numbers("changes", history["changes"])
        yield from _of_numbers("events", history["events"])
        yield from _of_changes(history["changes"])
        yield from _of_sections(history["sections"])


def _of_numbers(name: str, found: list[Found]) -> Iterator[str]:
    last = 0
    for at, each in enumerate(found):
        if each["number"] <= last:
            yield f"history.{name}[{at}].number: each is larger than the one before, which is {last}"
        last = each["number"]


def _of_changes(changes: list[Found]) -> Iterator[str]:
    """A choice between two texts needs both of them."""
    saved: set[str] = set()
    waiting: dict[int, str] = {}
    for at, change in enumerate(changes):
        if change["settles"] is not None and waiting.get(change["settles"]) != change["field_id"]:
            yield f"history.changes[{at}].settles: no text of this field was set aside as this number"
        if change["kind"] == "saved":
            saved.add(change["field_id"])
        elif change["kind"] == "set_aside":
            if change["field_id"] not in saved:
                yield f"history.changes[{at}].kind: nothing was saved in this field that it was set aside for"
            waiting[change["number"]] = change["field_id"]


def _of_sections(sections: list[Found]) -> Iterator[str]:
    seen = set()
    for at, section in enumerate(sections):
        asked = section["section_id"], section["person"]["team_id"], section["person"]["user_id"]
        if asked in seen:
            yield f"history.sections[{at}]: this section is asked of this person twice"
        seen.add(asked)
