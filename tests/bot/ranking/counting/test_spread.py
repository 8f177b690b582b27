from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.spread import Spread, spreads
from tests.bot.ranking.counting.elections import election


def test_places_are_counted_by_person() -> None:
    found = spreads(election((3, "ABC"), (1, "CBA")), "ABC")
    assert found["A"] == Spread((3, 0, 1), unranked=0, median=1, best=1, worst=3)
    assert found["B"] == Spread((0, 4, 0), unranked=0, median=2, best=2, worst=2)


def test_median_between_two_places() -> None:
    assert spreads(election((2, "ABC"), (2, "BAC")), "ABC")["A"].median == 1.5


def test_tied_items_share_the_best_place_of_their_tie() -> None:
    found = spreads(election((1, "A BC D")), "ABCD")
    assert [spread.best for spread in found.values()] == [1, 2, 2, 4]


def test_unranked_items_have_no_place() -> None:
    found = spreads([Ballot("Ann", (("A",),), count=2), Ballot("Ben", (("B",), ("A",)))], "ABC")
    assert found["B"] == Spread((1, 0, 0), unranked=2, median=1, best=1, worst=1)
    assert found["C"] == Spread((0, 0, 0), unranked=3, median=None, best=None, worst=None)
