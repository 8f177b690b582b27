"""Killed in a storm of votes: each that was acknowledged is there once, and the board is right."""

import pytest

from bench.kills.measure import VARIANTS, LostError, Variant, check_kept, kills_table, measure_kills
from bench.kills.rankings import Kept
from bench.kills.storm import Voter

SEED = 30
"""With which the storm lasts for most of a second."""


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_was_acknowledged_in_a_storm_survives_kills(variant: Variant) -> None:
    # A storm that is killed at once acknowledges nothing; `python -m bench.kills` has fifty of any length.
    report = measure_kills(variant, kills=1, voters=16, seed=SEED)
    assert len(report.storms) == 1
    assert report.figures()["acknowledged"]
    assert report.figures()["unanswered"]
    assert any(line.startswith(variant) for line in kills_table([report]).splitlines())


def a_voter(acknowledged: str, *unanswered: str) -> Voter:
    voter = Voter("U1")
    voter.acknowledged, voter.unanswered = acknowledged, set(unanswered)
    return voter


@pytest.mark.parametrize(
    ("kept", "voter"),
    [
        (Kept({}, 0), a_voter("one")),
        (Kept({"U1": "two"}, 1), a_voter("one", "three")),
        (Kept({"U1": "one"}, 2), a_voter("one")),
    ],
)
def test_a_vote_that_is_lost_changed_or_doubled_is_noticed(kept: Kept, voter: Voter) -> None:
    with pytest.raises(LostError):
        check_kept(kept, [voter])


def test_a_press_that_nobody_heard_of_may_be_kept_or_not() -> None:
    assert check_kept(Kept({"U1": "two"}, 1), [a_voter("one", "two")]) == 1
    assert check_kept(Kept({"U1": "one"}, 1), [a_voter("one", "two")]) == 0
    assert check_kept(Kept({}, 0), [a_voter("", "two")]) == 0
