"""What the record says of a ranking, in sentences."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.dates import day_text
from bot.plurals import joined, people_counted
from bot.ranking.bands import band_text, change_text
from bot.ranking.counting.report import (
    agreement_texts,
    check_texts,
    order_text,
    pairs_text,
)
from bot.ranking.record.record import (
    AgencyPlaces,
    Consent,
    Marks,
    Member,
    Movement,
    PositionName,
    Record,
    Round,
    StageReport,
    Stand,
)
from bot.ranking.rules_wording import hidden_text, rules_lines
from storage.records.rankings import Rules

POSITION_TEXTS: dict[PositionName, str] = {
    "support": "Support it",
    "accept": "Can live with it",
    "aside": "Stand aside",
    "block": "Block it",
}
NO_AGENCY = "No agency given"


def outcome_text(record: Record) -> str:
    """How the ranking ended, or that it has not."""
    if record.status == "decided":
        return f"The group settled on these {len(record.outcome)}, in this order."
    if record.status == "undecided":
        return "The ranking ended without consensus. The group has decided nothing."
    if record.status == "cancelled":
        return "The ranking was cancelled. The group has decided nothing."
    return "The ranking is still open. Nothing is decided yet."


def dates_text(record: Record, zone: tzinfo) -> str:
    """When it began and ended, where, and who ran it."""
    until = f" and ended on {time_text(record.ended_at, zone)}" if record.ended_at else ""
    helpers = f", with {joined(record.deputies)}" if record.deputies else ""
    return (
        f"It began on {time_text(record.started_at, zone)}{until}, in the channel {record.channel}. "
        f"{record.facilitator} facilitated it{helpers}."
    )


def rule_texts(rules: Rules) -> list[str]:
    """Each rule in a sentence or two."""
    return [hidden_text(rules), *rules_lines(rules)]


def member_row(member: Member, zone: tzinfo) -> tuple[str, str, str]:
    """Name, agency, and when they came late or left."""
    came = [f"Added on {time_text(member.added_at, zone)}."] if member.added_at else []
    left = [f"Left on {time_text(member.left_at, zone)}."] if member.left_at else []
    return member.name, member.agency or NO_AGENCY, " ".join(came + left)


def stage_text(stage: StageReport, zone: tzinfo) -> str:
    """When the stage was open and how many answered."""
    opened = f"Opened on {time_text(stage.opened_at, zone)}"
    closed = f", closed on {time_text(stage.closed_at, zone)}" if stage.closed_at else ", still open"
    deadline = f", deadline {time_text(stage.deadline, zone)}" if stage.deadline else ""
    if stage.kind in ("read", "compare"):
        return f"{opened}{closed}{deadline}."
    if stage.closed_at is None:
        return f"{opened}{closed}{deadline}. What people answered is told when it closes."
    return f"{opened}{closed}{deadline}. {stage.answered} of {stage.people} people answered."


def marks_rows(marks: Marks) -> list[tuple[str, str, str]]:
    """Statement, how many named it, and who, if names are shown."""
    return [
        (label, str(count), joined([name for name, chosen in marks.given if label in chosen]))
        for label, count in marks.counts
    ]


def consent_text(consent: Consent) -> str:
    """Whether the proposal was accepted, and if not why."""
    blocks, answered = consent.counts["block"], len(consent.stands)
    quorum = f"{people_counted(answered)} answered, and {consent.quorum} were needed"
    if consent.accepted:
        blocked = f"{people_counted(blocks)} blocked it, too few to stop it"
        stood = blocked if blocks else "nobody blocked it"
        return f"Accepted: {quorum}; {stood}."
    if answered < consent.quorum:
        return f"Not accepted: {quorum}."
    return f"Not accepted: {people_counted(blocks)} blocked it. {quorum}."


def stand_row(stand: Stand) -> tuple[str, str, str]:
    """Position, who if names are shown, and the reason."""
    return POSITION_TEXTS[stand.position], stand.name, stand.reason or "No reason given"


def order_rows(counted: Round) -> list[tuple[str, str, str, str]]:
    """Place, statement, middle of the places given, and their range; in the group's order."""
    rows = []
    for label in counted.order.items:
        spread = counted.order.spreads[label]
        middle = "-" if spread.median is None else f"{spread.median:g}"
        places = "nobody placed it" if spread.best is None else f"{spread.best} to {spread.worst}"
        if spread.best is not None and spread.unranked:
            places = f"{places}; {spread.unranked} left it unplaced"
        rows.append((band_text(counted.order.tally.bands[label]), label, middle, places))
    return rows


def sureness_texts(counted: Round) -> list[str]:
    """How the order was found, how sure it is, and what other ways of counting say."""
    tally = counted.order.tally
    return [order_text(tally), pairs_text(tally), *check_texts(tally)]


def alike_texts(counted: Round) -> list[str]:
    """How alike the ballots are, each figure beside what chance gives."""
    return agreement_texts(counted.order.tally)


def agency_heads(agencies: Sequence[AgencyPlaces]) -> list[str]:
    """Each agency with how many of its people gave a ballot."""
    return [f"{group.agency or NO_AGENCY} ({people_counted(group.people)})" for group in agencies]


def movement_row(movement: Movement) -> tuple[str, str, str, str]:
    """Statement, place before, place now, and the change in words."""
    return (
        movement.label,
        band_text(movement.before),
        band_text(movement.after),
        change_text(movement.before, movement.after),
    )


def recount_text(record: Record) -> str:
    """How to count the ballots again."""
    agency = " --weights agency" if record.rules.weights == "agency" else ""
    text = (
        f'To count the ballots again, run "python -m bot tally FILE{agency}" '
        "with the CSV file of a round, or with the JSON file for the last round."
    )
    if record.rules.anonymous and agency:
        text = f"{text} Agencies that are withheld share one vote there, so the result can differ."
    return text


def time_text(at: datetime, zone: tzinfo) -> str:
    """Such as "2 March 2026 at 09:30 UTC"."""
    local = at.astimezone(zone)
    return f"{day_text(local)} {local:at %H:%M %Z}"
