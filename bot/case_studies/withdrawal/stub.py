"""What stays of a withdrawn case study: title, day, who withdrew it and why, and nothing of what it said."""

from collections.abc import Sequence

from slackblocks import Block

from bot.blocks import MENTION, context, day, escape, header, plain, section
from bot.case_studies.answers import study_title
from bot.case_studies.phrases import short_title
from bot.dates import day_text
from bot.delivery.content import Content
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.case_study_history import CaseStudyEvent
from storage.records.people import Person

NOT_READ_HERE = "What it said can no longer be read here."
FOR_AUTHORS = "This case study is withdrawn. Only those who wrote it can still read it."


def withdrawer_of(study: CaseStudySummary, events: Sequence[CaseStudyEvent]) -> Person:
    """Who withdrew it; its owner where the history does not say."""
    return next((event.actor for event in reversed(events) if event.kind == "withdrawn"), study.owner)


def stub_content(study: CaseStudy, by: Person) -> Content:
    """What every card in a channel becomes."""
    when = f"Case study, withdrawn on {_day(study)} by <@{by.user_id}>."
    blocks: list[Block] = [header(short_title(study)), context(when), *reason_rows(study)]
    lines = [escape(study_title(study)), when, escape(_reason(study)), NOT_READ_HERE]
    return Content("\n".join(line for line in lines if line), [*blocks, context(NOT_READ_HERE)])


def stub_words(study: CaseStudy, by: Person) -> str:
    """The same in words, for whoever presses an old button; `<@U…>` names who withdrew it and nobody else."""
    at = study.withdrawn_at or study.updated_at
    told = [
        f"The case study “{study_title(study)}” was withdrawn on {day_text(at)} by",
        _reason(study),
        NOT_READ_HERE,
    ]
    before, *after = (MENTION.sub(r"@\1", words) for words in told if words)
    return " ".join([before, f"<@{by.user_id}>.", *after])


def reason_rows(study: CaseStudySummary) -> list[Block]:
    """Why it was withdrawn, as its owner wrote it; [] when nothing was written."""
    return [section(plain(reason))] if (reason := _reason(study)) else []


def _reason(study: CaseStudySummary) -> str:
    return f"Reason: {study.withdrawn_reason}" if study.withdrawn_reason else ""


def _day(study: CaseStudySummary) -> str:
    return day(study.withdrawn_at or study.updated_at)
