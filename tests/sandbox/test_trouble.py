"""Trouble on demand: refusals, broken answers, lost answers, slow answers, and the log of calls."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from sandbox.running import Options, RunningSandbox
from tests.sandbox.conftest import MANIFEST, ORLA, SHARED, Engine, web_client


async def control(engine: Engine, verb: str, path: str, **more: Any) -> Any:
    url = f"{engine.sandbox.address}/sandbox/{path}"
    async with aiohttp.ClientSession() as session, session.request(verb, url, **more) as answer:
        return await answer.json() if answer.status == 200 else answer.status


async def post(engine: Engine) -> Any:
    return await engine.client.chat_postMessage(channel=SHARED, text="x")


async def test_429_comes_as_often_as_asked(unconnected: Engine) -> None:
    fault = {"method": "chat.postMessage", "status": 429, "retry_after": 7, "times": 2}
    assert await control(unconnected, "POST", "faults", json=fault) == {"ok": True}
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await post(unconnected)
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "7"
        assert caught.value.response["error"] == "ratelimited"
    await unconnected.client.auth_test()
    assert (await post(unconnected))["ok"] is True


async def test_slacks_client_waits_and_tries_again(unconnected: Engine) -> None:
    unconnected.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    await control(unconnected, "POST", "faults", json={"method": "*", "retry_after": 0})
    assert (await post(unconnected))["ok"] is True
    statuses = [call.status for call in unconnected.sandbox.web_api.log.of("chat.postMessage")]
    assert statuses == [429, 200]


@pytest.mark.parametrize("is_performed", [False, True])
async def test_500_before_or_after_the_work(unconnected: Engine, is_performed: bool) -> None:
    before = len(unconnected.workspace.messages[SHARED])
    fault = {"method": "chat.postMessage", "status": 500, "is_performed": is_performed}
    await control(unconnected, "POST", "faults", json=fault)
    with pytest.raises(SlackApiError) as caught:
        await post(unconnected)
    assert caught.value.response.status_code == 500
    assert len(unconnected.workspace.messages[SHARED]) == before + is_performed


async def test_an_error_by_name(unconnected: Engine) -> None:
    fault = {"method": "chat.postMessage", "status": 200, "error": "fatal_error"}
    await control(unconnected, "POST", "faults", json=fault)
    with pytest.raises(SlackApiError) as caught:
        await post(unconnected)
    assert caught.value.response["error"] == "fatal_error"


async def test_half_an_answer(unconnected: Engine) -> None:
    await control(unconnected, "POST", "faults", json={"method": "auth.test", "kind": "broken_json"})
    with pytest.raises(SlackApiError, match="non-JSON"):
        await unconnected.client.auth_test()


async def test_no_answer_in_time(unconnected: Engine) -> None:
    fault = {"method": "auth.test", "kind": "timeout", "seconds": 1.5}
    await control(unconnected, "POST", "faults", json=fault)
    unconnected.client.timeout = 1
    with pytest.raises(asyncio.TimeoutError):
        await unconnected.client.auth_test()


async def test_faults_can_be_taken_back_and_nonsense_is_refused(unconnected: Engine) -> None:
    await control(unconnected, "POST", "faults", json={"method": "*", "times": 100})
    assert await control(unconnected, "DELETE", "faults") == {"ok": True}
    assert (await post(unconnected))["ok"] is True
    assert await control(unconnected, "POST", "faults", json={"status": 429}) == 422


async def test_the_log_tells_what_was_asked_and_never_the_token(unconnected: Engine) -> None:
    await post(unconnected)
    with pytest.raises(SlackApiError):
        await unconnected.client.users_info(user="UNOBODY")
    posted, asked = await control(unconnected, "GET", "calls")
    assert (posted["method"], posted["params"]["text"], posted["error"]) == ("chat.postMessage", "x", None)
    assert (asked["method"], asked["error"]) == ("users.info", "user_not_found")
    only = await control(unconnected, "GET", "calls", params={"method": "users.info"})
    assert only == [asked]
    assert unconnected.workspace.bot_token not in str([posted, asked])


async def test_a_disconnect_is_ordered_from_outside(engine: Engine) -> None:
    assert await control(engine, "POST", "disconnect", params={"reason": "warning"}) == {"ok": True}
    assert await engine.acts.run_command(ORLA, SHARED, "/tiny") is None


async def test_strict_rates_hold_an_app_to_slacks_tiers() -> None:
    clock = [1000.0]
    sandbox = RunningSandbox(Options(manifest=MANIFEST, has_strict_rates=True, clock=lambda: clock[0]))
    await sandbox.start()
    try:
        client = web_client(sandbox)
        await client.chat_postMessage(channel=SHARED, text="x")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=SHARED, text="x")
        assert caught.value.response.headers["Retry-After"] == "1"
        clock[0] += 1
        await client.chat_postMessage(channel=SHARED, text="x")
        for _ in range(20):
            await client.conversations_list()
        with pytest.raises(SlackApiError) as caught:
            await client.conversations_list()
        assert caught.value.response.status_code == 429
        clock[0] += 60
        await client.conversations_list()
    finally:
        await sandbox.stop()
