"""Workflow steps: the event, the token that goes with it, and what the app may say of it."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.parameters import Parameter, read_parameters, value_faults
from sandbox.steps import StepOutcome
from tests.sandbox.conftest import DEV, ORLA, SHARED, ZOFIA, Engine

Json = dict[str, Any]


def answers(engine: Engine, **outputs: Any) -> None:
    """Let the app complete every step with these outputs."""

    async def complete(body: Json, client: AsyncWebClient, **_: Any) -> None:
        execution_id = body["event"]["function_execution_id"]
        await client.functions_completeSuccess(function_execution_id=execution_id, outputs=outputs)

    engine.bot.reactions["step"] = complete


async def begun(engine: Engine) -> tuple[asyncio.Task[StepOutcome], Json]:
    """A step that the app has heard of and says nothing about, and the event."""
    heard = asyncio.Event()

    async def note(**_: Any) -> None:
        heard.set()

    engine.bot.reactions["step"] = note
    task = asyncio.create_task(engine.acts.run_step(ORLA, "look_up", {"question": "trust"}))
    await heard.wait()
    event: Json = engine.bot.last("step")["event"]
    return task, event


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_step_is_told_as_slack_tells_it_and_its_outputs_come_back(either_engine: Engine) -> None:
    engine = either_engine
    answers(engine, answer="Agree roles", ids=["roles-1"])
    outcome = await engine.acts.run_step(
        ORLA, "look_up", {"question": "who does what?", "who": DEV, "most": 3}
    )
    assert outcome == StepOutcome({"answer": "Agree roles", "ids": ["roles-1"]})
    body = engine.bot.last("step")
    assert (body["type"], body["team_id"]) == ("event_callback", "T0MARLBROOK")
    event = body["event"]
    assert event["type"] == "function_executed"
    assert event["inputs"] == {"question": "who does what?", "who": DEV, "most": 3}
    assert event["function_execution_id"].startswith("Fx")
    assert event["workflow_execution_id"].startswith("Wx")
    assert event["bot_access_token"].startswith("xwfp-")
    function = event["function"]
    assert (function["callback_id"], function["title"], function["type"]) == ("look_up", "Look up", "app")
    assert function["id"].startswith("Fn")
    assert function["input_parameters"][0] == {
        "type": "string",
        "name": "question",
        "title": "Question",
        "description": "In your own words",
        "is_required": True,
    }
    assert [(each["name"], each["is_required"]) for each in function["output_parameters"]] == [
        ("answer", True),
        ("ids", False),
    ]


async def test_inputs_left_empty_are_not_told(engine: Engine) -> None:
    answers(engine, answer="x")
    await engine.acts.run_step(
        ORLA, "look_up", {"question": "trust", "who": "", "most": None, "is_quiet": False}
    )
    assert engine.bot.last("step")["event"]["inputs"] == {"question": "trust", "is_quiet": False}


async def test_a_step_declared_in_the_older_form_runs_too(engine: Engine) -> None:
    answers(engine)
    assert await engine.acts.run_step(ORLA, "greet", {"user_id": DEV}) == StepOutcome()


async def test_a_failed_step_shows_the_apps_words(engine: Engine) -> None:
    async def fail(body: Json, client: AsyncWebClient, **_: Any) -> None:
        execution_id = body["event"]["function_execution_id"]
        await client.functions_completeError(function_execution_id=execution_id, error="Ask again tomorrow.")

    engine.bot.reactions["step"] = fail
    outcome = await engine.acts.run_step(ORLA, "look_up", {"question": "trust"})
    assert outcome == StepOutcome(trouble="Ask again tomorrow.")


async def test_the_steps_token_works_as_the_bots_until_the_step_is_done(engine: Engine) -> None:
    task, event = await begun(engine)
    own = AsyncWebClient(event["bot_access_token"], f"{engine.sandbox.address}/api/")
    assert (await own.auth_test())["user_id"] == engine.workspace.bot_user_id
    assert (await own.chat_postMessage(channel=SHARED, text="Found it"))["ok"]
    assert await refusal(own.apps_connections_open(app_token=event["bot_access_token"])) == (
        "not_allowed_token_type"
    )
    done = {"function_execution_id": event["function_execution_id"], "outputs": {"answer": "x"}}
    assert (await own.functions_completeSuccess(**done))["ok"]
    assert await task == StepOutcome({"answer": "x"})
    assert await refusal(own.auth_test()) == "token_revoked"
    assert await refusal(engine.client.functions_completeSuccess(**done)) == "execution_not_in_running_state"


async def test_a_step_is_completed_with_the_bots_own_token_too(engine: Engine) -> None:
    task, event = await begun(engine)
    await engine.client.functions_completeSuccess(
        function_execution_id=event["function_execution_id"], outputs={"answer": "x"}
    )
    assert await task == StepOutcome({"answer": "x"})


async def test_a_steps_token_is_for_its_own_run_only(engine: Engine) -> None:
    first, event = await begun(engine)
    second, other = await begun(engine)
    own = AsyncWebClient(event["bot_access_token"], f"{engine.sandbox.address}/api/")
    theirs = other["function_execution_id"]
    assert (
        await refusal(own.functions_completeError(function_execution_id=theirs, error="No"))
        == "access_denied"
    )
    for task, execution_id in ((first, event["function_execution_id"]), (second, theirs)):
        await engine.client.functions_completeError(function_execution_id=execution_id, error="No")
        assert await task == StepOutcome(trouble="No")


async def test_a_run_nobody_began_is_not_found(engine: Engine) -> None:
    unknown = {"function_execution_id": "FxUNKNOWN"}
    for call in (
        engine.client.functions_completeSuccess(outputs={}, **unknown),
        engine.client.functions_completeError(error="No", **unknown),
    ):
        assert await refusal(call) == "function_execution_not_found"


@pytest.mark.parametrize(
    "outputs", [{}, {"answer": 3}, {"answer": "x", "ids": "roles-1"}, {"answer": "x", "more": 1}]
)
async def test_outputs_that_were_not_declared_are_refused_and_the_step_goes_on(
    engine: Engine, outputs: Json
) -> None:
    task, event = await begun(engine)
    execution_id = event["function_execution_id"]
    complete = engine.client.functions_completeSuccess
    refused = await refusal(complete(function_execution_id=execution_id, outputs=outputs))
    assert refused == "parameter_validation_failed"
    await complete(function_execution_id=execution_id, outputs={"answer": "x"})
    assert await task == StepOutcome({"answer": "x"})


async def test_outputs_are_an_object_and_an_error_has_words(engine: Engine) -> None:
    task, event = await begun(engine)
    execution_id = event["function_execution_id"]
    call = engine.client.api_call
    for method, params in (
        ("functions.completeSuccess", {"outputs": "[1]"}),
        ("functions.completeSuccess", {"outputs": "{"}),
        ("functions.completeError", {"error": ""}),
    ):
        answer = call(method, params={"function_execution_id": execution_id, **params})
        assert await refusal(answer) == "invalid_arguments"
    await engine.client.functions_completeError(function_execution_id=execution_id, error="No")
    assert await task == StepOutcome(trouble="No")


async def test_a_step_that_is_never_completed_is_given_up(engine: Engine) -> None:
    outcome = await engine.acts.run_step(ORLA, "look_up", {"question": "trust"}, seconds=0.05)
    assert outcome == StepOutcome(trouble="The step did not finish in time.")
    late = engine.bot.last("step")["event"]["function_execution_id"]
    call = engine.client.functions_completeSuccess(function_execution_id=late, outputs={"answer": "x"})
    assert await refusal(call) == "execution_not_in_running_state"


@pytest.mark.parametrize(
    ("user_id", "callback_id", "inputs", "words"),
    [
        (
            ZOFIA,
            "look_up",
            {"question": "trust"},
            "Tiny is not installed in your workspace, so its workflow steps are not there for you.",
        ),
        (ORLA, "sing", {}, "This workflow step is not available."),
        (ORLA, "look_up", {}, "“Question” is missing."),
        (ORLA, "look_up", {"question": ""}, "“Question” is missing."),
        (ORLA, "look_up", {"question": "x", "most": "3"}, "“At most” is not of type integer."),
        (ORLA, "look_up", {"question": "x", "most": True}, "“At most” is not of type integer."),
        (ORLA, "look_up", {"question": "x", "mood": "low"}, "“mood” is not declared."),
    ],
)
async def test_what_cannot_run_is_refused_in_words(
    engine: Engine, user_id: str, callback_id: str, inputs: Json, words: str
) -> None:
    assert await engine.acts.run_step(user_id, callback_id, inputs) == StepOutcome(trouble=words)
    assert engine.bot.seen == {}


async def test_an_app_that_does_not_subscribe_hears_nothing(engine: Engine) -> None:
    manifest = engine.workspace.manifest
    engine.workspace.manifest = replace(manifest, events=manifest.events - {"function_executed"})
    outcome = await engine.acts.run_step(ORLA, "look_up", {"question": "trust"})
    assert (
        outcome.trouble
        == "Tiny does not subscribe to function_executed, so it never hears of its workflow steps."
    )
    assert engine.bot.seen == {}


def test_parameters_are_read_in_both_forms() -> None:
    expected = (Parameter("q", "string", "Question", "Why", True), Parameter("n", "number", "n"))
    entry = {"type": "string", "title": "Question", "description": "Why"}
    assert (
        read_parameters({"properties": {"q": entry, "n": {"type": "number"}}, "required": ["q"]}) == expected
    )
    assert read_parameters({"q": entry | {"is_required": True}, "n": {"type": "number"}}) == expected
    assert read_parameters({}) == ()


def test_of_a_type_the_sandbox_does_not_know_anything_goes() -> None:
    parameters = (Parameter("blocks", "slack#/types/blocks", "Blocks"),)
    assert value_faults(parameters, {"blocks": [{"type": "divider"}]}) == []
