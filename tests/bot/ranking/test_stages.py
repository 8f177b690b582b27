"""The rules of the six steps, as they would be true on paper."""

from itertools import combinations
from typing import Any, get_args

import pytest

from bot.ranking.stages import (
    ALL_STEPS,
    Move,
    Position,
    Verdict,
    decided_by,
    first_kind,
    moves,
    quorum_for,
    step_place,
    takes_answers,
    weigh_consent,
)
from storage.records.rankings import QuorumRule, StageKind, StepName
from tests.bot.ranking.examples import PEOPLE, answer, make_snapshot

ACCEPTED = weigh_consent([answer(person, "support") for person in PEOPLE], 3)
BLOCKED = weigh_consent(
    [*(answer(person, "support") for person in PEOPLE[1:]), answer(PEOPLE[0], "block", reason="Too soon")], 3
)


@pytest.mark.parametrize(
    ("kind", "closed", "consent", "expected"),
    [
        ("read", False, None, [Move.START_DISCARD]),
        ("discard", False, None, [Move.CLOSE]),
        ("discard", True, None, [Move.PROPOSE, Move.ASK_AGAIN]),
        ("discard_consent", False, None, [Move.CLOSE]),
        ("discard_consent", True, ACCEPTED, [Move.START_RANK]),
        ("discard_consent", True, BLOCKED, [Move.PROPOSE, Move.ASK_AGAIN, Move.NO_CONSENSUS]),
        ("rank", False, None, [Move.COMPARE]),
        ("compare", False, None, [Move.START_CHOOSE, Move.RANK_AGAIN]),
        ("choose", False, None, [Move.CLOSE]),
        ("choose", True, None, [Move.PROPOSE, Move.ASK_AGAIN]),
        ("choose_consent", True, ACCEPTED, [Move.DECIDE]),
        ("choose_consent", True, BLOCKED, [Move.PROPOSE, Move.ASK_AGAIN, Move.NO_CONSENSUS]),
    ],
)
def test_each_stage_offers_its_ways_on_and_always_to_cancel(
    kind: StageKind, closed: bool, consent: Any, expected: Any
) -> None:
    stage = make_snapshot(kind, closed=closed).stage
    assert list(moves(stage, consent)) == [*expected, Move.CANCEL]


@pytest.mark.parametrize(
    ("kind", "closed", "left_out", "expected"),
    [
        ("read", False, "discard", [Move.START_RANK]),
        ("discard", False, "read", [Move.CLOSE]),
        ("rank", False, "compare", [Move.CLOSE]),
        ("rank", True, "compare", [Move.START_CHOOSE, Move.RANK_AGAIN]),
        ("compare", False, "choose", [Move.RECORD_ORDER, Move.RANK_AGAIN]),
    ],
)
def test_a_step_left_out_is_passed_over(kind: StageKind, closed: bool, left_out: Any, expected: Any) -> None:
    steps = tuple(step for step in ALL_STEPS if step != left_out)
    assert list(moves(make_snapshot(kind, closed=closed).stage, None, steps)) == [*expected, Move.CANCEL]


def test_with_the_ranking_alone_its_order_is_recorded_once_it_has_ended() -> None:
    assert moves(make_snapshot("rank").stage, None, ()) == (Move.CLOSE, Move.CANCEL)
    closed = make_snapshot("rank", closed=True)
    assert moves(closed.stage, None, ()) == (Move.RECORD_ORDER, Move.RANK_AGAIN, Move.CANCEL)


@pytest.mark.parametrize("steps", [kept for size in range(5) for kept in combinations(ALL_STEPS, size)])
def test_nothing_is_decided_without_consent_or_a_count_that_is_called_one(
    steps: tuple[StepName, ...],
) -> None:
    for kind in get_args(StageKind):
        for closed in (False, True):
            stage = make_snapshot(kind, closed=closed).stage
            for consent in (None, BLOCKED, weigh_consent([], 3)):
                ways = moves(stage, consent, steps)
                assert Move.DECIDE not in ways
                assert Move.RECORD_ORDER not in ways or (
                    "choose" not in steps and kind in ("rank", "compare")
                )


def test_a_decision_says_what_it_rests_on() -> None:
    assert decided_by(make_snapshot("choose_consent", closed=True).stage) == "consent"
    assert decided_by(make_snapshot("compare").stage) == "count"
    assert decided_by(make_snapshot("rank", closed=True).stage) == "count"


