"""The rules and the people in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.blocks import moment
from bot.dates import utc_text
from bot.ranking.people.wording import people_lines
from bot.ranking.rules_wording import hidden_text, rules_lines
from storage.records.rankings import Participant, Rules
from tests.bot.ranking.examples import AT, PEOPLE


def test_the_rules_as_they_come_are_said_in_full() -> None:
    assert rules_lines(Rules()) == [
        "Steps: read, drop one, put in order, compare, choose five by consent.",
        "Each person counts once.",
        "A proposal needs answers from more than half of the people. One block stops a proposal.",
        "A step takes answers until everybody has answered, or the facilitator ends it.",
        "Nobody is reminded unless the facilitator does it.",
    ]


def test_every_rule_that_differs_is_said() -> None:
    rules = Rules(True, "agency", "all", 3, ("read",), 168, 4, pin=True)
    assert rules_lines(rules) == [
        "Steps: read, put in order. Left out: drop one, compare, choose five by consent.",
        "Each agency counts once, however many of its people take part.",
        "A proposal needs answers from everybody. Three blocks stop a proposal.",
        "A step takes answers until everybody has answered, the facilitator ends it, or its time is up "
        "(1 week).",
        "Whoever has not answered is reminded every 4 hours.",
        "The outcome is pinned in the channel.",
    ]


@pytest.mark.parametrize(("anonymous", "words"), [(True, "not the facilitator"), (False, "nobody sees what")])
def test_what_is_hidden_is_said(anonymous: bool, words: str) -> None:
    assert words in hidden_text(Rules(anonymous=anonymous))


def test_people_stand_under_their_agency_and_leavers_last() -> None:
    agencies = ["School <A>", "health", "School <A>", "", "health"]
    people = [Participant(person, agency) for person, agency in zip(PEOPLE, agencies, strict=True)]
    people[4] = replace(people[4], left_at=AT)
    assert people_lines(people) == [
        "*health:* <@U002>",
        "*School &lt;A&gt;:* <@U001>, <@U003>",
        "*Agency not told:* <@U004>",
        "*No longer taking part:* <@U005>",
    ]


def test_people_whose_agencies_are_all_unknown_are_one_line() -> None:
    assert people_lines([Participant(person) for person in PEOPLE[:2]]) == ["<@U001>, <@U002>"]
    assert people_lines([]) == []


def test_a_moment_is_shown_in_the_readers_zone_and_in_utc_without_one() -> None:
    at = datetime(2026, 3, 9, 16, 5, tzinfo=UTC)
    assert utc_text(at) == "9 March 2026, 16:05 UTC"
    assert moment(at) == "<!date^1773072300^{date_short_pretty} at {time}|9 March 2026, 16:05 UTC>"
