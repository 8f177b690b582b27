"""Which conversations a select offers, what it begins with, and that nothing else can be chosen in it."""

from typing import Any

import pytest

from sandbox.conversations import offered_conversations
from sandbox.state import Channel
from tests.sandbox.blocks import actions, asked, select
from tests.sandbox.conftest import DEV, LEADS, LUNCH, ORLA, PRIVATE, SHARED, ZOFIA, Engine
from tests.sandbox.test_presses import place, posted

Json = dict[str, Any]

ROOM = "C0TEAMROOMS"
TALK = "D0ORLAWITHDEV"


@pytest.fixture
def between(unconnected: Engine) -> dict[str, str]:
    """Names by id: Orla's talk with Dev, the app's with her, with her and Dev, and with her and Zofia."""
    workspace = unconnected.workspace
    workspace.channels[TALK] = Channel(TALK, "directmessage", "im", [ORLA, DEV])
    return {
        TALK: "talk",
        workspace.direct_message(ORLA).id: "app",
        workspace.direct_message(ORLA, DEV).id: "group",
        workspace.direct_message(ORLA, ZOFIA).id: "shared group",
    }


CHANNELS = [SHARED, ROOM, PRIVATE, LUNCH, LEADS]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, [*CHANNELS, "talk", "app", "group", "shared group"]),
        ({"include": ["public"]}, [SHARED, ROOM, LUNCH]),
        ({"include": ["private"]}, [PRIVATE, LEADS]),
        ({"include": ["im"]}, ["talk", "app"]),
        ({"include": ["mpim"]}, ["group", "shared group"]),
        ({"include": ["public", "im"], "exclude_bot_users": True}, [SHARED, ROOM, LUNCH, "talk"]),
        ({"exclude_bot_users": True}, [*CHANNELS, "talk", "group", "shared group"]),
        (
            {"exclude_external_shared_channels": True},
            [ROOM, PRIVATE, LUNCH, LEADS, "talk", "app", "group", "shared group"],
        ),
        ({"include": ["public"], "exclude_external_shared_channels": True}, [ROOM, LUNCH]),
    ],
)
def test_a_filter_is_kept_to(
    unconnected: Engine, between: dict[str, str], rule: Json | None, expected: list[str]
) -> None:
    for kind in ("conversations_select", "multi_conversations_select"):
        element = select(kind) | ({"filter": rule} if rule else {})
        offered = offered_conversations(unconnected.workspace, ORLA, element)
        assert [between.get(channel.id, channel.id) for channel in offered] == expected


def test_a_channels_select_offers_public_channels(unconnected: Engine) -> None:
    for user_id, expected in ((ORLA, [SHARED, ROOM, LUNCH]), (ZOFIA, [SHARED])):
        for kind in ("channels_select", "multi_channels_select"):
            offered = offered_conversations(unconnected.workspace, user_id, select(kind))
            assert [channel.id for channel in offered] == expected


async def test_what_is_not_offered_is_not_chosen(engine: Engine) -> None:
    only_private = {"filter": {"include": ["private"]}}
    message = await posted(
        engine,
        actions(
            select("conversations_select") | only_private | {"action_id": "one"},
            select("multi_conversations_select") | only_private | {"action_id": "many"},
            select("channels_select") | {"action_id": "channel"},
        )
        | {"block_id": "b"},
    )
    words = "This is no longer here. It may have been changed or removed."
    for action_id, value in (
        ("one", SHARED),
        ("many", [PRIVATE, SHARED]),
        ("channel", PRIVATE),
        ("one", "C0NONE"),
    ):
        assert await engine.acts.press(ORLA, place(message), "b", action_id, value) == words
    assert await engine.acts.press(DEV, place(message), "b", "one", PRIVATE) == words
    assert engine.bot.seen["action"] == []
    assert await engine.acts.press(ORLA, place(message), "b", "one", PRIVATE) is None
    assert await engine.acts.press(ORLA, place(message), "b", "one", None) is None
    assert engine.bot.last("action")["actions"][0]["selected_conversation"] is None


@pytest.mark.parametrize(
    ("kind", "rule", "begins_with"),
    [
        ("conversations_select", {"include": ["public"]}, SHARED),
        ("conversations_select", {"include": ["private"]}, None),
        ("multi_conversations_select", {"include": ["public"]}, [SHARED]),
        ("multi_conversations_select", {"include": ["public"], "exclude_external_shared_channels": True}, []),
    ],
)
async def test_a_select_begins_with_the_current_conversation_only_if_it_offers_it(
    engine: Engine, kind: str, rule: Json, begins_with: str | list[str] | None
) -> None:
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    chooser = select(kind, default_to_current_conversation=True, filter=rule)
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [asked(chooser, block_id="where")],
    }
    await engine.client.views_open(trigger_id=engine.bot.last("command")["trigger_id"], view=view)
    opened = engine.workspace.open_modal(ORLA)
    assert opened is not None
    [value] = [state for key, state in opened.values["where"]["s"].items() if key.startswith("selected")]
    assert value == begins_with
