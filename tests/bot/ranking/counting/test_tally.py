import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.tally import Choice, count_ballots, first_items, tally_as_json, tally_file
from tests.bot.ranking.counting.elections import election

KEYS = [
    "items",
    "ballots",
    "method",
    "orders_optimal",
    "order",
    "bands",
    "distance",
    "agreement",
    "borda",
    "schulze",
    "kendall_w",
    "mean_correlation",
]
SEVENTEEN = "ABCDEFGHIJKLMNOPQ"


def test_json_of_a_clear_order() -> None:
    tally = count_ballots(election((2, "ABC"), (1, "BAC")), "CBA")
    values = tally_as_json(tally)
    assert list(values) == KEYS
    assert json.loads(json.dumps(values)) == {
        "items": ["C", "B", "A"],
        "ballots": 3,
        "method": "kemeny",
        "orders_optimal": 1,
        "order": ["A", "B", "C"],
        "bands": {"C": [3, 3], "B": [2, 2], "A": [1, 1]},
        "distance": 1,
        "agreement": 8,
        "borda": {"C": 0, "B": 4, "A": 5},
        "schulze": {"winners": ["A"], "beats": [["B", "C"], ["A", "C"], ["A", "B"]]},
        "kendall_w": pytest.approx(7 / 9),
        "mean_correlation": pytest.approx(2 / 3),
    }


def test_json_of_nothing_to_tell_apart() -> None:
    values = tally_as_json(count_ballots([], "AB"))
    assert (values["orders_optimal"], values["order"], values["kendall_w"]) == (2, None, None)
    assert (values["distance"], values["agreement"], values["borda"]) == (0, 0, {"A": 0, "B": 0})


def test_one_item_is_an_order() -> None:
    tally = count_ballots(election((2, "A")), "A")
    assert (tally.order, tally.orders_optimal, tally.bands) == (("A",), 1, {"A": (1, 1)})
    assert (tally.kendall_w, tally.mean_correlation) == (None, None)


def test_half_points_are_floats_and_whole_ones_are_not() -> None:
    values = tally_as_json(count_ballots(election((1, "AB C")), "ABC"))
    assert values["borda"] == {"A": 1.5, "B": 1.5, "C": 0}
    assert [type(points) for points in values["borda"].values()] == [float, float, int]


BY_AGENCY = [
    Ballot("Ann", (("A",), ("B",)), "police", count=5),
    Ballot("Ben", (("B",), ("A",)), "school"),
    Ballot("Cas", (("B",), ("A",)), "health"),
]


def test_agencies_count_once_each() -> None:
    assert count_ballots(BY_AGENCY, "AB").order == ("A", "B")
    tally = count_ballots(BY_AGENCY, "AB", "agency")
    assert tally.order == ("B", "A")
    assert tally.ballots == 7
    assert (tally.distance, tally.agreement) == (Fraction(1), Fraction(2))
    assert tally.borda == {"A": 1, "B": 2}
    assert tally.kendall_w == count_ballots(BY_AGENCY, "AB").kendall_w


def test_thirds_of_an_agency_add_up_to_an_exact_tie() -> None:
    # A third, ten times over, is not ten thirds in floating point.
    ballots = [Ballot(f"a{n}", (("A",), ("B",)), f"agency {n // 3}") for n in range(30)]
    ballots += [Ballot(f"b{n}", (("B",), ("A",)), f"other {n // 7}") for n in range(70)]
    tally = count_ballots(ballots, "AB", "agency")
    assert tally.orders_optimal == 2
    assert tally.distance == 10
    ballots[0] = Ballot("turned", (("B",), ("A",)), "agency 0")
    assert count_ballots(ballots, "AB", "agency").distance == Fraction(29, 3)


def test_seventeen_items_are_counted_by_schulze() -> None:
    turned = SEVENTEEN[::-1]
    tally = count_ballots(election((2, SEVENTEEN), (1, turned)), SEVENTEEN)
    assert tally.method == "schulze"
    assert tally.order == tuple(SEVENTEEN)
    assert tally.orders_optimal is None
    assert (tally.distance, tally.agreement) == (Fraction(136), Fraction(272))
    assert tally.open_pairs == ()


def test_schulze_bands_span_what_the_relation_leaves_open() -> None:
    swapped = "BA" + SEVENTEEN[2:]
    tally = count_ballots(election((1, SEVENTEEN), (1, swapped)), SEVENTEEN)
    assert (tally.order, tally.orders_optimal, tally.distance, tally.agreement) == (None,) * 4
    assert (tally.bands["A"], tally.bands["B"], tally.bands["C"]) == ((1, 2), (1, 2), (3, 3))
    assert tally.open_pairs == (("A", "B"),)


def test_the_cut_is_clear() -> None:
    bands = {"A": (2, 3), "B": (1, 1), "C": (2, 3), "D": (4, 4)}
    assert first_items(bands, 1) == Choice(1, ("B",), ())
    assert first_items(bands, 3) == Choice(3, ("B", "A", "C"), ())


def test_a_tie_crosses_the_cut() -> None:
    bands = {"A": (2, 3), "B": (1, 1), "C": (2, 3), "D": (4, 4)}
    assert first_items(bands, 2) == Choice(2, ("B",), ("A", "C"))


def test_chosen_is_in_the_json_only_when_asked() -> None:
    ballots = election((1, "ABC"), (1, "ACB"))
    values = tally_as_json(count_ballots(ballots, "ABC", choose=2))
    assert list(values) == [*KEYS, "chosen"]
    assert values["chosen"] == {"in": ["A"], "tied": ["B", "C"]}


@pytest.mark.parametrize("wanted", [-1, 0, 4])
def test_choose_more_or_less_than_there_is(tmp_path: Path, wanted: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 3 items"):
        count_ballots(election((1, "ABC")), "ABC", choose=wanted)
    path = tmp_path / "votes.csv"
    path.write_text("voter,A,B,C\nAnn,1,2,3\n")
    with pytest.raises(BallotFileError, match="--choose must be between 1 and 3"):
        tally_file(path, choose=wanted)


def test_file_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("voter,agency,A,B\nAnn,police,1,2\nBen,police,1,2\nCas,school,2,1\nDee,health,2,1\n")
    assert tally_file(path).open_pairs == (("A", "B"),)
    tally = tally_file(path, "agency", choose=1)
    assert tally.order == ("B", "A")
    assert tally.choice == Choice(1, ("B",), ())


def test_weights_by_agency_need_an_agency(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("voter,agency,A,B\nAnn,,1,2\n")
    with pytest.raises(BallotFileError, match="No ballot names an agency"):
        tally_file(path, "agency")


def test_numpy_is_loaded_at_the_first_count_only() -> None:
    script = (
        "import sys\n"
        "from bot.ranking.counting import report, spread, tally\n"
        "assert 'numpy' not in sys.modules\n"
        "tally.count_ballots([], 'AB')\n"
        "assert 'numpy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
