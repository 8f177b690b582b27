"""A case study started from the outcome of a ranking: what was settled on, and the strategies with it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.case_studies.fields.long_texts import LONGEST_TEXT
from bot.case_studies.quotes.rankings import ranking_quote
from bot.handover import WRITE_ABOUT
from knowledge.model import Library
from storage.records.rankings import Item, Participant, Ranking, Stage
from storage.store import Store
from tests.bot.case_studies.examples import person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Bot, Place, Slack, User, words_of

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RANKING = Ranking(
    workspace_id=TEAM,
    id="r1",
    task_id="own",
    title="What helps & lasts",
    source="",
    items=(Item("one", "Listening", ""), Item("two", "Meeting", ""), Item("three", "Eating <together>", "")),
    channel_id=CHANNEL,
    facilitator=person(BEN),
    participants=(Participant(person(ANNA)),),
    status="decided",
    created_at=AT,
    ended_at=AT,
    outcome=("three", "one"),
)
SETTLED = (
    "We ranked “What helps & lasts” as a group, until 2 March 2026. We settled on these, the most important "
    "first:\n1. Eating <together>\n2. Listening"
)


async def keep(store: Store, ranking: Ranking) -> None:
    stage = Stage(ranking.id, 1, "rank", tuple(item.id for item in ranking.items), AT)
    await store.rankings.create_ranking(ranking, stage, [])


async def press(bot: Bot, ranking_id: str = "r1", user: User = ANNA) -> None:
    button = {"type": "button", "action_id": WRITE_ABOUT, "value": ranking_id}
    await bot.act(Place([], channel=CHANNEL), button, user=user)


def test_what_was_settled_on_is_told_in_order() -> None:
    assert ranking_quote(RANKING) == SETTLED


def test_without_an_outcome_all_are_told_without_an_order() -> None:
    words = ranking_quote(replace(RANKING, status="undecided", outcome=()))
    assert words.endswith("We talked about these:\n• Listening\n• Meeting\n• Eating <together>")


def test_the_longest_fits_the_field() -> None:
    items = tuple(Item(str(number), "x" * 1_000, "") for number in range(25))
    assert len(ranking_quote(replace(RANKING, items=items, outcome=()))) == LONGEST_TEXT


@pytest.mark.parametrize("user", [ANNA, PIA], ids=["ours", "partner"])
async def test_a_draft_begins_with_it(bot: Bot, slack: Slack, store: Store, user: User) -> None:
    await keep(store, RANKING)
    await press(bot, user=user)
    form = last_view(slack)
    assert "What you take from the ranking" in words_of(form.blocks)
    assert "The strategies that the group settled on" not in words_of(form.blocks)
    assert form.blocks[2]["element"]["initial_value"] == SETTLED
    answer = await bot.submit(form, {"template": "good-practice", "quote": SETTLED}, user=user)
    assert answer["response_action"] == "update"
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert study.owner == person(user)
    assert {name: each.value for name, each in study.answers.items()} == {"description": SETTLED}


@pytest.mark.parametrize("template_id", ["good-practice", "case-study-framework"])
async def test_the_strategies_that_were_settled_on_go_with_it(
    bot: Bot, slack: Slack, store: Store, library: Library, template_id: str
) -> None:
    items = tuple(Item(one.id, one.title, one.text) for one in library.strategies[:3])
    items += (Item("gone-9", "No longer in the content", ""),)
    chosen = (items[2].id, "gone-9", items[0].id)
    await keep(store, replace(RANKING, task_id="strategies", items=items, outcome=chosen))
    await press(bot)
    form = last_view(slack)
    assert "The strategies that the group settled on go with it." in words_of(form.blocks)
    await bot.submit(form, {"template": template_id, "quote": "Ours"})
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    assert study.answers["strategies"].value == (items[2].id, items[0].id)


@pytest.mark.parametrize(
    ("ranking", "said"),
    [
        (replace(RANKING, status="open", ended_at=None, outcome=()), "This ranking has not ended yet."),
        (replace(RANKING, workspace_id="T0OTHER"), "This ranking cannot be found"),
    ],
    ids=["open", "of another workspace"],
)
async def test_what_cannot_be_written_about_is_refused(
    bot: Bot, slack: Slack, store: Store, ranking: Ranking, said: str
) -> None:
    await keep(store, ranking)
    await press(bot)
    assert said in slack.last("response_url")["text"]
    assert slack.called("views.open") == []
