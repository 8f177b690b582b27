"""The rules of a ranking, in the form and kept."""

from typing import Any

import pytest

from storage.records.rankings import Rules
from tests.bot.ranking.setup.desk import Desk, as_it_comes
from tests.slack import Place, shown_view, words_of


async def open_rules(desk: Desk, form: Place) -> Place:
    await desk.bot.press(form, "Change the rules")
    rules = desk.shown("views.push")
    assert rules.view is not None
    assert form.view is not None
    rules.view["previous_view_id"] = form.view["id"]
    return rules


async def test_every_rule_can_be_changed_and_is_said_in_the_form_and_kept_in_the_ranking(desk: Desk) -> None:
    form = await desk.open()
    rules = await open_rules(desk, form)
    changed = {
        "steps": ["read"],
        "weights": "agency",
        "quorum": "two_thirds",
        "blocks": "2",
        "hours": "72",
        "remind": "24",
        "pin": ["yes"],
    }
    assert await desk.bot.submit(rules, changed) == {}
    update = desk.slack.last("views.update")
    assert form.view is not None
    assert update["view_id"] == form.view["id"]
    said = words_of(update["view"]["blocks"])
    assert "Left out: drop one, compare, choose five by consent" in said
    assert "at least two thirds of the people. Two blocks stop a proposal." in said
    preview = await desk.preview(shown_view(update["view"]), as_it_comes(form, names="anonymous"))
    await desk.bot.submit(preview)
    (ranking,) = await desk.rankings()
    assert ranking.rules == Rules(True, "agency", "two_thirds", 2, ("read",), 72, 24, pin=True)


@pytest.mark.parametrize(
    ("field", "value", "rule", "kept"),
    [
        ("steps", [], "steps", []),
        ("weights", "agency", "weights", "agency"),
        ("quorum", "all", "quorum", "all"),
        ("blocks", "3", "blocks_needed", 3),
        ("hours", "1", "stage_hours", 1),
        ("remind", "4", "remind_hours", 4),
        ("pin", ["yes"], "pin", True),
    ],
)
async def test_a_rule_is_kept_as_soon_as_it_is_chosen(
    desk: Desk, field: str, value: Any, rule: str, kept: Any
) -> None:
    rules = await open_rules(desk, await desk.open())
    await desk.change(rules, field, value)
    assert (await desk.draft())["rules"][rule] == kept


async def test_the_form_says_what_is_hidden_from_whom(desk: Desk) -> None:
    said = words_of((await desk.open()).blocks)
    assert "nobody, not the facilitator and not an admin, can see who answered what" in said
    assert "Agencies with fewer than three people count together" in said
    assert "Names shown: while a step is open everybody sees who has answered, and nobody sees what" in said
