"""Slash commands: what the app gets, and what people see of its answer or of its silence."""

from typing import Any

import aiohttp

from sandbox.state import Message
from tests.sandbox.conftest import DEV, LUNCH, ORLA, PRIVATE, SHARED, ZOFIA, Engine


def newest(engine: Engine, user_id: str, channel_id: str = SHARED) -> Message:
    return engine.workspace.visible_messages(user_id, channel_id)[-1]


async def test_the_app_gets_a_real_command(either_engine: Engine) -> None:
    assert await either_engine.acts.run_command(ORLA, SHARED, "/tiny  one & two ") is None
    body = either_engine.bot.last("command")
    assert body["command"] == "/tiny"
    assert body["text"] == "one & two"
    assert body["channel_id"] == SHARED
    assert body["team_id"] == "T0MARLBROOK"
    assert body["user_id"] == ORLA
    assert body["response_url"].startswith(either_engine.sandbox.address)
    assert "thread_ts" not in body


async def test_an_answer_is_for_one_person_only(either_engine: Engine) -> None:
    async def answer(ack: Any, **_: Any) -> None:
        await ack("Hello Orla")

    either_engine.bot.reactions["command"] = answer
    await either_engine.acts.run_command(ORLA, SHARED, "/tiny")
    assert newest(either_engine, ORLA).text == "Hello Orla"
    assert newest(either_engine, ORLA).ephemeral_to == ORLA
    assert newest(either_engine, DEV).text != "Hello Orla"


async def test_an_answer_in_the_channel_shows_the_typed_line(either_engine: Engine) -> None:
    async def answer(ack: Any, **_: Any) -> None:
        await ack(text="Hello all", response_type="in_channel")

    either_engine.bot.reactions["command"] = answer
    await either_engine.acts.run_command(ORLA, SHARED, "/tiny secret")
    typed, answered = either_engine.workspace.visible_messages(DEV, SHARED)[-2:]
    assert (typed.user_id, typed.text) == (ORLA, "/tiny secret")
    assert answered.text == "Hello all"


async def test_a_silent_app_is_a_timeout(either_engine: Engine) -> None:
    async def stay_silent(**_: Any) -> None:
        """Never acknowledges."""

    either_engine.bot.reactions["command"] = stay_silent
    words = await either_engine.acts.run_command(ORLA, SHARED, "/tiny")
    reason = "operation_timeout" if either_engine.sandbox.socket_mode else "dispatch_failed"
    assert words == f'/tiny failed with the error "{reason}"'
    assert newest(either_engine, ORLA).text == words
    assert newest(either_engine, ORLA).user_id == "USLACKBOT"


async def test_without_an_app_the_person_is_told_at_once(unconnected: Engine) -> None:
    words = await unconnected.acts.run_command(ORLA, SHARED, "/tiny")
    assert words == '/tiny failed with the error "dispatch_failed"'


async def test_an_answer_over_the_limits_is_a_failed_command(engine: Engine) -> None:
    async def answer(ack: Any, **_: Any) -> None:
        await ack(text="x", blocks=[{"type": "nonsense"}])

    engine.bot.reactions["command"] = answer
    words = await engine.acts.run_command(ORLA, SHARED, "/tiny")
    assert words == '/tiny failed with the error "invalid_blocks"'


async def test_an_unknown_command_never_reaches_the_app(engine: Engine) -> None:
    words = await engine.acts.run_command(ORLA, SHARED, "/nothing at all")
    assert words is not None
    assert "`/nothing` is not a valid command" in words
    assert engine.bot.seen["command"] == []


async def test_people_from_elsewhere_have_no_commands(engine: Engine) -> None:
    words = await engine.acts.run_command(ZOFIA, SHARED, "/tiny")
    assert words is not None
    assert "`/tiny` is not a valid command" in words
    assert engine.bot.seen["command"] == []


async def test_a_conversation_one_is_not_in_takes_no_command(engine: Engine) -> None:
    assert await engine.acts.run_command(DEV, PRIVATE, "/tiny") == "You are not in this conversation."
    assert await engine.acts.run_command(ZOFIA, LUNCH, "/tiny") == "You are not in this conversation."
    assert engine.bot.seen["command"] == []


async def test_mentions_arrive_as_ids_only_where_the_manifest_says_so(engine: Engine) -> None:
    await engine.acts.run_command(ORLA, SHARED, "/tiny @Dev Singha")
    assert engine.bot.last("command")["text"] == "@Dev Singha"
    await engine.acts.run_command(ORLA, SHARED, "/escaped @Dev Singha <b>")
    assert engine.bot.last("command")["text"] == f"<@{DEV}> &lt;b&gt;"


async def test_a_response_url_works_five_times_and_half_an_hour(engine: Engine) -> None:
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    url = engine.bot.last("command")["response_url"]
    for number in range(5):
        assert await _answer(engine, url, {"text": f"Answer {number}"}) == 200
    assert newest(engine, ORLA).text == "Answer 4"
    assert newest(engine, ORLA).ephemeral_to == ORLA
    assert await _answer(engine, url, {"text": "One too many"}) == 404
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    url = engine.bot.last("command")["response_url"]
    engine.clock.ahead = 31 * 60
    assert await _answer(engine, url, {"text": "Too late"}) == 404
    assert newest(engine, ORLA).text == "Answer 4"


async def test_a_response_url_refuses_what_a_message_may_not_hold(engine: Engine) -> None:
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    url = engine.bot.last("command")["response_url"]
    before = newest(engine, ORLA)
    assert await _answer(engine, url, {"text": "x", "blocks": [{"type": "header"}]}) == 400
    assert await _answer(engine, url, {}) == 400
    assert newest(engine, ORLA) == before


async def _answer(engine: Engine, url: str, body: dict[str, Any]) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status
