"""How payloads travel: several connections, disconnects, pings, repeated events, signatures."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.running import Options, RunningSandbox
from tests.sandbox.conftest import MANIFEST, ORLA, SHARED, Engine, connected

MENTION = "<@U0COMMONGRD> hello"


@asynccontextmanager
async def raw_connection(engine: Engine) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """One websocket without Bolt, to answer by hand."""
    answer = await engine.client.apps_connections_open(app_token=engine.workspace.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        hello = await socket.receive_json()
        assert hello["type"] == "hello"
        yield socket


async def test_a_ticket_opens_one_connection(unconnected: Engine) -> None:
    answer = await unconnected.client.apps_connections_open(app_token=unconnected.workspace.app_token)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(answer["url"]) as socket:
            hello = await socket.receive_json()
            assert hello["num_connections"] == 1
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(answer["url"])


async def test_a_bot_token_opens_no_connection(unconnected: Engine) -> None:
    with pytest.raises(SlackApiError) as caught:
        await unconnected.client.apps_connections_open(app_token=unconnected.workspace.bot_token)
    assert caught.value.response["error"] == "not_allowed_token_type"


async def test_each_payload_goes_to_one_connection(unconnected: Engine) -> None:
    async with raw_connection(unconnected) as one, raw_connection(unconnected) as other:
        acting = [
            asyncio.create_task(unconnected.acts.run_command(ORLA, SHARED, f"/tiny {number}"))
            for number in range(4)
        ]
        texts = []
        for socket in (one, other):
            for _ in range(2):
                envelope = await socket.receive_json()
                assert envelope["type"] == "slash_commands"
                assert envelope["accepts_response_payload"] is True
                texts.append(envelope["payload"]["text"])
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert await asyncio.gather(*acting) == [None] * 4
        assert sorted(texts) == ["0", "1", "2", "3"]


async def test_an_unacknowledged_event_comes_once_more(unconnected: Engine) -> None:
    async with raw_connection(unconnected) as socket:
        await unconnected.acts.say(ORLA, SHARED, MENTION)
        first = await socket.receive_json()
        again = await socket.receive_json()
        assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
        assert again["retry_reason"] == "http_timeout"
        assert first["payload"]["event_id"] == again["payload"]["event_id"]
        await socket.send_json({"envelope_id": again["envelope_id"]})


async def test_an_acknowledged_event_comes_once(unconnected: Engine) -> None:
    async with raw_connection(unconnected) as socket:
        saying = asyncio.create_task(unconnected.acts.say(ORLA, SHARED, MENTION))
        first = await socket.receive_json()
        await socket.send_json({"envelope_id": first["envelope_id"]})
        await saying
        await unconnected.acts.run_command(ORLA, SHARED, "/tiny")
        assert (await socket.receive_json())["type"] == "slash_commands"


async def test_a_connection_that_breaks_fails_what_it_carried(unconnected: Engine) -> None:
    async with raw_connection(unconnected) as socket:
        acting = asyncio.create_task(unconnected.acts.run_command(ORLA, SHARED, "/tiny"))
        await socket.receive_json()
    assert await acting == '/tiny failed with the error "operation_timeout"'
    assert not await unconnected.sandbox.delivery.is_connected()


async def test_frames_that_mean_nothing_are_passed_over(unconnected: Engine) -> None:
    async with raw_connection(unconnected) as socket:
        await socket.send_str("not json")
        await socket.send_json({"envelope_id": "unknown"})
        await socket.send_json(["a list"])
        acting = asyncio.create_task(unconnected.acts.run_command(ORLA, SHARED, "/tiny"))
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert await acting is None


async def test_a_ping_is_answered_with_its_own_words(unconnected: Engine) -> None:
    answer = await unconnected.client.apps_connections_open(app_token=unconnected.workspace.app_token)
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(answer["url"], autoping=False) as socket,
    ):
        await socket.receive_json()
        await socket.ping(b"sdk-ping-pong:1.5")
        pong = await socket.receive()
        assert (pong.type, bytes(pong.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1.5")


async def test_the_app_comes_back_after_a_refresh(unconnected: Engine) -> None:
    handler = AsyncSocketModeHandler(unconnected.bot.app, unconnected.workspace.app_token)
    await handler.connect_async()
    try:
        await connected(unconnected.sandbox)
        assert unconnected.sandbox.socket_mode is not None
        await unconnected.sandbox.socket_mode.disconnect("warning")
        assert await unconnected.sandbox.delivery.is_connected()
        await unconnected.sandbox.socket_mode.disconnect("refresh_requested")
        await connected(unconnected.sandbox)
        assert await unconnected.acts.run_command(ORLA, SHARED, "/tiny") is None
    finally:
        await handler.close_async()


@asynccontextmanager
async def http_app(answer: Any) -> AsyncIterator[RunningSandbox]:
    """A sandbox that reaches `answer(request)` by signed HTTP."""
    options = Options(manifest=MANIFEST, is_http=True, ack_seconds=0.5, retry_after_seconds=0.05)
    sandbox = RunningSandbox(options)
    await sandbox.start()
    site = Starlette(routes=[Route("/slack/events", answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(site, port=sandbox.bot_port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    await connected(sandbox)
    try:
        yield sandbox
    finally:
        server.should_exit = True
        await serving
        await sandbox.stop()


async def test_requests_are_signed_and_a_failed_event_is_repeated() -> None:
    requests: list[tuple[dict[str, str], bytes]] = []
    repeated = asyncio.Event()

    async def fail_once(request: Request) -> Response:
        requests.append((dict(request.headers), await request.body()))
        if len(requests) > 1:
            repeated.set()
        return PlainTextResponse("", status_code=500 if len(requests) == 1 else 200)

    async with http_app(fail_once) as sandbox:
        await sandbox.acts.say(ORLA, SHARED, MENTION)
        async with asyncio.timeout(10):
            await repeated.wait()
        verifier = SignatureVerifier(sandbox.workspace.signing_secret)
        assert all(verifier.is_valid_request(body.decode(), headers) for headers, body in requests)
    (first_headers, first), (second_headers, second) = requests
    assert "x-slack-retry-num" not in first_headers
    assert second_headers["x-slack-retry-num"] == "1"
    assert second_headers["x-slack-retry-reason"] == "http_error"
    assert json.loads(first)["event_id"] == json.loads(second)["event_id"]


async def test_a_forged_signature_is_refused_by_a_real_app(http_engine: Engine) -> None:
    body = b'{"type":"event_callback","event":{"type":"app_mention"}}'
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": "1",
        "X-Slack-Signature": "v0=forged",
    }
    url = f"http://127.0.0.1:{http_engine.sandbox.bot_port}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert answer.status == 401
    assert http_engine.bot.seen == {}


async def test_words_as_an_answer_are_a_reply() -> None:
    async def say_words(_: Request) -> Response:
        return PlainTextResponse("Just words")

    async with http_app(say_words) as sandbox:
        assert await sandbox.acts.run_command(ORLA, SHARED, "/tiny") is None
        assert sandbox.workspace.visible_messages(ORLA, SHARED)[-1].text == "Just words"


async def test_an_app_that_takes_too_long_times_out() -> None:
    release = asyncio.Event()

    async def wait(_: Request) -> Response:
        await release.wait()
        return PlainTextResponse("")

    async with http_app(wait) as sandbox:
        words = await sandbox.acts.run_command(ORLA, SHARED, "/tiny")
        release.set()
    assert words == '/tiny failed with the error "operation_timeout"'
