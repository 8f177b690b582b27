"""Case studies as JSON, complete: what is read back is what was written, with its history and who wrote what.

An archive may be larger than the memory, so that it is written and read one case study at a time.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import Any, TextIO, TypeAlias

from jsonschema.exceptions import ValidationError

from bot.case_studies.exports.archive_checks import contradictions
from bot.case_studies.exports.archive_records import plain_study, read_study
from bot.case_studies.exports.archive_schema import VALIDATORS
from bot.exports.json_text import JsonError, JsonText
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyHistory

FORMAT = "common-ground-case-studies"
VERSION = 2
FAULTS_TOLD = 10

Kept: TypeAlias = tuple[CaseStudy, CaseStudyHistory | None]
"""A case study with its history; None for one that comes without."""


class ArchiveError(Exception):
    """The file is not an archive of case studies; `faults` says what is wrong, and where."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


async def archive_chunks(kept: AsyncIterator[Kept]) -> AsyncIterator[str]:
    """The archive piece by piece, a case study on each line."""
    yield f'{{"format": {json.dumps(FORMAT)}, "version": {VERSION}, "case_studies": ['
    separator = "\n"
    async for study, history in kept:
        yield separator + json.dumps(plain_study(study, history), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def check_archive(stream: TextIO) -> int:
    """How many case studies an archive holds; :raises ArchiveError: with every fault, up to ten."""
    faults: list[str] = []
    places: dict[tuple[str, str], int] = {}
    entries = _entries(stream)
    while len(faults) < FAULTS_TOLD:
        try:
            at, version, found = next(entries)
        except StopIteration:
            break
        except ArchiveError as error:
            faults += error.faults
            break
        wrong = list(islice(_faults(version, found), FAULTS_TOLD))
        if not wrong:
            key = found["workspace_id"], found["id"]
            if places.setdefault(key, at) != at:
                wrong = [f"id: the same as that of case_studies[{places[key]}]"]
        faults += [_placed(at, fault) for fault in wrong]
    if faults:
        raise ArchiveError(faults[:FAULTS_TOLD])
    return len(places)


def read_archive(stream: TextIO) -> Iterator[Kept]:
    """The case studies, one by one, of an archive in which `check_archive` has found no fault."""
    return (read_study(found) for _, _, found in _entries(stream))


def _entries(stream: TextIO) -> Iterator[tuple[int, int, Any]]:
    """Each case study as it stands there, with its place and the archive's version.

    :raises ArchiveError: it is no archive, or breaks off
    """
    head: dict[str, Any] = {}
    text = JsonText(stream)
    try:
        for name in text.members():
            if name != "case_studies":
                head[name] = text.value()
                continue
            version = _version(head)
            if not text.is_list():
                raise ArchiveError([f"case_studies: {_short(text.value())} is not of type 'array'"])
            for at, found in enumerate(text.elements()):
                yield at, version, found
            head[name] = None
    except JsonError as error:
        raise ArchiveError([str(error)]) from None
    if "case_studies" not in head:
        _version(head)
        raise ArchiveError(["case_studies: this is missing"])


def _version(head: dict[str, Any]) -> int:
    if head.get("format") != FORMAT:
        raise ArchiveError([f"format: {FORMAT!r} was expected, before case_studies"])
    version = head.get("version")
    if not isinstance(version, int) or version is True or version not in VALIDATORS:
        known = " or ".join(map(str, VALIDATORS))
        raise ArchiveError(
            [
                f"version: {known} was expected, before case_studies, and this is {_short(version)}. "
                "Should a newer Common Ground have written the file, update this one."
            ]
        )
    return version


def _faults(version: int, found: Any) -> Iterator[str]:
    """What is wrong with one case study; its place in it, a colon and the reason."""
    errors = VALIDATORS[version].iter_errors(found)
    is_sound = True
    for error in errors:
        is_sound = False
        yield f"{_place(error.absolute_path)}: {_reason(error)}"
    if is_sound:
        yield from contradictions(found)


def _placed(at: int, fault: str) -> str:
    return f"case_studies[{at}]{'' if fault.startswith(':') else '.'}{fault}"


def _reason(error: ValidationError) -> str:
    if error.validator == "format":
        return f"{_short(error.instance)} is not a date and time with a time zone"
    return error.message if len(error.message) <= 200 else f"not accepted by the rule {error.validator!r}"


def _place(path: Iterable[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
