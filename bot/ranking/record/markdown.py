"""The record as Markdown, in what a Slack canvas takes: three levels of headings, lists and small tables."""

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo

from bot.exports.markdown_text import plain
from bot.ranking.record import phrases
from bot.ranking.record.record import Consent, Marks, Record, Round, StageReport

MOST_CELLS = 300
"""What a canvas's table may have; a longer one becomes a list."""


def markdown_file(record: Record, zone: tzinfo = UTC) -> str:
    """The whole record, with times in `zone`; nothing that a person wrote is read as markup."""
    return "\n\n".join(_parts(record, zone)) + "\n"


def _parts(record: Record, zone: tzinfo) -> Iterator[str]:
    yield plain(phrases.dates_text(record, zone))
    yield "## The outcome"
    yield plain(phrases.outcome_text(record))
    if record.outcome:
        yield "\n".join(f"{at}. {plain(label)}" for at, label in enumerate(record.outcome, start=1))
    last = record.last_consent
    if last and last.dissent:
        yield "### Who differs, and why"
        yield _stands(record, last, dissent_only=True)
    yield "## The rules"
    yield _list(phrases.rule_texts(record.rules))
    yield "## The people"
    yield _table(("Name", "Agency", "Note"), [phrases.member_row(member, zone) for member in record.members])
    yield "## The statements"
    yield _list([f"{each.label}: {each.text}" if each.text else each.label for each in record.statements])
    yield "## The steps"
    for stage in record.stages:
        yield from _stage(record, stage, zone)
    if record.events:
        yield "## What was announced"
        yield _list([f"{phrases.time_text(each.at, zone)}: {each.text}" for each in record.events])
    yield "## How it was counted"
    if record.source:
        yield plain(f"The statements come from: {record.source.removesuffix('.')}.")
    if record.rounds:
        yield plain(phrases.recount_text(record))
    yield plain(f"Drawn up on {phrases.time_text(record.made_at, zone)} by Common Ground {record.version}.")


def _stage(record: Record, stage: StageReport, zone: tzinfo) -> Iterator[str]:
    yield f"### {plain(stage.title)}"
    yield plain(f"{stage.asked} {phrases.stage_text(stage, zone)}")
    result = stage.result
    if isinstance(result, Marks):
        rows = phrases.marks_rows(result)
        if record.rules.anonymous:
            yield _table(("Statement", "People"), [row[:2] for row in rows])
        else:
            yield _table(("Statement", "People", "Who"), rows)
    elif isinstance(result, Consent):
        yield plain(f"The proposal: {'; '.join(result.proposal)}.")
        yield plain(phrases.consent_text(result))
        if result.stands:
            yield _stands(record, result)
    elif isinstance(result, Round):
        yield from _round(result)


def _round(counted: Round) -> Iterator[str]:
    yield _table(("Place", "Statement", "Middle place", "Places given"), phrases.order_rows(counted))
    yield _list([text for text in phrases.sureness_texts(counted) + phrases.alike_texts(counted) if text])
    if len(counted.agencies) > 1:
        heads = ("Statement", *phrases.agency_heads(counted.agencies))
        means = [
            (label, *(f"{group.means[label]:.1f}" for group in counted.agencies))
            for label in counted.order.items
        ]
        yield "The mean place that each agency's people gave:"
        yield _table(heads, means)
    if counted.movement:
        yield "What moved since the round before:"
        rows = [phrases.movement_row(movement) for movement in counted.movement]
        yield _table(("Statement", "Before", "Now", "Change"), rows)


def _stands(record: Record, consent: Consent, *, dissent_only: bool = False) -> str:
    rows = [phrases.stand_row(stand) for stand in (consent.dissent if dissent_only else consent.stands)]
    if record.rules.anonymous:
        return _table(("Position", "Reason"), [(position, reason) for position, _name, reason in rows])
    return _table(("Position", "Who", "Reason"), rows)


def _list(texts: Sequence[str]) -> str:
    return "\n".join(f"- {plain(text)}" for text in texts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if len(heads) * (len(rows) + 1) > MOST_CELLS:
        told = [[f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell] for row in rows]
        return _list(["; ".join(cells) for cells in told])
    lines = [[plain(each) for each in heads], ["---"] * len(heads)]
    lines += [[plain(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
