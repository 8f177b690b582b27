"""The content as values: what a library of strategies, tasks and templates is made of.

Ids are stable across releases and used unchanged in the store, in Slack and in exports.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

FieldKind = Literal["line", "text", "checkboxes", "date", "cost", "agencies", "strategies", "files"]
FilterName = Literal["", "outcome", "agency", "target_group", "strategy"]
_LISTS: frozenset[FieldKind] = frozenset({"checkboxes", "agencies", "strategies", "files"})


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)


def _with_id(items: Iterable[_Item], item_id: str) -> _Item | None:
    return next((item for item in items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Area:
    """One of the broad areas that themes belong to, such as working relationships."""

    id: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of strategies with one purpose, such as engendering trust."""

    id: str
    title: str
    summary: str
    area_id: str


@dataclass(frozen=True, slots=True)
class Strategy:
    """One thing known to help. `also` names other themes it can be read under; `source` is its citation.

    `asks` are ways in which people put the problem or wish that it answers; look-up lives on them.
    """

    id: str
    title: str
    text: str
    theme_id: str
    also: tuple[str, ...]
    asks: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the statements that a group ranks."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """A ranking task: what the group does, step by step, and what it ranks."""

    id: str
    title: str
    summary: str
    steps: tuple[str, ...]
    statements: tuple[Statement, ...]
    source: str

    def statement(self, statement_id: str) -> Statement | None:
        return _with_id(self.statements, statement_id)


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a checkboxes field, or one strategy of a strategies field."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a template.

    `line` is one line, `text` paragraphs, `date` a day, `cost` pounds and hours: each answered by one text.
    `checkboxes` are any of `options`, `strategies` any of the library's, `agencies` any names, `files` what
    was uploaded: each answered by a list. `help` may be empty; `example` is invented. `filter` is
    what case studies are filtered by with the answer; "" for nothing.
    """

    id: str
    label: str
    kind: FieldKind
    help: str
    example: str
    required: bool
    options: tuple[Option, ...]
    filter: FilterName = ""

    @property
    def is_list(self) -> bool:
        """Whether an answer is a list of texts, not one text."""
        return self.kind in _LISTS


@dataclass(frozen=True, slots=True)
class Section:
    """The questions that are answered and stored together. `intro` may be empty."""

    id: str
    title: str
    intro: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A form for a case study. The answer to the field `title_field` names the case study.

    A message that a case study is started from goes into the field `quote_field`.
    """

    id: str
    title: str
    summary: str
    title_field: str
    quote_field: str
    sections: tuple[Section, ...]
    source: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the sections; ids are unique within a template."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, field_id: str) -> Field | None:
        return _with_id(self.fields, field_id)

    def section(self, section_id: str) -> Section | None:
        return _with_id(self.sections, section_id)


@dataclass(frozen=True, slots=True)
class Term:
    """An acronym or a piece of jargon: what it means in plain words, and the themes it touches, by id."""

    term: str
    words: tuple[str, ...]
    theme_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of the sector that look-up knows beside those of the strategies.

    `synonyms` are groups of words used one for another; `elsewhere` are words of matters that no strategy
    answers, such as passwords or medicines, and `elsewhere_asks` whole questions about them.
    """

    terms: tuple[Term, ...]
    synonyms: tuple[tuple[str, ...], ...]
    elsewhere: tuple[str, ...]
    elsewhere_asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """All content, in its own order. A look-up by an id that is not here gives None."""

    areas: tuple[Area, ...]
    themes: tuple[Theme, ...]
    strategies: tuple[Strategy, ...]
    tasks: tuple[Task, ...]
    templates: tuple[Template, ...]
    glossary: Glossary

    def area(self, area_id: str) -> Area | None:
        return _with_id(self.areas, area_id)

    def theme(self, theme_id: str) -> Theme | None:
        return _with_id(self.themes, theme_id)

    def strategy(self, strategy_id: str) -> Strategy | None:
        return _with_id(self.strategies, strategy_id)

    def task(self, task_id: str) -> Task | None:
        return _with_id(self.tasks, task_id)

    def template(self, template_id: str) -> Template | None:
        return _with_id(self.templates, template_id)

    def themes_of(self, area_id: str) -> tuple[Theme, ...]:
        return tuple(theme for theme in self.themes if theme.area_id == area_id)

    def strategies_of(self, theme_id: str) -> tuple[Strategy, ...]:
        """The theme's own strategies, then those of other themes that can be read under it."""
        own = tuple(strategy for strategy in self.strategies if strategy.theme_id == theme_id)
        return own + tuple(strategy for strategy in self.strategies if theme_id in strategy.also)

    def theme_of(self, strategy: Strategy) -> Theme:
        """The strategy's own theme. Raises KeyError for a strategy of another library."""
        theme = self.theme(strategy.theme_id)
        if theme is None:
            raise KeyError(strategy.theme_id)
        return theme

    def area_of(self, theme: Theme) -> Area:
        """The theme's area. Raises KeyError for a theme of another library."""
        area = self.area(theme.area_id)
        if area is None:
            raise KeyError(theme.area_id)
        return area

    def source_of(self, strategy: Strategy) -> str:
        """The citation to print with the strategy."""
        return strategy.source
