"""The comparison in words, small and at its largest, with names and without."""

from dataclasses import replace
from typing import Any

import pytest

from bot.panels import panel_modal
from bot.ranking.compare.comparing import Compared, Own, compare_round
from bot.ranking.compare.movement import own_moves
from bot.ranking.compare.views import PARTED, compare_panel
from bot.ranking.compare.wording import NOT_COMPARED, comparison_lines, spread_text
from bot.ranking.counting.spread import spreads
from bot.ranking.messages import stage_message
from bot.ranking.results import as_ballots, own_differences
from bot.ranking.snapshot import Snapshot
from sandbox.limits import counted_characters, message_faults, view_faults
from storage.records.people import Person
from storage.records.rankings import Answer, Participant, RankingStatus, Rules
from tests.bot.ranking.examples import make_items, make_snapshot
from tests.bot.ranking.test_views import BUDGET, LARGEST, MANY
from tests.slack import words_of

PEOPLE = tuple(Person("T0HOME", f"U{number:03}") for number in range(1, 9))
ITEMS = make_items(6)
IDS = tuple(item.id for item in ITEMS)
NOBODY = Own((), (), ())
NAMED = Rules()
ANONYMOUS = Rules(anonymous=True)


def ballots(agencies: str, *orders: str) -> tuple[Answer, ...]:
    """A ballot each: `agencies` a letter a person, orders as digits ("213456")."""
    return tuple(
        Answer(
            person, tuple(f"s-{digit}" for digit in order), True, make_snapshot().stage.opened_at, "", agency
        )
        for person, agency, order in zip(PEOPLE, agencies, orders, strict=False)
    )


def ranking_of(agencies: str, rules: Rules, **more: Any) -> Snapshot:
    snapshot = make_snapshot("compare", items=ITEMS, people=PEOPLE[: len(agencies)], **more)
    participants = tuple(
        Participant(person, agency) for person, agency in zip(PEOPLE, agencies, strict=False)
    )
    return replace(snapshot, ranking=replace(snapshot.ranking, rules=rules, participants=participants))


def told(agencies: str, *orders: str, rules: Rules = NAMED, before: tuple[str, ...] = ()) -> str:
    earlier = ballots(agencies, *before)
    compared = compare_round(ballots(agencies, *orders), earlier, IDS, rules)
    assert compared is not None
    return "\n".join(comparison_lines(ranking_of(agencies, rules), compared))


def test_how_alike_the_orders_are_is_said_beside_what_chance_gives() -> None:
    said = told("AAAAA", "123456", "123465", "213456", "124356", "123546")
    assert "Your orders are more alike than chance would make them: 0." in said
    assert "where 0.20 is what chance gives for 5 people" in said
    assert "Two people's orders match by 0." in said


def test_orders_as_chance_makes_them_are_not_called_alike() -> None:
    assert "Your orders are no more alike than chance can make them" in told(
        "AAA", "123456", "654321", "351624"
    )


def test_one_ballot_is_not_said_to_be_alike() -> None:
    assert "it takes two ballots or more" in told("A", "123456")


def test_what_nearly_all_agree_on_and_what_splits_the_group_are_named() -> None:
    said = told("AAAA", "123456", "163452", "123456", "163452")
    assert "*Nearly all agree on:* Statement 1" in said
    assert "*Splits the group:* Statement 2 (places 2 to 6)" in said


def test_statements_that_go_together_are_told() -> None:
    orders = ("123456", "345612", "341256", "125634", "561234", "563412", "123456", "345612")
    assert "people who put “Statement 1” high put “Statement 2” high too" in told("AAAAAAAA", *orders)


def test_what_splits_agencies_and_not_the_people_inside_them_is_told_apart() -> None:
    said = told("AAAABBBB", *["123456"] * 4, *["623451"] * 4)
    assert "*Splits agencies, but not the people inside them:* Statement 1" in said
    assert "*A* (4 people): 1 Statement 1;" in said
    assert "*B* (4 people): 1 Statement 6;" in said


def test_an_agency_beside_the_group_is_told_where_it_is_furthest() -> None:
    said = told("AAAAAB", *["123456"] * 5, "623451")
    assert "*B* (1 person): 1 Statement 6; 2 Statement 2; 3 Statement 3. Furthest from the group: " in said
    assert "“Statement 6” at 1, the group at 6" in said


def test_in_an_anonymous_ranking_a_small_agency_is_withheld_and_the_reason_said() -> None:
    said = told("AAAABB", *["123456"] * 4, *["623451"] * 2, rules=ANONYMOUS)
    assert "*B*: not shown, because fewer than three people stand behind it." in said
    assert "*A*: not shown, because with it the view of a few people could be worked out." in said
    assert "1 Statement 6" not in said


