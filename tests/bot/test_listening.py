"""Each press, form and menu finds its listener by its id, among as many as there are."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.listening import ListeningApp
from tests.slack import ANNA, TEAM, Bot, Json


@pytest.fixture
def app(bot: Bot) -> ListeningApp:
    assert isinstance(bot.app, ListeningApp)
    return bot.app


class Heard:
    """A listener that remembers what it was given."""

    def __init__(self) -> None:
        self.bodies: list[Json] = []

    async def listen(self, body: dict[str, Any], ack: AsyncAck) -> None:
        self.bodies.append(body)
        await ack()


def payload(kind: str, **more: object) -> Json:
    return {"type": kind, "team": {"id": TEAM}, "user": {"id": ANNA.id, "team_id": TEAM}, **more}


async def test_each_kind_of_request_has_ids_of_its_own(app: ListeningApp, bot: Bot) -> None:
    press, form, menu = Heard(), Heard(), Heard()
    app.action("test.same")(press.listen)
    app.view("test.same")(form.listen)
    app.options("test.same")(menu.listen)
    sent = [
        payload("block_actions", actions=[{"action_id": "test.same", "block_id": "b"}]),
        payload("view_submission", view={"type": "modal", "callback_id": "test.same"}),
        payload("block_suggestion", action_id="test.same", block_id="b", value="a"),
    ]
    for body in sent:
        assert (await bot.send(body)).status == 200
    assert [press.bodies, form.bodies, menu.bodies] == [[body] for body in sent]


async def test_two_listeners_for_one_id_are_a_mistake(app: ListeningApp) -> None:
    app.action("test.once")(Heard().listen)
    with pytest.raises(ValueError, match=r"test\.once"):
        app.action("test.once")(Heard().listen)


async def test_a_listener_that_asks_for_more_is_a_mistake(app: ListeningApp) -> None:
    async def listen(say: AsyncSay, ack: AsyncAck) -> None: ...

    with pytest.raises(ValueError, match="say"):
        app.action("test.asks")(listen)


async def test_a_listener_that_acknowledges_nothing_is_a_surprise(
    app: ListeningApp, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    async def listen(ack: AsyncAck) -> None: ...

    app.action("test.silent")(listen)
    body = payload("block_actions", actions=[{"action_id": "test.silent", "block_id": "b"}])
    assert (await bot.send(body)).status == 200
    assert "RuntimeError" in caplog.text


async def test_what_needs_more_than_an_id_is_found_by_bolt(app: ListeningApp, bot: Bot) -> None:
    one, other = Heard(), Heard()
    app.action({"action_id": "test.both", "block_id": "one"})(one.listen)
    app.action({"action_id": "test.both", "block_id": "other"})(other.listen)
    body = payload("block_actions", actions=[{"action_id": "test.both", "block_id": "other"}])
    await bot.send(body)
    assert (one.bodies, other.bodies) == ([], [body])


async def test_each_request_has_a_client_of_its_own(app: ListeningApp, bot: Bot) -> None:
    clients: list[AsyncWebClient] = []

    async def listen(client: AsyncWebClient, ack: AsyncAck) -> None:
        clients.append(client)
        client.token = client.default_params["of"] = "changed"
        await ack()

    app.action("test.client")(listen)
    for _ in range(2):
        await bot.send(payload("block_actions", actions=[{"action_id": "test.client", "block_id": "b"}]))
    one, other = clients
    assert one is not other
    assert one.default_params is not other.default_params
    assert "changed" not in (app.client.token, app.client.default_params.get("of"))


def test_a_request_holds_what_bolt_gives_it(app: ListeningApp) -> None:
    ours, bolts = (AsyncBoltRequest(body=payload("block_actions"), mode="socket_mode") for _ in range(2))
    app._init_context(ours)
    AsyncApp._init_context(app, bolts)
    assert ours.context.keys() == bolts.context.keys()
    kept = {"headers", "_logger"}
    assert {key: each for key, each in vars(ours.context["client"]).items() if key not in kept} == {
        key: each for key, each in vars(bolts.context["client"]).items() if key not in kept
    }
