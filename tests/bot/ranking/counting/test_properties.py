"""What any fair count must satisfy, on generated ballots."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ranking.counting.ballots import Ballot, Weighting
from bot.ranking.counting.tally import Tally, count_ballots

ITEMS = "ABCDE"
AGENCIES = ("police", "school", None)
SAME = {item: item for item in ITEMS}


@st.composite
def rankings(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    places = {item: draw(st.integers(0, 4)) for item in ITEMS}  # 4: unranked
    tiers = (tuple(item for item in ITEMS if places[item] == place) for place in range(4))
    return tuple(tier for tier in tiers if tier)


@st.composite
def ballot_boxes(draw: st.DrawFn) -> list[Ballot]:
    drawn = draw(st.lists(st.tuples(rankings(), st.sampled_from(AGENCIES), st.integers(1, 3)), max_size=6))
    return [Ballot(str(number), *values) for number, values in enumerate(drawn)]


# The machine may be busy: a slow example is no failure.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

weightings = st.sampled_from(("person", "agency"))


def _renamed(ballots: Sequence[Ballot], names: dict[str, str]) -> list[Ballot]:
    return [
        Ballot(
            ballot.voter,
            tuple(tuple(names[item] for item in tier) for tier in ballot.ranking),
            ballot.agency,
            ballot.count,
        )
        for ballot in ballots
    ]


def _outcome(tally: Tally, names: dict[str, str]) -> dict[str, object]:
    """All that a tally says, with its items renamed and free of their order."""
    return {
        "orders": tally.orders_optimal,
        "order": tally.order and tuple(names[item] for item in tally.order),
        "distance": tally.distance,
        "agreement": tally.agreement,
        "bands": {names[item]: band for item, band in tally.bands.items()},
        "borda": {names[item]: points for item, points in tally.borda.items()},
        "settled": {(names[one], names[other]) for one, other in tally.settled},
        "beats": {(names[one], names[other]) for one, other in tally.schulze.beats},
        "w": tally.kendall_w,
    }


def _assert_same(one: Tally, other: Tally, names: dict[str, str] = SAME) -> None:
    """`names` turns the other's items into the first's."""
    assert _outcome(one, SAME) == _outcome(other, names)
    assert one.mean_correlation == pytest.approx(other.mean_correlation, abs=1e-9)  # a sum of floats


@untimed
@given(ballot_boxes(), weightings, st.permutations(ITEMS))
def test_names_and_order_of_items_do_not_matter(
    ballots: list[Ballot], weights: Weighting, shuffled: list[str]
) -> None:
    names = dict(zip(ITEMS, shuffled, strict=True))
    renamed = count_ballots(_renamed(ballots, names), ITEMS, weights)
    _assert_same(renamed, count_ballots(ballots, ITEMS, weights), names)


@untimed
@given(ballot_boxes(), weightings, st.randoms(use_true_random=False))
def test_order_of_ballots_does_not_matter(ballots: list[Ballot], weights: Weighting, rng: Random) -> None:
    shuffled = rng.sample(ballots, len(ballots))
    _assert_same(count_ballots(shuffled, ITEMS, weights), count_ballots(ballots, ITEMS, weights))


@untimed
@given(ballot_boxes(), weightings)
def test_a_count_equals_that_many_ballots(ballots: list[Ballot], weights: Weighting) -> None:
    repeated = [
        Ballot(f"{ballot.voter}.{copy}", ballot.ranking, ballot.agency)
        for ballot in ballots
        for copy in range(ballot.count)
    ]
    one, other = count_ballots(ballots, ITEMS, weights), count_ballots(repeated, ITEMS, weights)
    assert one.ballots == other.ballots
    _assert_same(one, other)


@untimed
@given(ballot_boxes().filter(bool), weightings, st.sampled_from(ITEMS), st.sampled_from(ITEMS))
def test_what_everybody_prefers_comes_first(
    ballots: list[Ballot], weights: Weighting, first: str, second: str
) -> None:
    if first == second:
        return
    agreed = [
        Ballot(
            ballot.voter,
            ((first,), *(tuple(item for item in tier if item != first) for tier in ballot.ranking)),
            ballot.agency,
            ballot.count,
        )
        for ballot in ballots
    ]
    tally = count_ballots(agreed, ITEMS, weights)
    assert (first, second) in tally.settled
    assert (first, second) in tally.schulze.beats
    assert tally.borda[first] > tally.borda[second]


@untimed
@given(st.lists(st.permutations(ITEMS), min_size=1, max_size=6), weightings)
def test_turning_every_ballot_round_turns_the_result_round(
    orders: list[list[str]], weights: Weighting
) -> None:
    forth = count_ballots([Ballot(str(n), _strict(order)) for n, order in enumerate(orders)], ITEMS, weights)
    back = count_ballots(
        [Ballot(str(n), _strict(order[::-1])) for n, order in enumerate(orders)], ITEMS, weights
    )
    assert back.distance == forth.distance
    assert back.orders_optimal == forth.orders_optimal
    assert back.order == (forth.order and forth.order[::-1])
    assert back.bands == {item: (6 - worst, 6 - best) for item, (best, worst) in forth.bands.items()}
    assert set(back.settled) == {(second, first) for first, second in forth.settled}
    assert back.kendall_w == forth.kendall_w


@untimed
@given(ballot_boxes(), weightings)
def test_every_ballot_twice_changes_nothing_but_the_number_of_votes(
    ballots: list[Ballot], weights: Weighting
) -> None:
    twice = [*ballots, *(Ballot(f"{b.voter}.2", b.ranking, b.agency, b.count) for b in ballots)]
    once, doubled = count_ballots(ballots, ITEMS, weights), count_ballots(twice, ITEMS, weights)
    votes = 2 if weights == "person" else 1
    assert once.distance is not None
    assert doubled.distance == once.distance * votes
    assert doubled.borda == {item: points * votes for item, points in once.borda.items()}
    assert (doubled.bands, doubled.orders_optimal) == (once.bands, once.orders_optimal)
    assert (doubled.settled, doubled.schulze) == (once.settled, once.schulze)


@untimed
@given(ballot_boxes(), st.integers(2, 9))
def test_the_size_of_an_agency_does_not_matter(ballots: list[Ballot], times: int) -> None:
    grown = [
        Ballot(b.voter, b.ranking, b.agency, b.count * times if b.agency == "police" else b.count)
        for b in ballots
    ]
    one, other = count_ballots(ballots, ITEMS, "agency"), count_ballots(grown, ITEMS, "agency")
    assert (one.bands, one.borda, one.distance) == (other.bands, other.borda, other.distance)
    assert one.schulze == other.schulze


@untimed
@given(ballot_boxes().filter(bool))
def test_one_agency_gives_the_same_order_as_its_people(ballots: list[Ballot]) -> None:
    together = [Ballot(b.voter, b.ranking, "police", b.count) for b in ballots]
    people, agency = count_ballots(together, ITEMS, "person"), count_ballots(together, ITEMS, "agency")
    assert people.bands == agency.bands
    assert people.distance is not None
    assert agency.distance == people.distance / people.ballots


@untimed
@given(ballot_boxes(), weightings, st.integers(1, 5))
def test_a_choice_fills_its_places(ballots: list[Ballot], weights: Weighting, wanted: int) -> None:
    choice = count_ballots(ballots, ITEMS, weights, choose=wanted).choice
    assert choice is not None
    assert not set(choice.chosen) & set(choice.tied)
    if choice.tied:
        assert len(choice.chosen) < wanted < len(choice.chosen) + len(choice.tied)
    else:
        assert len(choice.chosen) == wanted


def _strict(order: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((item,) for item in order)
