"""The record from a ranking's rows, once somebody has put names to the people.

Whatever of a person the rules hide is dropped here, so that no file can show it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.exports.plain_text import one_line
from bot.ranking.compare.agencies import withheld_agencies
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import chance_of_w, expected_w
from bot.ranking.counting.spread import spreads
from bot.ranking.counting.tally import Tally, count_ballots
from bot.ranking.record.labels import told_apart
from bot.ranking.record.record import (
    POSITIONS,
    AgencyPlaces,
    Agreement,
    Consent,
    Event,
    Marks,
    Member,
    Movement,
    PositionName,
    Record,
    Round,
    StageReport,
    Stand,
    Statement,
)
from bot.ranking.results import GroupOrder
from storage.records.rankings import Item, RankingStatus, Rules, StageKind


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts: `choice` as in `Answer`, `agency` the one that it counts in."""

    choice: tuple[str, ...]
    name: str = ""
    agency: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldStage:
    """One stage with its answers; `people` were asked, `title` and `asked` are its words.

    `items` and `proposal` are ids. Of a consent, `quorum` and whether it was `accepted`. What the answers
    of a stage that is still open say is not told.
    """

    kind: StageKind
    title: str
    asked: str
    items: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime | None
    people: int
    answers: tuple[Given, ...] = ()
    deadline: datetime | None = None
    proposal: tuple[str, ...] = ()
    quorum: int = 0
    accepted: bool = False


def build_record(
    *,
    title: str,
    source: str,
    items: Sequence[Item],
    rules: Rules,
    channel: str,
    facilitator: str,
    deputies: Sequence[str] = (),
    members: Sequence[Member],
    stages: Sequence[HeldStage],
    events: Sequence[Event] = (),
    status: RankingStatus,
    outcome: Sequence[str] = (),
    started_at: datetime,
    ended_at: datetime | None,
    made_at: datetime,
    version: str,
) -> Record:
    """The whole record. `outcome` holds ids, in order; `channel` and all people are display names."""
    names = told_apart([item.title for item in items], "Statement")
    labels = {item.id: label for item, label in zip(items, names, strict=True)}
    reports: list[StageReport] = []
    for stage in stages:
        rounds = [report.result for report in reports if isinstance(report.result, Round)]
        reports.append(_report(stage, rules, labels, rounds))
    return Record(
        title=one_line(title),
        source=source,
        statements=tuple(Statement(item.id, labels[item.id], item.text) for item in items),
        rules=rules,
        channel=channel,
        facilitator=facilitator,
        deputies=tuple(deputies),
        members=tuple(members),
        stages=tuple(reports),
        events=tuple(sorted(events, key=lambda event: event.at)),
        status=status,
        outcome=tuple(labels[item] for item in outcome),
        started_at=started_at,
        ended_at=ended_at,
        made_at=made_at,
        version=version,
    )


def _report(
    stage: HeldStage, rules: Rules, labels: Mapping[str, str], rounds: Sequence[Round]
) -> StageReport:
    result: Marks | Consent | Round | None = None
    if stage.closed_at is None:
        result = None
    elif stage.answers and stage.kind in ("discard", "choose"):
        result = _marks(stage, rules, labels)
    elif stage.answers and stage.kind == "rank":
        result = _round(stage, rules, labels, rounds)
    elif stage.proposal:
        result = _consent(stage, rules, labels)
    return StageReport(
        kind=stage.kind,
        title=stage.title,
        asked=stage.asked,
        opened_at=stage.opened_at,
        closed_at=stage.closed_at,
        deadline=stage.deadline,
        people=stage.people,
        answered=len(stage.answers),
        result=result,
    )


def _marks(stage: HeldStage, rules: Rules, labels: Mapping[str, str]) -> Marks:
    counts = Counter(item for given in stage.answers for item in given.choice)
    in_order = sorted(counts.items(), key=lambda pair: (-pair[1], stage.items.index(pair[0])))
    given = () if rules.anonymous else sorted(stage.answers, key=lambda answer: answer.name)
    return Marks(
        counts=tuple((labels[item], count) for item, count in in_order),
        given=tuple((answer.name, tuple(labels[item] for item in answer.choice)) for answer in given),
    )


