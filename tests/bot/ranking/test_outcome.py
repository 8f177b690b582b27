"""The message about an outcome: what was settled, over what, how it was counted, and by whom."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.content import Pin
from bot.ranking.outcome import duration_text, outcome_message
from bot.ranking.results import count_order
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import weigh_consent
from storage.records.rankings import Answer, Participant, RankingStatus, Rules, Stage
from tests.bot.ranking.examples import AT, PEOPLE, answer, make_items, make_snapshot
from tests.slack import labels_of

ITEMS = make_items(7)
IDS = tuple(item.id for item in ITEMS)
FIVE = ("s-2", "s-1", "s-3", "s-4", "s-5")
ORDER = count_order([answer(person, *IDS[:6]) for person in PEOPLE], IDS[:6])
ASIDE = [
    *(answer(person, "support") for person in PEOPLE[:3]),
    answer(PEOPLE[3], "aside", reason="Not my field"),
    answer(PEOPLE[4], "accept"),
]
BLOCKED = [*ASIDE[:3], answer(PEOPLE[3], "block", reason="Families lose out"), ASIDE[4]]


def ended(status: RankingStatus, rules: Rules | None = None) -> Snapshot:
    """A ranking of two stages that dropped the seventh statement and ended after three days."""
    snapshot = make_snapshot(
        "choose_consent", items=ITEMS, closed=True, proposal=FIVE, status=status, outcome=FIVE
    )
    agencies = ("School", "School", "Health", "Health", "")
    ranking = replace(
        snapshot.ranking,
        rules=rules or Rules(),
        ended_at=AT + timedelta(days=3),
        participants=tuple(
            Participant(person, agency) for person, agency in zip(PEOPLE, agencies, strict=True)
        ),
    )
    ranked = Stage("r1", 1, "rank", IDS[:6], AT, (), AT)
    return replace(snapshot, ranking=ranking, stages=(ranked, replace(snapshot.stage, seq=2)))


def told(snapshot: Snapshot, answers: list[Answer], words: str = "") -> str:
    consent = weigh_consent(answers, 3, snapshot.ranking.rules.blocks_needed)
    return outcome_message(snapshot, ORDER, consent, words).text


def test_what_was_decided_is_told_with_all_that_led_to_it() -> None:
    text = told(ended("decided"), ASIDE)
    for words in (
        "Decided: What good joint work leads to",
        "1.  Statement 2\n2.  Statement 1\n3.  Statement 3",
        "Consent: 3 support it; 1 can live with it; 1 stands aside.",
        f"> <@{PEOPLE[3].user_id}>: I stand aside. Not my field",
        "Dropped: Statement 7",
        "How alike the orders were: Everybody gave the same order.",
        "counted by Kemeny-Young, exactly. Each person counts once.",
        "It took 3 days.",
        f"School: <@{PEOPLE[0].user_id}>, <@{PEOPLE[1].user_id}>",
        f"Agency not told: <@{PEOPLE[4].user_id}>",
    ):
        assert words in text, words


def test_steps_that_were_left_out_are_told() -> None:
    assert "Left out: read, compare." in told(ended("decided", Rules(steps=("discard", "choose"))), ASIDE)


def test_without_consensus_the_dissent_and_the_facilitators_words_are_written_down() -> None:
    text = told(ended("undecided"), BLOCKED, "We meet *again* in May <!channel>")
    for words in (
        "Without consensus: What good joint work leads to",
        "Nothing was decided.",
        "The last proposal was:\n1.  Statement 2",
        f"> <@{PEOPLE[3].user_id}>: I block it. Families lose out",
        f"Added by the facilitator, <@{PEOPLE[0].user_id}>: We meet again in May &lt;!channel&gt;",
    ):
        assert words in text, words
    assert "Decided" not in text


def test_dissent_is_not_signed_in_an_anonymous_ranking() -> None:
    text = told(ended("undecided", Rules(anonymous=True)), BLOCKED)
    assert "> I block it. Families lose out" in text


@pytest.mark.parametrize(
    ("status", "rules", "pin"),
    [
        ("decided", Rules(pin=True), Pin(PEOPLE[0].user_id, "the outcome")),
        ("undecided", Rules(pin=True), Pin(PEOPLE[0].user_id, "the outcome")),
        ("decided", Rules(), None),
    ],
)
def test_the_outcome_is_pinned_where_the_group_wished_it(
    status: RankingStatus, rules: Rules, pin: Any
) -> None:
    assert outcome_message(ended(status, rules), ORDER, None).pin == pin


def test_the_reasons_in_full_are_a_button_away_where_there_are_any() -> None:
    snapshot = ended("undecided")
    with_reasons = outcome_message(snapshot, ORDER, weigh_consent(BLOCKED, 3)).arguments()
    without = outcome_message(snapshot, ORDER, weigh_consent(BLOCKED[:3], 3)).arguments()
    assert "Read the reasons" in labels_of(with_reasons["blocks"])
    assert "Read the reasons" not in labels_of(without["blocks"])


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "1 minute"),
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=9, hours=20), "10 days"),
    ],
)
def test_how_long_it_took_is_said_in_the_unit_people_would_use(length: timedelta, words: str) -> None:
    assert duration_text(length) == words
