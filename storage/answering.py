"""Answers of many people to open stages, given and counted in one transaction.

An answer that is acknowledged counts, and none is acknowledged once its stage is closed or its
ranking paused. On PostgreSQL one lock sees to that: the stage's row, for which those who answer,
close, pause and erase wait in turn. What is read after it has been taken cannot change before the
commit. Stages, work and messages are locked in this order, and each kind in the order of its key,
so that two processes never wait for each other.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from storage.answers import ANSWER_COLUMNS, answer_record
from storage.columns import clean
from storage.database import Row, Script, padded, values_list
from storage.messages import home_subject, touch
from storage.records.people import Person
from storage.records.rankings import Answer, Stage
from storage.stage_work import plan_answered
from storage.stages import STAGE_COLUMNS, stage_record
from storage.store import NotFoundError, NotTakingPartError, PausedError, StageClosedError
from storage.voters import voter

_HOLD_STAGES = f"""
SELECT {", ".join(STAGE_COLUMNS)} FROM stages
WHERE workspace_id = :workspace_id AND closed_at IS NULL AND (ranking_id, seq) IN (VALUES {{wanted}})
ORDER BY ranking_id, seq
FOR NO KEY UPDATE
"""
_SEATS = f"""
WITH wanted (number, ranking_id, seq, team_id, user_id) AS (VALUES {{wanted}})
SELECT w.number, r.id AS found, r.paused_at, p.agency, k.secret, {ANSWER_COLUMNS}
FROM wanted w
LEFT JOIN rankings r ON r.workspace_id = :workspace_id AND r.id = w.ranking_id
LEFT JOIN participants p ON p.workspace_id = :workspace_id AND p.ranking_id = w.ranking_id
    AND p.team_id = w.team_id AND p.user_id = w.user_id AND p.left_at IS NULL
LEFT JOIN ranking_keys k ON k.workspace_id = :workspace_id AND k.ranking_id = w.ranking_id
LEFT JOIN answers a ON a.workspace_id = :workspace_id AND a.ranking_id = w.ranking_id AND a.seq = w.seq
    AND a.team_id = w.team_id AND a.user_id = w.user_id
"""
_WITHOUT_NAMES = f"""
WITH wanted (number, ranking_id, seq, team_id, user_id) AS (VALUES {{wanted}})
SELECT w.number, {ANSWER_COLUMNS}, '' AS agency FROM wanted w
JOIN answers a ON a.workspace_id = :workspace_id AND a.ranking_id = w.ranking_id AND a.seq = w.seq
    AND a.team_id = w.team_id AND a.user_id = w.user_id
"""
_COUNT = """
UPDATE stages SET answered = answered + :change
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id AND seq = :seq
"""
_PUT = """
INSERT INTO answers
    (workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason)
VALUES {rows}
ON CONFLICT (workspace_id, ranking_id, seq, team_id, user_id) DO UPDATE
SET choice = excluded.choice, complete = excluded.complete,
    answered_at = excluded.answered_at, reason = excluded.reason
"""

_StageKey: TypeAlias = tuple[str, int]
_Key: TypeAlias = tuple[str, int, Person]


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody makes of their answer to a stage; `change` is given the stage and their answer so far."""

    ranking_id: str
    seq: int
    person: Person
    change: Callable[[Stage, Answer | None], Answer]

    @property
    def stage_key(self) -> _StageKey:
        return self.ranking_id, self.seq

    @property
    def key(self) -> _Key:
        return self.ranking_id, self.seq, self.person


@dataclass(slots=True)
class _Seat:
    """Somebody's place on the list, and their answer as it is by now; `found` is None without a ranking."""

    found: str | None
    is_paused: bool
    agency: str | None
    secret: str | None
    answer: Answer | None
    given_at: datetime | None = None


def edit_answers(workspace_id: str, edits: Sequence[Edit]) -> Script[list[Answer | Exception]]:
    """Make the edits one after the other; whatever one is refused with stands in its place."""
    stages = yield from _hold_stages(workspace_id, edits)
    seats = yield from _seats(workspace_id, edits)
    changes: Counter[_StageKey] = Counter()
    recounted: set[str] = set()
    outcomes: list[Answer | Exception] = []
    for edit in edits:
        seat = seats[edit.key]
        before = seat.answer
        try:
            after = _edited(edit, stages.get(edit.stage_key), seat)
        except Exception as refusal:
            outcomes.append(refusal)
            continue
        outcomes.append(after)
        if change := after.complete - (before is not None and before.complete):
            changes[edit.stage_key] += change
            recounted.add(f"ranking:{edit.ranking_id}")
    given = {key: seat for key, seat in seats.items() if seat.given_at is not None}
    if given:
        yield from _count(workspace_id, changes)
        yield from _put(workspace_id, given)
        yield from _plan(workspace_id, given)
        homes = {home_subject(person) for _, _, person in given}
        yield from touch(workspace_id, *sorted(homes | recounted))
    return outcomes


