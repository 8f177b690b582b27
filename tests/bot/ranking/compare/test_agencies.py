"""Agency against agency, and what stays untold without names."""

from bot.ranking.compare.agencies import AgencyComparison, Withheld, compare_agencies, withheld_agencies
from bot.ranking.results import count_order
from storage.records.people import Person
from storage.records.rankings import Answer
from tests.bot.ranking.examples import answer

ITEMS = tuple("abcdefgh")


def _answers(**agencies: tuple[str, ...]) -> list[Answer]:
    """The orders of each agency's people; `unknown` is nobody's agency."""
    return [
        answer(Person("T1", f"U-{agency}-{number}"), *order, agency="" if agency == "unknown" else agency)
        for agency, orders in agencies.items()
        for number, order in enumerate(orders)
    ]


def _compare(anonymous: bool, **agencies: tuple[str, ...]) -> AgencyComparison:
    found = compare_agencies(_answers(**agencies), ITEMS, anonymous=anonymous)
    assert found is not None
    return found


def test_each_agency_counts_once_however_many_people_it_sends() -> None:
    answers = _answers(police=("abc",) * 5, health=("bac",), school=("bac",))
    by_person, by_agency = count_order(answers, "abc"), count_order(answers, "abc", "agency")
    assert by_person is not None
    assert by_agency is not None
    assert by_person.items[0] == "a"
    assert by_agency.items[0] == "b"
    assert by_agency.spreads == by_person.spreads


def test_people_without_an_agency_share_one_vote() -> None:
    answers = _answers(police=("abc",), health=("abc",), unknown=("bac",) * 4)
    order = count_order(answers, "abc", "agency")
    assert order is not None
    assert order.items[0] == "a"


def test_each_agency_has_its_order_and_the_unknown_come_last() -> None:
    found = _compare(False, unknown=("dcbahgfe",), police=("abcdefgh",) * 2, health=("hgfedcba",))
    assert [each.agency for each in found.agencies] == ["health", "police", ""]
    assert [each.ballots for each in found.agencies] == [1, 2, 1]
    assert [each.order and each.order.items[0] for each in found.agencies] == ["h", "a", "d"]


def test_with_names_shown_nothing_is_withheld() -> None:
    found = _compare(False, police=("abcdefgh",), health=("abcdefgh",))
    assert all(each.order and each.withheld is None for each in found.agencies)


def test_without_names_fewer_than_three_ballots_are_withheld() -> None:
    found = _compare(True, police=("abcdefgh",) * 3, health=("abcdefgh",) * 2, school=("abcdefgh",))
    health, police, school = found.agencies
    assert (health.order, health.ballots, health.withheld) == (None, None, Withheld.TOO_FEW)
    assert (school.order, school.withheld) == (None, Withheld.TOO_FEW)
    assert police.order is not None  # the three that are left cannot be told apart


def test_an_agency_is_withheld_when_the_rest_of_the_group_would_follow_by_subtraction() -> None:
    found = _compare(True, police=("abcdefgh",) * 3, health=("abcdefgh",) * 4, school=("hgfedcba",) * 2)
    health, police, school = found.agencies
    assert health.order is not None
    assert (police.order, police.withheld) == (None, Withheld.WOULD_TELL)
    assert school.withheld is Withheld.TOO_FEW


def test_what_is_withheld_does_not_show_in_the_comparison_of_agencies_either() -> None:
    told = {"police": ("abcdefgh", "bacdefgh", "abcdefgh"), "health": ("hgfedcba",) * 3}
    one = _compare(True, **told, school=("cdabefgh",), social=("cdabefgh",) * 2)
    other = _compare(True, **told, school=("efghabcd",), social=("ghefabcd",) * 2)
    for item in ITEMS:
        assert one.divisions[item].between == other.divisions[item].between
        assert one.divisions[item].within == other.divisions[item].within


def test_what_divides_people_within_agencies_does_not_count_as_dividing_the_agencies() -> None:
    found = _compare(
        False,
        police=("abcdefgh", "ahcdefgb", "acbdefgh", "ahcbefgd"),
        health=("bcdefgha", "hcdefgba", "cbdefgha", "hcbefgda"),
    )
    assert found.dividing_agencies == ("a",)
    within = {item: found.divisions[item].within or 0 for item in "ah"}
    assert within["h"] > within["a"]


def test_no_ballot_gives_no_comparison() -> None:
    assert compare_agencies(_answers(police=("",)), ITEMS, anonymous=False) is None


def test_of_two_agencies_alike_always_the_same_one_is_withheld() -> None:
    ballots = {"Police": 2, "": 3, "Health": 3}
    turned = dict(reversed(ballots.items()))
    assert withheld_agencies(ballots) == withheld_agencies(turned)
    assert len(withheld_agencies(ballots)) == 2
