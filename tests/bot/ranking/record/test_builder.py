"""The record from a ranking's rows."""

import json
from collections import Counter
from dataclasses import replace

from bot.ranking.record.json_file import json_file
from bot.ranking.record.record import Consent, Marks, Record, Round
from storage.records.rankings import Item, Rules
from tests.bot.ranking.record.examples import AGENCIES, ITEMS, held_stages, make_record

ANONYMOUS = Rules(anonymous=True)


def results(record: Record) -> list[object]:
    return [stage.result for stage in record.stages]


def test_each_stage_comes_to_what_was_answered() -> None:
    record = make_record()
    kinds = [type(result).__name__ for result in results(record)]
    assert kinds == [
        "NoneType",
        "Marks",
        "Consent",
        "Consent",
        "Round",
        "NoneType",
        "Round",
        "Marks",
        "Consent",
    ]
    marks, blocked = record.stages[1].result, record.stages[2].result
    assert isinstance(marks, Marks)
    assert isinstance(blocked, Consent)
    assert dict(marks.counts) == {"Fewer meetings": 6, "A shared building": 6}
    assert ("Anna Example", ("Fewer meetings",)) in marks.given
    assert blocked.counts == {"support": 11, "accept": 0, "aside": 0, "block": 1}
    assert [(stand.name, stand.reason) for stand in blocked.dissent] == [
        ("Gita Example", "=We meet in it every week")
    ]
    assert record.outcome[0] == "Families tell their story once"
    assert [event.text for event in record.events] == ["The deadline moved to 3 March.", "Max Example left."]


def test_a_round_holds_ballots_order_agreement_agencies_and_movement() -> None:
    first, second = make_record().rounds
    assert [ballot.voter for ballot in first.ballots] == sorted(AGENCIES)
    assert first.movement == ()
    assert [move.label for move in second.movement] == list(second.order.items)
    assert {move.label: move.before for move in second.movement} == first.order.tally.bands
    assert first.agreement is not None
    assert first.agreement.w_random == 1 / 12
    assert first.agreement.correlation_random == 0
    assert [(group.agency, group.people) for group in first.agencies] == [
        ("City Council", 3),
        ("Elm School", 3),
        ("Harbour Health", 3),
        ("Police", 3),
    ]
    # Every ballot hands out the places 1 to 9, those of unplaced statements included.
    for group in first.agencies:
        assert abs(sum(group.means.values()) - 45) < 1e-9


def test_nothing_in_an_anonymous_record_names_anybody_beside_an_answer() -> None:
    record = make_record(rules=ANONYMOUS)
    told = json.loads(json_file(record))
    people = {told["record"].pop("facilitator"), *told["record"].pop("deputies")}
    people |= {member["name"] for member in told["record"].pop("members")}
    assert people == {*AGENCIES, "Max Example"}
    told["record"].pop("events")
    everything = json.dumps(told)
    assert not [name for name in people if name.split()[0] in everything]


def test_anonymous_voters_are_numbered_in_an_order_that_tells_nothing() -> None:
    orders = held_stages()
    backwards = [replace(stage, answers=stage.answers[::-1]) for stage in orders]
    assert results(make_record(rules=ANONYMOUS, stages=orders)) == results(
        make_record(rules=ANONYMOUS, stages=backwards)
    )
    (first, _second) = make_record(rules=ANONYMOUS).rounds
    assert [ballot.voter for ballot in first.ballots] == [str(number) for number in range(1, 13)]


def test_agencies_are_withheld_where_fewer_than_three_people_could_be_worked_out() -> None:
    first, second = make_record(rules=ANONYMOUS).rounds
    assert (first.withheld, second.withheld) == (False, True)
    assert Counter(ballot.agency for ballot in first.ballots) == Counter(AGENCIES.values())
    # Somebody of the police left: their two and the three of one more agency are not told apart.
    assert Counter(ballot.agency for ballot in second.ballots) == {
        None: 5,
        "Elm School": 3,
        "Harbour Health": 3,
    }
    assert [group.agency for group in second.agencies] == ["Elm School", "Harbour Health"]
    named = make_record().rounds[1]
    assert not named.withheld
    assert [group.people for group in named.agencies] == [3, 3, 3, 2]


def test_agencies_weigh_in_a_count_whose_files_withhold_them() -> None:
    few = dict.fromkeys(AGENCIES, "Elm School") | {"Anna Example": "Police"}
    by_agency = make_record(rules=Rules(anonymous=True, weights="agency"), agencies=few).rounds[0]
    by_person = make_record(rules=Rules(anonymous=True), agencies=few).rounds[0]
    assert by_agency.order.tally.distance != by_person.order.tally.distance
    assert by_agency.ballots == by_person.ballots
    assert by_agency.agencies == ()


def test_statements_and_people_of_the_same_name_are_told_apart() -> None:
    titles = ["Trust", "trust", "Voter", "=Trust", "'=Trust", " \n", "A\nB\x07"]
    items = tuple(
        Item(item.id, title, "") for item, title in zip(ITEMS, [*titles, "X", "Y", "Z"], strict=True)
    )
    record = make_record(items=items)
    assert [statement.label for statement in record.statements][:7] == [
        "Trust",
        "trust (2)",
        "Voter (2)",
        "=Trust",
        "'=Trust (2)",
        "Statement 6",
        "A B",
    ]


def test_what_an_open_stage_holds_is_not_told() -> None:
    record = make_record(stages=[replace(stage, closed_at=None) for stage in held_stages()])
    assert set(results(record)) == {None}
    assert [stage.answered for stage in record.stages] == [0, 12, 12, 12, 12, 0, 11, 12, 12]


def test_a_stage_that_nobody_answered_comes_to_nothing() -> None:
    record = make_record(agencies={})
    assert not any(isinstance(result, Marks | Round) for result in results(record))
    consents = [result for result in results(record) if isinstance(result, Consent)]
    assert [consent.stands for consent in consents] == [(), (), ()]