def _hold_stages(workspace_id: str, edits: Sequence[Edit]) -> Script[dict[_StageKey, Stage]]:
    """The open ones among the stages, held until the commit."""
    rows, values = values_list("stage", padded(sorted({edit.stage_key for edit in edits})))
    found = yield _HOLD_STAGES.format(wanted=rows), {"workspace_id": workspace_id} | values
    return {(row["ranking_id"], row["seq"]): stage_record(row) for row in found}


def _seats(workspace_id: str, edits: Sequence[Edit]) -> Script[dict[_Key, _Seat]]:
    """Everybody's seat, with what they have answered so far."""
    seats = {}
    rows = yield from _find(_SEATS, workspace_id, {edit.key: edit.person for edit in edits})
    for key, row in rows.items():
        answer = None if row["choice"] is None else _own(row, key, row["agency"])
        is_paused = row["paused_at"] is not None
        seats[key] = _Seat(row["found"], is_paused, row["agency"], row["secret"], answer)
    hidden = {key: voter(seat.secret, key[2]) for key, seat in seats.items() if seat.secret and seat.agency}
    if hidden:
        rows = yield from _find(_WITHOUT_NAMES, workspace_id, hidden)
        for key, row in rows.items():
            seats[key].answer = _own(row, key, seats[key].agency)
    return seats


def _find(sql: str, workspace_id: str, names: Mapping[_Key, Person]) -> Script[dict[_Key, Row]]:
    """The rows of those who answer under these names."""
    keys = list(names)
    wanted = [
        (number, key[0], key[1], names[key].team_id, names[key].user_id) for number, key in enumerate(keys)
    ]
    rows, values = values_list("wanted", padded(wanted))
    found = yield sql.format(wanted=rows), {"workspace_id": workspace_id} | values
    return {keys[row["number"]]: row for row in found}


def _edited(edit: Edit, stage: Stage | None, seat: _Seat) -> Answer:
    """The answer as it will be read back, which is the seat's from now on."""
    if seat.found is None:
        raise NotFoundError(f"no ranking {edit.ranking_id}")
    if seat.agency is None:
        raise NotTakingPartError(f"not on the list of ranking {edit.ranking_id}")
    if stage is None:
        raise StageClosedError(f"stage {edit.seq} of ranking {edit.ranking_id} is closed")
    if seat.is_paused:
        raise PausedError(f"ranking {edit.ranking_id} is paused")
    given = edit.change(stage, seat.answer)
    after = replace(
        given,
        person=edit.person,
        choice=tuple(clean(each) for each in given.choice),
        reason=clean(given.reason),
        agency=seat.agency,
        # The time of an answer would tell whose it is.
        answered_at=given.answered_at if seat.secret is None else stage.opened_at,
    )
    seat.answer, seat.given_at = after, given.answered_at
    return after


def _count(workspace_id: str, changes: Counter[_StageKey]) -> Script[None]:
    counts = [
        {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq, "change": change}
        for (ranking_id, seq), change in changes.items()
        if change
    ]
    if counts:
        yield _COUNT, counts[0] if len(counts) == 1 else counts


def _put(workspace_id: str, given: dict[_Key, _Seat]) -> Script[None]:
    rows, values = values_list("row", [_columns(workspace_id, *each) for each in given.items()])
    yield _PUT.format(rows=rows), values


def _columns(workspace_id: str, key: _Key, seat: _Seat) -> tuple[object, ...]:
    ranking_id, seq, person = key
    name, answer = voter(seat.secret, person), seat.answer
    assert answer is not None
    said = answer.choice, answer.complete, answer.answered_at, answer.reason
    return (workspace_id, ranking_id, seq, name.team_id, name.user_id, *said)


def _plan(workspace_id: str, given: dict[_Key, _Seat]) -> Script[None]:
    """Have each stage that somebody answered whole looked at, a minute after the last of them."""
    last: dict[_StageKey, datetime] = {}
    for stage_key, at in _completed(given):
        last[stage_key] = max(at, last.get(stage_key, at))
    for ranking_id, seq in sorted(last):
        yield from plan_answered(workspace_id, ranking_id, seq, last[ranking_id, seq])


def _completed(given: dict[_Key, _Seat]) -> Iterator[tuple[_StageKey, datetime]]:
    for (ranking_id, seq, _), seat in given.items():
        if seat.answer and seat.answer.complete and seat.given_at:
            yield (ranking_id, seq), seat.given_at


def _own(row: Row, key: _Key, agency: str | None) -> Answer:
    return replace(answer_record(row), person=key[2], agency=agency or "")