@pytest.mark.parametrize(
    ("steps", "kind"),
    [(ALL_STEPS, "read"), (("discard", "choose"), "discard"), (("compare",), "rank"), ((), "rank")],
)
def test_a_ranking_begins_with_the_first_step_that_is_kept(steps: Any, kind: StageKind) -> None:
    assert first_kind(steps) == kind


@pytest.mark.parametrize(
    ("steps", "kind", "place"),
    [
        (ALL_STEPS, "read", ("1", 6)),
        (ALL_STEPS, "discard_consent", ("2b", 6)),
        (ALL_STEPS, "choose_consent", ("5b", 6)),
        (("read", "choose"), "choose_consent", ("3b", 4)),
        (("discard", "compare"), "rank", ("2", 4)),
        ((), "rank", ("1", 2)),
    ],
)
def test_steps_are_numbered_as_they_are_kept(steps: Any, kind: StageKind, place: Any) -> None:
    assert step_place(kind, steps) == place


def test_an_ended_ranking_offers_nothing() -> None:
    assert make_snapshot("choose_consent", closed=True, status="decided").moves == ()


@pytest.mark.parametrize("kind", ["discard", "discard_consent", "rank", "choose", "choose_consent"])
def test_a_stage_takes_answers_until_it_is_closed(kind: StageKind) -> None:
    assert takes_answers(make_snapshot(kind).stage)
    assert not takes_answers(make_snapshot(kind, closed=True).stage)


@pytest.mark.parametrize("kind", ["read", "compare"])
def test_reading_and_comparing_take_no_answers(kind: StageKind) -> None:
    assert not takes_answers(make_snapshot(kind).stage)


@pytest.mark.parametrize(
    ("rule", "people", "quorum"),
    [
        *(("half", people, quorum) for people, quorum in [(2, 2), (3, 2), (4, 3), (5, 3), (100, 51)]),
        *(("two_thirds", people, quorum) for people, quorum in [(2, 2), (3, 2), (4, 3), (6, 4), (100, 67)]),
        *(("all", people, people) for people in (2, 5)),
    ],
)
def test_a_quorum_is_more_than_half_or_two_thirds_or_all(rule: QuorumRule, people: int, quorum: int) -> None:
    assert quorum_for(rule, people) == quorum


def test_one_block_stops_a_proposal_however_many_support_it() -> None:
    assert not BLOCKED.accepted
    assert BLOCKED.counts[Position.SUPPORT] == 4
    assert [one.reason for one in BLOCKED.dissent] == ["Too soon"]


def test_a_proposal_below_the_quorum_is_not_accepted() -> None:
    consent = weigh_consent([answer(PEOPLE[0], "support"), answer(PEOPLE[1], "accept")], 3)
    assert consent.answered == 2
    assert consent.missing == 1
    assert consent.verdict is Verdict.TOO_FEW
    assert not consent.accepted


def test_it_takes_as_many_blocks_as_the_group_agreed() -> None:
    supports = [answer(person, "support") for person in PEOPLE[2:]]
    one, two = ([answer(person, "block", reason="No") for person in PEOPLE[:blocks]] for blocks in (1, 2))
    assert weigh_consent([*supports, *one], 3, 2).verdict is Verdict.ACCEPTED
    assert weigh_consent([*supports, *two], 3, 2).verdict is Verdict.BLOCKED


def test_a_block_is_told_before_a_missed_quorum() -> None:
    consent = weigh_consent([answer(PEOPLE[0], "block", reason="No")], 3)
    assert consent.verdict is Verdict.BLOCKED
    assert consent.missing == 2


def test_standing_aside_counts_towards_the_quorum_and_does_not_stop_a_proposal() -> None:
    consent = weigh_consent([answer(person, "aside", reason="Not mine") for person in PEOPLE[:3]], 3)
    assert consent.accepted
    assert len(consent.dissent) == 3


def test_reasons_come_with_blocks_first() -> None:
    consent = weigh_consent(
        [
            answer(PEOPLE[0], "support", reason="Good"),
            answer(PEOPLE[1], "block", reason="Bad"),
            answer(PEOPLE[2], "aside", reason="Unsure"),
        ],
        3,
    )
    assert [one.reason for one in consent.dissent] == ["Bad", "Unsure", "Good"]
