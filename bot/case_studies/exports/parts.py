"""Files of many case studies, filled one by one until they are large enough to be sent off."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.case_studies.exports.archive import FORMAT, VERSION
from bot.case_studies.exports.archive_records import plain_study
from bot.case_studies.exports.csv_table import csv_head, csv_line
from bot.case_studies.exports.layout import Names, layout_of
from bot.case_studies.exports.markdown import markdown_study
from bot.case_studies.exports.orders import Form
from bot.case_studies.exports.word import word_book
from bot.dates import day_text
from knowledge.model import Template
from storage.records.case_studies import CaseStudy
from storage.records.people import Person

LARGEST_PART = 20_000_000
"""Characters of a text part. Slack takes more, but it is in memory, and has to be sent within its time."""
MOST_IN_A_BOOK = 100
"""Case studies in one Word file: Word opens a longer one slowly, and nobody finds anything in it."""


class Part(Protocol):
    """A file that is being filled."""

    ending: str

    @property
    def is_full(self) -> bool: ...

    def add(self, study: CaseStudy, names: Names) -> None: ...

    def content(self) -> bytes:
        """The file; may take seconds, so that it is made in a thread."""


def new_part(form: Form, templates: Sequence[Template], at: datetime) -> Part:
    """An empty file of this form."""
    match form:
        case "word":
            return _Book(templates, at)
        case "markdown":
            return _Markdown(templates, at)
        case "csv":
            return _Table(templates)
        case "json":
            return _Archive()


class _Text:
    """Pieces of text, counted."""

    ending = "txt"

    def __init__(self, head: str) -> None:
        self._pieces = [head]
        self._length = len(head)

    @property
    def is_full(self) -> bool:
        return self._length >= LARGEST_PART

    def content(self) -> bytes:
        return "".join(self._pieces).encode()

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


class _Table(_Text):
    ending = "csv"

    def __init__(self, templates: Sequence[Template]) -> None:
        super().__init__(csv_head(templates))
        self._templates = templates

    def add(self, study: CaseStudy, names: Names) -> None:
        self._put(csv_line(study, self._templates, names))


class _Markdown(_Text):
    ending = "md"

    def __init__(self, templates: Sequence[Template], at: datetime) -> None:
        super().__init__(f"# Case studies\n\nExported from Common Ground on {day_text(at)}.\n")
        self._templates = templates

    def add(self, study: CaseStudy, names: Names) -> None:
        self._put("\n" + markdown_study(study, layout_of(study, self._templates), names, level=2))


class _Archive(_Text):
    """Without histories: what was written before a case study was published is for its authors."""

    ending = "json"

    def __init__(self) -> None:
        super().__init__(f'{{"format": {json.dumps(FORMAT)}, "version": {VERSION}, "case_studies": [')

    def add(self, study: CaseStudy, names: Names) -> None:
        separator = ",\n" if len(self._pieces) > 1 else "\n"
        self._put(separator + json.dumps(plain_study(study, None), ensure_ascii=False))

    def content(self) -> bytes:
        return super().content() + b"\n]}\n"


class _Book:
    ending = "docx"

    def __init__(self, templates: Sequence[Template], at: datetime) -> None:
        self._templates = templates
        self._at = at
        self._entries: list[tuple[CaseStudy, Template]] = []
        self._names: dict[Person, str] = {}

    @property
    def is_full(self) -> bool:
        return len(self._entries) >= MOST_IN_A_BOOK

    def add(self, study: CaseStudy, names: Names) -> None:
        self._entries.append((study, layout_of(study, self._templates)))
        self._names |= names

    def content(self) -> bytes:
        note = f"Exported from Common Ground on {day_text(self._at)}"
        return word_book(self._entries, "Case studies", note, self._names, self._at)