def test_agencies_merged_into_one_group_are_said_not_to_be_compared() -> None:
    rules, answers = ANONYMOUS, ballots("    ", "123456", "654321", "123456", "123456")
    merged = tuple(replace(one, agency="") for one in answers)
    compared = compare_round(merged, (), IDS, rules)
    assert compared is not None
    assert NOT_COMPARED in comparison_lines(ranking_of("AABB", rules), compared)


def test_a_second_round_tells_what_moved_and_whether_the_orders_came_closer() -> None:
    said = told("AAAA", *["213456"] * 4, before=("123456", "123456", "123456", "654321"))
    assert "*Statement 2* rose from 2 to 1." in said
    assert "*Statement 1* fell from 1 to 2." in said
    assert "to 1.00 (chance: 0.25)." in said


def test_a_second_round_in_which_nothing_moved_says_so() -> None:
    said = told("AAA", *["123456"] * 3, before=("123456",) * 3)
    assert "No statement clearly moved." in said


def test_places_are_told_one_by_one_for_few_people_and_by_number_for_many() -> None:
    few = spreads(as_ballots(ballots("AAA", "123456", "123456", "213456")), IDS)
    assert spread_text(few["s-1"]) == "Places given: 1 1 2. Middle: 1."
    many = spreads([ballot for ballot in as_ballots(ballots("A", "123456")) for _ in range(13)], IDS)
    assert spread_text(many["s-1"]) == "Places given: 1 (13x). Middle: 1."


def panel_text(snapshot: Snapshot, compared: Compared, own: Own) -> str:
    modal = panel_modal(compare_panel(snapshot, compared, own))
    assert view_faults(modal) == []
    return words_of(modal["blocks"])


def test_the_reader_sees_where_they_differ_and_what_they_moved() -> None:
    answers = ballots("AAAA", "123456", "123456", "123456", "623451")
    compared = compare_round(answers, (), IDS, Rules())
    assert compared is not None
    mine = answers[3].choice
    own = Own(mine, own_differences(compared.order, mine), own_moves(IDS, mine))
    said = panel_text(ranking_of("AAAA", Rules()), compared, own)
    assert "*Statement 6*: you put it at 1, the group at 6." in said
    assert "Since your last ballot you moved: Statement 6 from 6 to 1" in said
    assert "You: 1." in said


@pytest.mark.parametrize(
    ("rules", "status", "words"),
    [
        (Rules(), "open", "You gave no order in this round."),
        (ANONYMOUS, "open", "You gave no order in this round."),
        (Rules(), "decided", "You gave no order in this round."),
        (ANONYMOUS, "decided", PARTED),
    ],
)
def test_who_has_no_ballot_to_be_shown_is_told_why(rules: Rules, status: RankingStatus, words: str) -> None:
    compared = compare_round(ballots("AAA", *["123456"] * 3), (), IDS, rules)
    assert compared is not None
    assert words in panel_text(ranking_of("AAA", rules, status=status), compared, NOBODY)


@pytest.mark.parametrize("rules", [Rules(), ANONYMOUS], ids=["names", "anonymous"])
def test_the_largest_comparison_keeps_the_limits_in_the_panel_and_in_the_thread(rules: Rules) -> None:
    ids = tuple(item.id for item in LARGEST)
    opened_at = make_snapshot().stage.opened_at

    def round_of(shift: int) -> tuple[Answer, ...]:
        return tuple(
            Answer(
                person,
                (*ids[(at + shift) % 7 :], *ids[: (at + shift) % 7]),
                True,
                opened_at,
                "",
                f"An agency & its long name, number {at % 20:02}",
            )
            for at, person in enumerate(MANY)
        )

    compared = compare_round(round_of(3), round_of(0), ids, rules)
    assert compared is not None
    snapshot = make_snapshot("compare", items=LARGEST, people=MANY, result=compared.order)
    snapshot = replace(snapshot, ranking=replace(snapshot.ranking, rules=rules))
    own = Own(ids, own_differences(compared.order, ids[::-1]), own_moves(ids, ids[::-1]))
    assert view_faults(panel_modal(compare_panel(snapshot, compared, own))) == []
    arguments = stage_message(snapshot, snapshot.stage, compared.order, compared).arguments()
    assert message_faults(arguments) == []
    assert counted_characters(arguments["blocks"]) + len(arguments["text"]) < BUDGET
