"""Which agency somebody answers for: asked once, before the first thing that needs it."""

import pytest

from bot.ranking import ids
from bot.ranking.people.agency_names import known_spelling, without_repeats
from bot.ranking.people.agency_views import agency_modal
from sandbox.limits import view_faults
from storage.records.people import Person
from storage.store import Store
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Place, Slack, shown_view, words_of

PARTNER = Person(PIA.team_id, PIA.id)
HOME_BUTTON = {"type": "button", "block_id": "b", "action_id": ids.CHANGE_AGENCY, "value": None}


def shown(slack: Slack, method: str = "views.open") -> Place:
    return shown_view(slack.last(method)["view"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("hillside  SCHOOL", "Hillside School"), (" Harbour\nTrust ", "Harbour Trust"), ("", "")],
)
def test_the_same_agency_spelt_differently_is_one(typed: str, kept: str) -> None:
    assert known_spelling(typed, ["Hillside School", "Other"]) == kept


def test_agencies_are_offered_once_each() -> None:
    assert without_repeats(["", "Harbour Trust", "harbour  trust", "Other"]) == ["Harbour Trust", "Other"]


@pytest.mark.parametrize("offered", [[], ["A" * 75], [f"Agency & Co {at}" for at in range(150)]])
def test_the_question_keeps_slacks_limits(offered: list[str]) -> None:
    assert view_faults(agency_modal(offered, offered[0] if offered else "", "setup:C1").to_dict()) == []


async def test_it_is_asked_before_the_set_up_and_then_never_again(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await bot.command("/rank")
    question = shown(slack)
    assert "Which agency or service do you answer for?" in words_of(question.blocks)
    answer = await bot.submit(question, {"other_agency": "Hillside School"})
    assert answer["response_action"] == "update"
    assert "What is ranked" in words_of(answer["view"]["blocks"])
    assert await store.people.get_agency(TEAM, Person(TEAM, ANNA.id)) == "Hillside School"
    await bot.command("/rank")
    assert "What is ranked" in words_of(shown(slack).blocks)


async def test_who_would_rather_not_say_goes_on_and_is_not_asked_again(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await bot.command("/rank")
    await bot.press(shown(slack), "Rather not say")
    assert "What is ranked" in words_of(shown(slack, "views.update").blocks)
    assert await store.people.get_agency(TEAM, Person(TEAM, ANNA.id)) == ""
    await bot.command("/rank")
    assert "What is ranked" in words_of(shown(slack).blocks)


async def test_saving_nothing_says_what_to_do(bot: Bot, slack: Slack) -> None:
    await bot.command("/rank")
    answer = await bot.submit(shown(slack), {})
    assert "press that button" in answer["errors"]["other_agency"]


async def test_a_known_agency_is_offered_and_kept_in_its_spelling(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.people.set_agency(TEAM, Person(TEAM, BEN.id), "Hillside School")
    await bot.command("/rank")
    await bot.submit(shown(slack), {"agency": "Hillside School"})
    assert await store.people.get_agency(TEAM, Person(TEAM, ANNA.id)) == "Hillside School"
    await bot.act(shown_view({"type": "home", "blocks": []}), HOME_BUTTON, PIA)
    await bot.submit(shown(slack), {"other_agency": "hillside  school"}, PIA)
    assert await store.people.get_agency(TEAM, PARTNER) == "Hillside School"


async def test_a_partners_workspace_is_offered_by_name(bot: Bot, slack: Slack) -> None:
    slack.answers["team.info"] = {"team": {"id": PIA.team_id, "name": "Harbour Trust"}}
    await bot.act(shown_view({"type": "home", "blocks": []}), HOME_BUTTON, PIA)
    chosen = next(b for b in shown(slack).blocks if b.get("block_id") == "agency")["element"]
    assert chosen["initial_option"]["value"] == "Harbour Trust"
    assert slack.last("team.info")["team"] == PIA.team_id
    assert "Home tab" not in words_of(shown(slack).blocks), "there is none for them"
    await bot.act(shown_view({"type": "home", "blocks": []}), HOME_BUTTON)
    assert "You can change it in my Home tab." in words_of(shown(slack).blocks)


async def test_a_workspace_that_slack_does_not_name_is_no_dead_end(
    bot: Bot, slack: Slack, store: Store
) -> None:
    slack.refuse["team.info"] = "missing_scope"
    await bot.act(shown_view({"type": "home", "blocks": []}), HOME_BUTTON, PIA)
    assert await bot.submit(shown(slack), {"other_agency": "Harbour Trust"}, PIA) == {}
    assert await store.people.get_agency(TEAM, PARTNER) == "Harbour Trust"


async def test_from_app_home_it_can_be_taken_back(bot: Bot, slack: Slack, store: Store) -> None:
    await store.people.set_agency(TEAM, Person(TEAM, ANNA.id), "Hillside School")
    await bot.act(shown_view({"type": "home", "blocks": []}), HOME_BUTTON)
    await bot.press(shown(slack), "Rather not say")
    assert "you would rather not say" in words_of(shown(slack, "views.update").blocks)
    assert await store.people.get_agency(TEAM, Person(TEAM, ANNA.id)) == ""