def _consent(stage: HeldStage, rules: Rules, labels: Mapping[str, str]) -> Consent:
    stands = [
        Stand(_position(given), given.reason, "" if rules.anonymous else given.name)
        for given in stage.answers
    ]
    stands.sort(key=lambda stand: (-POSITIONS.index(stand.position), stand.name, stand.reason))
    return Consent(
        proposal=tuple(labels[item] for item in stage.proposal),
        stands=tuple(stands),
        quorum=stage.quorum,
        accepted=stage.accepted,
    )


def _position(given: Given) -> PositionName:
    return next(position for position in POSITIONS if given.choice == (position,))


def _round(stage: HeldStage, rules: Rules, labels: Mapping[str, str], rounds: Sequence[Round]) -> Round:
    items = [labels[item] for item in stage.items]
    counted = [
        Ballot(
            voter=given.name,
            ranking=tuple((labels[item],) for item in given.choice),
            agency=one_line(given.agency) or None,
        )
        for given in stage.answers
    ]
    tally = count_ballots(_signed(counted, rules.anonymous), items, rules.weights)
    behind = Counter(ballot.agency or "" for ballot in counted)
    withheld = withheld_agencies(behind) if rules.anonymous else {}
    told = [
        replace(ballot, agency=None) if (ballot.agency or "") in withheld else ballot for ballot in counted
    ]
    order = GroupOrder(tally, spreads(counted, items))
    return Round(
        number=len(rounds) + 1,
        ballots=_signed(told, rules.anonymous),
        order=order,
        agreement=_agreement(tally),
        agencies=_agencies([ballot for ballot in counted if (ballot.agency or "") not in withheld], items),
        withheld=bool(withheld),
        movement=_movement(rounds[-1], order) if rounds else (),
    )


def _signed(ballots: Sequence[Ballot], anonymous: bool) -> tuple[Ballot, ...]:
    """The ballots by name; or, if those are hidden, numbered in the order of what they say."""
    if anonymous:
        by_content = sorted(ballots, key=lambda ballot: (ballot.ranking, ballot.agency or ""))
        return tuple(replace(ballot, voter=str(at)) for at, ballot in enumerate(by_content, start=1))
    by_name = sorted(ballots, key=lambda ballot: ballot.voter)
    names = told_apart([ballot.voter for ballot in by_name], "Person")
    return tuple(replace(ballot, voter=name) for ballot, name in zip(by_name, names, strict=True))


def _agreement(tally: Tally) -> Agreement | None:
    w, correlation = tally.kendall_w, tally.mean_correlation
    if w is None or correlation is None:
        return None
    return Agreement(
        w=w,
        w_random=expected_w(tally.ballots),
        w_chance=chance_of_w(w, tally.ballots, len(tally.items)),
        correlation=correlation,
    )


def _agencies(ballots: Sequence[Ballot], items: Sequence[str]) -> tuple[AgencyPlaces, ...]:
    members: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        members.setdefault(ballot.agency or "", []).append(ballot)
    in_order = sorted(members.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    return tuple(AgencyPlaces(agency, len(group), _mean_places(group, items)) for agency, group in in_order)


def _mean_places(ballots: Sequence[Ballot], items: Sequence[str]) -> dict[str, float]:
    totals = dict.fromkeys(items, 0.0)
    for ballot in ballots:
        placed = [item for tier in ballot.ranking for item in tier]
        for place, item in enumerate(placed, start=1):
            totals[item] += place
        last_together = (len(placed) + 1 + len(items)) / 2
        for item in set(items).difference(placed):
            totals[item] += last_together
    return {item: total / len(ballots) for item, total in totals.items()}


def _movement(before: Round, order: GroupOrder) -> tuple[Movement, ...]:
    bands = before.order.tally.bands
    return tuple(
        Movement(item, bands[item], order.tally.bands[item]) for item in order.items if item in bands
    )
