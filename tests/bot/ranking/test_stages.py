"""The rules of the six steps, as they would be true on paper."""

import pytest

from bot.ranking.stages import Move, Position, moves, quorum_for, takes_answers, weigh_consent
from storage.records import QuorumRule, StageKind
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
def test_each_stage_offers_its_ways_on_and_always_to_cancel(kind, closed, consent, expected) -> None:
    stage = make_snapshot(kind, closed=closed).stage
    assert list(moves(stage, consent)) == [*expected, Move.CANCEL]


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
    assert not consent.accepted


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
