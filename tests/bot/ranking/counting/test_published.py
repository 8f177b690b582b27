"""Elections with published results: whatever else changes, these numbers stay."""

import math
from fractions import Fraction

import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.tally import count_ballots
from tests.bot.ranking.counting.elections import election, from_places

TENNESSEE = election((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))

SCHULZE_1 = election(
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
)
SCHULZE_2 = election(
    (5, "ACBD"),
    (2, "ACDB"),
    (3, "ADCB"),
    (4, "BACD"),
    (3, "CBDA"),
    (3, "CDBA"),
    (1, "DACB"),
    (5, "DBAC"),
    (4, "DCBA"),
)
SCHULZE_3 = election(
    (3, "ABDEC"),
    (5, "ADEBC"),
    (1, "ADECB"),
    (2, "BADEC"),
    (2, "BDECA"),
    (4, "CABDE"),
    (6, "CBADE"),
    (2, "DBECA"),
    (5, "DECAB"),
)
SCHULZE_4 = election((3, "ABCD"), (2, "DABC"), (2, "DBCA"), (2, "CBDA"))


def test_tennessee_capital() -> None:
    tally = count_ballots(TENNESSEE, "MNCK")
    assert tally.method == "kemeny"
    assert tally.order == ("N", "C", "K", "M")
    assert (tally.distance, tally.agreement) == (Fraction(207), Fraction(393))
    assert tally.orders_optimal == 1
    assert tally.bands == {"N": (1, 1), "C": (2, 2), "K": (3, 3), "M": (4, 4)}
    assert tally.borda == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert tally.ballots == 100


def test_schulze_45_voters_where_kemeny_differs() -> None:
    tally = count_ballots(SCHULZE_1, "ABCDE")
    assert tally.order == tuple("EBADC")
    assert tally.distance == 190
    assert tally.schulze.winners == ("E",)
    assert set(tally.schulze.beats) == _pairs_of("EACBD")


@pytest.mark.parametrize(
    ("ballots", "items", "order"), [(SCHULZE_2, "ABCD", "DACB"), (SCHULZE_3, "ABCDE", "BADEC")]
)
def test_schulze_30_voters(ballots: list[Ballot], items: str, order: str) -> None:
    relation = count_ballots(ballots, items).schulze
    assert relation.winners == (order[0],)
    assert set(relation.beats) == _pairs_of(order)


def test_schulze_nine_voters_with_two_winners() -> None:
    relation = count_ballots(SCHULZE_4, "ABCD").schulze
    assert relation.winners == ("B", "D")
    assert set(relation.beats) == {("B", "C"), ("D", "A")}


def test_six_judges_of_four_papers() -> None:
    judges = from_places("abcd", "4321", "3421", "4312", "3412", "4213", "4231")
    tally = count_ballots(judges, "abcd")
    assert tally.kendall_w == 0.6
    assert tally.mean_correlation == 0.52


def test_siegel_three_interviewers_of_six_applicants() -> None:
    tally = count_ballots(from_places("abcdef", "163254", "156423", "632541"), "abcdef")
    assert tally.kendall_w == pytest.approx(25.5 / 157.5, abs=1e-15)


def test_kendall_ten_items_with_ties_corrected() -> None:
    # Rank Correlation Methods: 591 / 714 once ties are corrected for.
    judges = from_places("abcdefghij", "1424365768", "2123356474", "2133334445")
    assert count_ballots(judges, "abcdefghij").kendall_w == pytest.approx(591 / 714, abs=1e-15)


def test_two_opposite_orders_leave_all_orders_equal() -> None:
    tally = count_ballots(election((1, "ABCDEFGHI"), (1, "IHGFEDCBA")), "ABCDEFGHI")
    assert tally.orders_optimal == math.factorial(9) == 362_880
    assert tally.order is None
    assert set(tally.bands.values()) == {(1, 9)}
    assert tally.settled == ()
    assert len(tally.open_pairs) == 36
    assert tally.mean_correlation == -1


def test_condorcet_cycle_has_three_orders() -> None:
    tally = count_ballots(election((1, "ABC"), (1, "BCA"), (1, "CAB")), "ABC")
    assert tally.orders_optimal == 3
    assert tally.order is None
    assert set(tally.bands.values()) == {(1, 3)}
    assert tally.schulze.winners == ("A", "B", "C")


def _pairs_of(order: str) -> set[tuple[str, str]]:
    return {(first, second) for at, first in enumerate(order) for second in order[at + 1 :]}
