"""Turns of phrase that several views share: who wrote a case study, when, and how far a draft has come."""

from slackblocks import Block

from bot.blocks import HEADER_LENGTH, button, context, cut, day, escape, plain, section
from bot.case_studies import ids
from bot.case_studies.answers import labels_of, missing_fields, progress_of, study_title, writers_of
from bot.plurals import joined
from knowledge.model import Section, Template
from storage.records.case_studies import CaseStudy, CaseStudySummary, DraftSummary

STATE_LENGTH = 500


def byline(study: CaseStudySummary, template_title: str) -> str:
    """Template, author and date, in Slack's markup."""
    what = f"{escape(template_title)}, by <@{study.owner.user_id}>"
    if study.published_at is None and study.reviewer is not None:
        waits = f"Waiting for the approval of <@{study.reviewer.user_id}>"
        return f"{what}. A draft, last saved on {day(study.updated_at)}. {waits}."
    if study.published_at is None:
        seen_by = "Only those who write or review it can see it."
        return f"{what}. A draft, last saved on {day(study.updated_at)}. {seen_by}"
    changed = f", changed on {day(study.updated_at)}" if study.updated_at > study.published_at else ""
    withdrawn = f", withdrawn on {day(study.withdrawn_at)}" if study.withdrawn_at else ""
    return f"{what}, published on {day(study.published_at)}{changed}{withdrawn}"


def short_title(study: CaseStudySummary) -> str:
    """The title in the length of a heading."""
    return cut(study_title(study), HEADER_LENGTH)


def draft_state(study: DraftSummary | CaseStudy, template: Template | None) -> str:
    """How far a draft has come, and what it still lacks."""
    if template is None:
        return "Its template is no longer in use."
    if not study.filled:
        return f"{template.title}. Nothing written yet."
    missing = missing_fields(template, study.filled)
    state = "Waiting for approval." if study.reviewer else "Ready to publish."
    if missing:
        state = f"Still missing: {labels_of(missing)}."
    return cut(f"{template.title}. {progress_of(template, study.filled).words}. {state}", STATE_LENGTH)


def draft_row(study: DraftSummary, template: Template | None) -> Block:
    """A draft in a list, with its way on."""
    title = short_title(study)
    go_on = button("Go on", ids.OPEN_DRAFT, study.id, spoken=f"Go on with {title}")
    words = f"*{escape(title)}*\n{escape(draft_state(study, template))}\nOwner: <@{study.owner.user_id}>"
    return section(words, accessory=go_on)


def study_rows(study: CaseStudySummary, template_title: str) -> list[Block]:
    """A published case study in a list."""
    title = short_title(study)
    read = button("Read", ids.READ, study.id, spoken=f"Read {title}")
    return [section(plain(title), accessory=read), context(byline(study, template_title))]


def writers_row(study: CaseStudy, part: Section) -> list[Block]:
    """Who wrote what stands in a section, once others than the owner did; [] before that."""
    writers = writers_of(study, part)
    return (
        [context(f"Written by {', '.join(f'<@{person.user_id}>' for person in writers)}")] if writers else []
    )


def authors_row(study: CaseStudy) -> list[Block]:
    """All who wrote it, once others than the owner did; [] before that, when the byline says it."""
    names = [f"<@{person.user_id}>" for person in study.authors]
    return [context(f"Written by {joined(names)}")] if len(names) > 1 else []
