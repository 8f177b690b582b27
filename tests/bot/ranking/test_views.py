"""Every view and message of a ranking, empty and at its largest, within Slack's limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

import pytest

from bot.delivery.content import Content
from bot.panels import panel_modal
from bot.ranking.answers.ballot_views import ballot_panel, consent_modal, statements_panel
from bot.ranking.control.forms import (
    adding_modal,
    deadline_modal,
    handover_modal,
    helpers_modal,
    leaving_modal,
)
from bot.ranking.control.views import controls_panel, more_panel, step_in_panel
from bot.ranking.messages import board_message, stage_message
from bot.ranking.outcome import outcome_message
from bot.ranking.proposals.proposing import Suggestions
from bot.ranking.proposals.views import dissent_modal, proposal_modal
from bot.ranking.results import GroupOrder, Marks, count_marks, count_order
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Consent, wanted, weigh_consent
from bot.ranking.timing.notes import CLOCK, event_text, note_message
from bot.ranking.timing.notices import ANSWERED, CHANNEL, DEADLINE, UNANSWERED, notice_message
from bot.ranking.timing.reminder_views import reminder_message
from knowledge.model import Library
from sandbox.limits import counted_characters, message_faults, view_faults
from storage.records.people import Person
from storage.records.rankings import EventKind, Item, RankingEvent, RankingStatus, StageKind
from tests.bot.ranking.examples import AT, PEOPLE, answer, ballot_of, make_items, make_snapshot
from tests.slack import elements_of, labels_of, words_of

BUDGET = 10_000
LONG = "<@channel> & every *child* matters " * 90
MANY = tuple(Person("T0AWAY", f"U{number:08}") for number in range(100))
LARGEST = make_items(25, LONG, "A & B < C > D statement with a title as long as one may be, so that it")
REASON = "&" * 3000


def small() -> tuple[Item, ...]:
    return make_items(3)


def marks_of(items: tuple[Item, ...], people: tuple[Person, ...]) -> Marks:
    chosen = [item.id for item in items[:5]]
    return count_marks([answer(person, *chosen) for person in people], [item.id for item in items])


def order_of(items: tuple[Item, ...], people: tuple[Person, ...]) -> GroupOrder | None:
    ids = [item.id for item in items]
    return count_order(
        [answer(person, *ids[at % 7 :], *ids[: at % 7]) for at, person in enumerate(people)], ids
    )


def consent_of(people: tuple[Person, ...]) -> Consent:
    return weigh_consent([answer(person, "block", reason=REASON) for person in people], 2)


def every_snapshot(items: tuple[Item, ...], people: tuple[Person, ...]) -> Iterator[Snapshot]:
    """A snapshot of each kind of stage, open and closed, with nobody and with everybody answering."""
    five = tuple(item.id for item in items[:5])
    marks, order, consent = marks_of(items, people), order_of(items, people), consent_of(people)
    base: dict[str, Any] = {"items": items, "people": people}
    yield make_snapshot("read", **base)
    yield make_snapshot("discard", **base)
    yield make_snapshot("discard", **base, answered=people)
    yield make_snapshot("discard", **base, closed=True, result=marks)
    yield make_snapshot("discard", **base, closed=True, result=count_marks([], []))
    yield make_snapshot("discard_consent", **base, proposal=five[:1])
    yield make_snapshot("discard_consent", **base, proposal=five[:1], closed=True, result=consent)
    yield make_snapshot(
        "discard_consent", **base, proposal=five[:1], closed=True, result=weigh_consent([], 2)
    )
    yield make_snapshot("rank", **base, answered=people)
    yield make_snapshot("compare", **base, result=order)
    yield make_snapshot("choose", **base, closed=True, result=marks)
    yield make_snapshot("choose_consent", **base, proposal=five, closed=True, result=consent)
    ends: tuple[RankingStatus, ...] = ("decided", "undecided", "cancelled")
    for status in ends:
        yield make_snapshot(
            "choose_consent", **base, proposal=five, closed=True, result=consent, status=status, outcome=five
        )


EVERY = [
    *every_snapshot(small(), PEOPLE[:2]),
    *every_snapshot(make_items(10), PEOPLE),
    *every_snapshot(LARGEST, MANY),
]


def assert_sendable(content: Content) -> None:
    arguments = content.arguments()
    assert message_faults(arguments) == []
    assert counted_characters(arguments["blocks"]) + len(arguments["text"]) < BUDGET
    assert len(arguments["text"]) <= 4000


@pytest.mark.parametrize("snapshot", EVERY)
def test_the_board_is_sendable(snapshot: Snapshot) -> None:
    assert_sendable(board_message(snapshot))


@pytest.mark.parametrize("snapshot", EVERY)
def test_a_stage_in_the_thread_is_sendable(snapshot: Snapshot) -> None:
    assert_sendable(stage_message(snapshot, snapshot.stage, snapshot.result))


@pytest.mark.parametrize("snapshot", EVERY)
def test_the_facilitators_menu_is_a_modal(snapshot: Snapshot) -> None:
    assert view_faults(panel_modal(controls_panel(snapshot))) == []


@pytest.mark.parametrize("paused_at", [None, AT])
@pytest.mark.parametrize("snapshot", EVERY)
def test_the_rest_of_the_menu_and_its_forms_are_modals(
    snapshot: Snapshot, paused_at: datetime | None
) -> None:
    ranking = replace(snapshot.ranking, deputies=MANY[1:11], paused_at=paused_at)
    snapshot = replace(snapshot, ranking=ranking)
    for panel in (controls_panel(snapshot), more_panel(snapshot), step_in_panel(snapshot)):
        assert view_faults(panel_modal(panel)) == []
    forms = (
        deadline_modal(snapshot, AT),
        adding_modal(snapshot),
        leaving_modal(snapshot),
        handover_modal(snapshot),
        helpers_modal(snapshot),
    )
    for form in forms:
        assert view_faults(form.to_dict()) == []
    assert_sendable(board_message(snapshot))


@pytest.mark.parametrize("what", [ANSWERED, DEADLINE, UNANSWERED, CHANNEL])
@pytest.mark.parametrize("snapshot", EVERY)
def test_a_notice_to_the_facilitator_is_sendable(snapshot: Snapshot, what: str) -> None:
    content = notice_message(snapshot, what, 1)
    if content is not None:
        assert_sendable(content)
    else:
        assert snapshot.stage.closed_at is None


@pytest.mark.parametrize("snapshot", EVERY)
def test_a_reminder_is_sendable(snapshot: Snapshot) -> None:
    assert_sendable(reminder_message(ballot_of(snapshot, None), 1))


@pytest.mark.parametrize("kind", get_args(EventKind))
@pytest.mark.parametrize("actor", [PEOPLE[0], CLOCK])
def test_every_event_has_its_words_and_is_sendable_with_the_most_people(
    kind: EventKind, actor: Person
) -> None:
    pairs = [[person.team_id, person.user_id] for person in MANY]
    detail = {
        "people": pairs,
        "person": pairs[0],
        "deadline": AT.isoformat(),
        "before": AT.isoformat(),
        "seq": 1,
        "words": "",
    }
    event = RankingEvent("T0HOME", "r1", 1, AT, kind, actor, detail)
    content = note_message(make_snapshot(people=MANY).ranking, event)
    assert_sendable(content)
    assert content.text.endswith(".")
    named = event_text(event, lambda person: person.user_id, lambda at: f"{at:%d.%m.%Y}")
    assert "<" not in named


@pytest.mark.parametrize("items", [small(), LARGEST], ids=["small", "largest"])
@pytest.mark.parametrize("decided", ["decided", "undecided"])
def test_the_outcome_is_sendable(items: tuple[Item, ...], decided: RankingStatus) -> None:
    five = tuple(item.id for item in items[:5])
    snapshot = make_snapshot(
        "choose_consent", items=items, people=MANY, proposal=five, closed=True, status=decided, outcome=five
    )
    assert_sendable(outcome_message(snapshot, order_of(items, MANY), consent_of(MANY)))
    assert_sendable(outcome_message(snapshot, None, None))


@pytest.mark.parametrize("items", [small(), LARGEST], ids=["small", "largest"])
@pytest.mark.parametrize("kind", ["rank", "compare"])
def test_an_outcome_that_was_only_counted_is_called_that_and_tells_ties(
    items: tuple[Item, ...], kind: StageKind
) -> None:
    ids = [item.id for item in items]
    order = count_order([answer(PEOPLE[0], *ids), answer(PEOPLE[1], ids[1], ids[0], *ids[2:])], ids)
    assert order is not None
    snapshot = make_snapshot(
        kind, items=items, closed=True, result=order, status="decided", outcome=order.items, steps=()
    )
    content = outcome_message(snapshot, order, None)
    assert_sendable(content)
    assert "Nobody was asked to consent to it" in content.text
    assert "accepts" not in content.text
    assert "1-2" in content.text


@pytest.mark.parametrize("kind", ["discard", "rank", "choose"])
@pytest.mark.parametrize("items", [small(), LARGEST], ids=["small", "largest"])
def test_a_ballot_is_a_modal_empty_half_way_and_full(kind: StageKind, items: tuple[Item, ...]) -> None:
    snapshot = make_snapshot(kind, items=items)
    ids = [item.id for item in items]
    for placed in (0, 1, len(ids) // 2, len(ids)):
        given = answer(PEOPLE[0], *ids[:placed], complete=placed == len(ids)) if placed else None
        panel = ballot_panel(ballot_of(snapshot, given), PEOPLE[0])
        assert view_faults(panel_modal(panel)) == []


@pytest.mark.parametrize("items", [small(), LARGEST], ids=["small", "largest"])
def test_the_other_modals_keep_the_limits(items: tuple[Item, ...]) -> None:
    five = tuple(item.id for item in items[:5])
    snapshot = make_snapshot("choose_consent", items=items, proposal=five)
    given = answer(PEOPLE[0], "block", reason=REASON)
    chosen = make_snapshot("choose", items=items, closed=True, result=marks_of(items, PEOPLE))
    blocked = make_snapshot(
        "choose_consent", items=items, proposal=five, closed=True, result=consent_of(MANY)
    )
    assert view_faults(consent_modal(ballot_of(snapshot, None)).to_dict()) == []
    assert view_faults(consent_modal(ballot_of(snapshot, given)).to_dict()) == []
    assert view_faults(panel_modal(statements_panel(snapshot))) == []
    suggestions = Suggestions(marks_of(items, PEOPLE), (five[: wanted(chosen.stage)],))
    assert view_faults(proposal_modal(chosen, suggestions).to_dict()) == []
    assert view_faults(proposal_modal(chosen, Suggestions(marks_of(items, ()), ())).to_dict()) == []
    assert view_faults(dissent_modal(blocked).to_dict()) == []


def test_the_shipped_statements_are_read_in_full_on_the_board(library: Library) -> None:
    items = tuple(Item(one.id, one.title, one.text) for one in library.tasks[0].statements)
    said = words_of(board_message(make_snapshot("read", items=items)).arguments()["blocks"])
    assert all(item.text in said for item in items)


def test_an_open_stage_shows_how_many_answered_and_nothing_else() -> None:
    snapshot = make_snapshot("discard", answered=PEOPLE[:2])
    said = words_of(board_message(snapshot).arguments()["blocks"])
    assert "2 of 5" in said
    assert "Statement" not in said


def test_without_names_an_open_stage_shows_the_number_only() -> None:
    snapshot = make_snapshot("discard", answered=PEOPLE[:2])
    said = words_of(board_message(replace(snapshot, answered=())).arguments()["blocks"])
    assert "*2 of 5* have answered. " in said


def test_nobodys_words_become_markup() -> None:
    items = make_items(3, "<!channel> *shout* <https://evil.example|click>")
    content = board_message(make_snapshot("read", items=items)).arguments()
    for said in (words_of(content["blocks"]), content["text"]):
        assert "<!channel>" not in said
        assert "<https" not in said


def test_a_ballot_offers_only_presses_that_mean_something() -> None:
    snapshot = make_snapshot("rank", items=small())
    blocks = panel_modal(ballot_panel(ballot_of(snapshot, answer(PEOPLE[0], "s-2", "s-1")), PEOPLE[0]))[
        "blocks"
    ]
    assert labels_of(blocks) == ["Down", "Remove", "Up", "Remove", "Add"]


def test_when_five_are_marked_no_more_can_be_marked() -> None:
    snapshot = make_snapshot("choose")
    five = answer(PEOPLE[0], "s-1", "s-2", "s-3", "s-4", "s-5")
    blocks = panel_modal(ballot_panel(ballot_of(snapshot, five), PEOPLE[0]))["blocks"]
    assert labels_of(blocks) == ["Take back"] * 5


@pytest.mark.parametrize("kind", ["discard", "rank", "choose"])
@pytest.mark.parametrize("placed", [0, 4, 9])
def test_no_two_controls_of_a_ballot_sound_alike(kind: StageKind, placed: int) -> None:
    items = make_items(9)
    given = answer(PEOPLE[0], *[item.id for item in items[:placed]])
    panel = panel_modal(ballot_panel(ballot_of(make_snapshot(kind, items=items), given), PEOPLE[0]))
    spoken = [
        element.get("accessibility_label") or element["text"]["text"]
        for _block, element in elements_of(panel["blocks"])
    ]
    assert spoken
    assert len(set(spoken)) == len(spoken)
