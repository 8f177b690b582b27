"""The workflow step: a question in, strategies in words out."""

import json

import pytest

from knowledge.model import Library
from storage.store import Store
from tests.bot.strategies.steps import STEP
from tests.slack import TEAM, Bot, Json, Slack, step_event


async def outputs_for(bot: Bot, slack: Slack, question: str) -> Json:
    assert (await bot.event(step_event(STEP, {"question": question}))).status == 200
    given = slack.last("functions.completeSuccess")
    return dict(json.loads(given["outputs"]) if isinstance(given["outputs"], str) else given["outputs"])


async def test_a_question_gives_titles_ids_and_their_number(bot: Bot, slack: Slack, library: Library) -> None:
    outputs = await outputs_for(bot, slack, "trust-2")
    strategy = library.strategy("trust-2")
    assert strategy
    assert outputs == {"strategies": f"1. {strategy.title} (trust-2)", "found": 1}


async def test_a_theme_gives_its_first_strategies(bot: Bot, slack: Slack, library: Library) -> None:
    outputs = await outputs_for(bot, slack, "trust")
    own = library.strategies_of("trust")[:8]
    assert outputs["found"] == len(own)
    assert [line.rpartition(" (")[2] for line in outputs["strategies"].splitlines()] == [
        f"{one.id})" for one in own
    ]


async def test_where_nothing_fits_it_says_so_and_the_workflow_goes_on(
    bot: Bot, slack: Slack, store: Store
) -> None:
    outputs = await outputs_for(bot, slack, "sourdough bread")
    assert outputs["found"] == 0
    assert outputs["strategies"].startswith("No strategy fits this question.")
    (miss,) = await store.lookups.list_misses(TEAM)
    assert miss.words == "bread sourdough"


async def test_an_id_that_is_not_there_names_its_theme(bot: Bot, slack: Slack) -> None:
    outputs = await outputs_for(bot, slack, "trust-99")
    assert outputs == {
        "strategies": "No strategy fits this question. The nearest themes: Trust and respect.",
        "found": 0,
    }


@pytest.mark.parametrize("inputs", [{}, {"question": ""}, {"question": "  \n"}, {"question": None}])
async def test_an_empty_question_ends_the_step_with_a_plain_error(
    bot: Bot, slack: Slack, inputs: Json
) -> None:
    await bot.event(step_event(STEP, inputs))
    assert slack.last("functions.completeError")["error"].startswith("The question is empty.")
    assert slack.called("functions.completeSuccess") == []


async def test_a_surprise_ends_the_step_with_a_reference(
    bot: Bot, slack: Slack, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store.lookups, "record_miss", broken)
    await bot.event(step_event(STEP, {"question": "sourdough bread"}))
    assert (
        "tell whoever looks after Common Ground this reference"
        in slack.last("functions.completeError")["error"]
    )


async def test_a_run_that_slack_repeats_is_completed_once(bot: Bot, slack: Slack) -> None:
    for _ in range(2):
        await bot.event(step_event(STEP, {"question": "trust"}, "Fx0SAME"))
    assert len(slack.called("functions.completeSuccess")) == 1
