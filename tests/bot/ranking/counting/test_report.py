import pytest

from bot.ranking.bands import band_text
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.report import WIDTH, chance_text, tally_report
from bot.ranking.counting.tally import Tally, count_ballots
from tests.bot.ranking.counting.elections import election
from tests.bot.ranking.counting.test_published import SCHULZE_1, TENNESSEE


def _report(tally: Tally) -> str:
    """The report with line breaks inside a sentence undone, so that a test can look for the sentence."""
    return " ".join(tally_report(tally).split())


def test_a_clear_order_in_full() -> None:
    assert tally_report(count_ballots(TENNESSEE, "MNCK", choose=2)) == (
        "100 ballots on 4 items. Each person counts once.\n"
        "The order is counted by Kemeny-Young, exactly. Of all choices between two items\n"
        "on the ballots, 393 agree with it and 207 do not. No other order does as well.\n"
        "\n"
        "Place  Borda  Item\n"
        "1        194  N\n"
        "2        173  C\n"
        "3        107  K\n"
        "4        126  M\n"
        "\n"
        "Every pair of items is settled.\n"
        "The first 2: N and C.\n"
        "\n"
        "How alike the ballots are\n"
        "Kendall's W is 0.10, where 0 is no common order and 1 is the same order from\n"
        "everybody. If 100 people ordered the items at random it would be 0.01 on\n"
        "average, and as high as here in fewer than 1 in 1,000 such groups.\n"
        "The mean rank correlation between two ballots is 0.09, where 1 is the same order\n"
        "and -1 the opposite one. Random orders would give 0.00 on average.\n"
        "\n"
        "Other ways of counting\n"
        "Borda's points: another order for 1 pair, M before K.\n"
        "Schulze's beatpath method: nothing that contradicts this order."
    )


def test_pairs_that_borda_and_schulze_turn_round() -> None:
    text = _report(count_ballots(SCHULZE_1, "ABCDE"))
    assert "Borda's points: another order for 2 pairs, A before B; C before D." in text
    assert "Schulze's beatpath method: another order for 3 pairs, A before B; C before B; C before D." in text


def test_ties_are_told_as_bands() -> None:
    text = _report(count_ballots(election((1, "ABCD"), (1, "ACBD")), "ABCD", choose=2))
    assert "2 orders do equally well, so there is no single order" in text
    assert "1 6 A 2-3 3 B 2-3 3 C 4 0 D" in text
    assert "5 pairs are settled, 1 open: B and C." in text
    assert "The first 2: A. Tied for the last place: B and C." in text


def test_nothing_is_settled() -> None:
    text = _report(count_ballots(election((1, "ABCDEFGHI"), (1, "IHGFEDCBA")), "ABCDEFGHI", choose=5))
    assert "362,880 orders do equally well" in text
    assert "0 pairs are settled, 36 open: A and B; " in text
    assert "; and 28 more." in text
    assert "The first 5: no item is sure of a place. Tied: A, B, C, D, E, F, G, H and I." in text


def test_two_places_are_tied_for() -> None:
    text = _report(count_ballots(election((1, "ABCD"), (1, "ACDB"), (1, "ADBC")), "ABCD", choose=3))
    assert "The first 3: A. Tied for the last 2 places: B, C and D." in text


def test_more_than_sixteen_items() -> None:
    items = [f"item {number}" for number in range(17)]
    order = tuple((item,) for item in items)
    turned = (order[1], order[0], *order[2:])
    clear = _report(count_ballots([Ballot("Ann", order)], items))
    assert "more than 16 items, so the order is counted by Schulze's beatpath method. It gives one" in clear
    text = _report(count_ballots([Ballot("Ann", order), Ballot("Ben", turned)], items))
    assert "It leaves some places open" in text
    assert "1-2 31 item 0 1-2 31 item 1 3 28 item 2" in text
    assert "Schulze's beatpath method: " not in text


def test_agencies() -> None:
    ballots = [Ballot("Ann", (("A",), ("B",)), "police", 2), Ballot("Cas", (("B",), ("A",)), "police")]
    text = _report(count_ballots(ballots, "AB", weights="agency"))
    assert "Each agency counts once." in text
    assert "0.67 agree with it and 0.33 do not" in text
    assert "Both look at people, not at agencies." in text


def test_one_ballot() -> None:
    text = _report(count_ballots(election((1, "A")), "A"))
    assert "1 ballot on 1 item." in text
    assert "This cannot be measured: it takes two ballots or more" in text


def test_long_items_wrap() -> None:
    items = [f"A rather long statement, number {n}, that goes on about outcomes for a while" for n in (1, 2)]
    report = tally_report(count_ballots([Ballot("Ann", ((items[1],), (items[0],)))], items, choose=1))
    assert max(len(line) for line in report.splitlines()) <= WIDTH
    assert items[1] in " ".join(report.split())


@pytest.mark.parametrize(("band", "text"), [((1, 1), "1"), ((2, 3), "2-3"), ((9, 25), "9-25")])
def test_bands(band: tuple[int, int], text: str) -> None:
    assert band_text(band) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "fewer than 1 in 1,000"),
        (0.00099, "fewer than 1 in 1,000"),
        (0.001, "about 1 in 1,000"),
        (0.0077, "about 1 in 130"),
        (0.05, "about 1 in 20"),
        (0.14, "about 1 in 7"),
        (0.2, "about 2 in 10"),
        (0.94, "about 9 in 10"),
        (0.99, "nearly all"),
        (1.0, "nearly all"),
    ],
)
def test_chance_in_words(probability: float, text: str) -> None:
    assert chance_text(probability) == text
