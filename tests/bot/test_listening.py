"""Each press, form and menu finds its listener by its id, among as many as there are."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck

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


async def test_what_needs_more_than_an_id_is_found_by_bolt(app: ListeningApp, bot: Bot) -> None:
    one, other = Heard(), Heard()
    app.action({"action_id": "test.both", "block_id": "one"})(one.listen)
    app.action({"action_id": "test.both", "block_id": "other"})(other.listen)
    body = payload("block_actions", actions=[{"action_id": "test.both", "block_id": "other"}])
    await bot.send(body)
    assert (one.bodies, other.bodies) == ([], [body])
