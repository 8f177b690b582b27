"""Case studies as Markdown: headings, the facts in front, a table for each section as in the template."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from bot.case_studies.answers import study_title, writers_of
from bot.case_studies.exports.history_rows import HISTORY, HISTORY_HEADS, HistoryRow
from bot.case_studies.exports.layout import NOT_ANSWERED, Names, answer_lines, front_facts, names_of
from bot.exports.markdown_text import plain, table
from knowledge.model import Section, Template
from storage.records.case_studies import CaseStudy

HEADS = ("Question", "Answer")
_Body: TypeAlias = Callable[[CaseStudy, Section, int], Iterator[str]]


def markdown_study(
    study: CaseStudy,
    template: Template,
    names: Names,
    history: Sequence[HistoryRow] = (),
    *,
    level: int = 1,
) -> str:
    """One case study, its title a heading of this level, with its history if that is given.

    Nothing that a person wrote is read as markup.
    """
    parts = list(_parts(study, template, names, level, _section_table))
    if history:
        parts += [f"{'#' * (level + 1)} {HISTORY}", table(HISTORY_HEADS, history)]
    return "\n\n".join(parts) + "\n"


def markdown_canvas(study: CaseStudy, template: Template, names: Names) -> str:
    """The same for a Slack canvas, which has a title of its own and no lines in the cells of a table."""
    facts, *sections = list(_parts(study, template, names, 1, _section_text))[1:]
    return "\n\n".join([facts, *sections]) + "\n"


def _parts(study: CaseStudy, template: Template, names: Names, level: int, body: _Body) -> Iterator[str]:
    yield f"{'#' * level} {plain(study_title(study))}"
    facts = front_facts(study, template, names)
    yield "\n".join(f"- **{plain(label)}:** {plain(words)}" for label, words in facts)
    for section in template.sections:
        yield f"{'#' * (level + 1)} {plain(section.title)}"
        if writers := writers_of(study, section):
            yield plain(f"Written by {names_of(writers, names)}.")
        yield from body(study, section, level + 2)
    if template.source:
        yield f"{'#' * (level + 1)} Source of the template"
        yield plain(template.source)


def _section_table(study: CaseStudy, section: Section, level: int) -> Iterator[str]:
    rows = [([field.label], answer_lines(study, field) or [NOT_ANSWERED]) for field in section.fields]
    yield table(HEADS, rows)


def _section_text(study: CaseStudy, section: Section, level: int) -> Iterator[str]:
    for field in section.fields:
        yield f"{'#' * level} {plain(field.label)}"
        lines = [plain(line) for line in answer_lines(study, field) or [NOT_ANSWERED] if line.strip()]
        if field.is_list and answer_lines(study, field):
            yield "\n".join(f"- {line}" for line in lines)
        else:
            yield from lines
