"""The app in two workspaces: what the token of each sees and may do."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.harness import Harness, running_harness
from sandbox.partnership import TWO_WORKSPACES
from sandbox.payloads import interaction
from sandbox.running import Options
from sandbox.state import MessagePlace, Person

MARLBROOK, FERNLEIGH = "T0MARLBROOK", "T0FERNLEIGH"
ORLA, PAT, ZOFIA = "U0ORLAFINCH", "U0PATLORIMR", "U0ZOFIALISK"
SHARED, TEAM_ROOM, FERN_HOUSE, PANEL = "C0PARTNERSH", "C0TEAMROOMS", "C0FERNHOUSE", "G0EARLYHELP"
BLOCKS = [
    {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}}],
    }
]


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    options = Options(partnership=TWO_WORKSPACES)
    async with running_harness("sqlite://", options=options, with_bot=False) as running:
        grants, scopes = running.workspace.grants, running.workspace.manifest.scopes
        grants.issue(FERNLEIGH, ZOFIA, scopes)
        yield running


def client(harness: Harness, team_id: str) -> AsyncWebClient:
    return AsyncWebClient(harness.workspace.grants.token_of(team_id), f"{harness.sandbox.address}/api/")


async def refusal(client: AsyncWebClient, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


async def test_each_token_is_of_its_own_bot(harness: Harness) -> None:
    ours, theirs = [await client(harness, team).auth_test() for team in (MARLBROOK, FERNLEIGH)]
    assert (ours["team_id"], theirs["team_id"]) == (MARLBROOK, FERNLEIGH)
    assert ours["user_id"] != theirs["user_id"]
    assert ours["bot_id"] != theirs["bot_id"]


async def test_in_direct_messages_the_other_sides_bot_is_named_with_its_workspace(harness: Harness) -> None:
    workspace = harness.workspace
    for team_id, name in ((FERNLEIGH, "Common Ground"), (MARLBROOK, "Common Ground (Marlbrook Together)")):
        direct = workspace.seat(team_id).direct_message(ZOFIA)
        assert workspace.channel_label(direct, ZOFIA) == name


async def test_a_channel_that_is_not_shared_is_not_there_for_the_other_side(harness: Harness) -> None:
    away = client(harness, FERNLEIGH)
    for channel in (TEAM_ROOM, PANEL):
        for method in ("conversations.info", "conversations.members"):
            assert await refusal(away, method, channel=channel) == "channel_not_found"
        assert await refusal(away, "chat.postMessage", channel=channel, text="Hello") == "channel_not_found"
    listed = (await away.conversations_list(types="public_channel,private_channel"))["channels"]
    assert {channel["id"] for channel in listed} == {SHARED, FERN_HOUSE}


async def test_people_are_shown_as_the_token_sees_them(harness: Harness) -> None:
    home, away = client(harness, MARLBROOK), client(harness, FERNLEIGH)
    harness.workspace.people["U0NOBODY00"] = Person("U0NOBODY00", MARLBROOK, "no.body", "No Body")
    assert (await home.users_info(user=ORLA))["user"]["is_admin"] is True
    assert (await home.users_info(user=PAT))["user"]["is_restricted"] is True
    of_orla = (await away.users_info(user=ORLA))["user"]
    assert "is_admin" not in of_orla
    assert of_orla["is_stranger"] is False
    assert (await away.users_info(user="U0NOBODY00"))["user"]["is_stranger"] is True
    own = {user["id"] for user in (await away.users_list())["members"]}
    assert ZOFIA in own
    assert ORLA not in own


async def test_a_bot_changes_its_own_messages_only(harness: Harness) -> None:
    home, away = client(harness, MARLBROOK), client(harness, FERNLEIGH)
    posted = await home.chat_postMessage(channel=SHARED, text="Ours")
    change = {"channel": SHARED, "ts": posted["ts"], "text": "Theirs"}
    assert await refusal(away, "chat.update", **change) == "cant_update_message"


async def test_a_press_belongs_to_the_workspace_whose_bot_wrote_the_message(harness: Harness) -> None:
    posted = await client(harness, FERNLEIGH).chat_postMessage(channel=SHARED, text="Go", blocks=BLOCKS)
    message = harness.workspace.message(SHARED, posted["ts"])
    assert message is not None
    seat = harness.workspace.seat_of_bot(message.bot_id)
    payload = interaction(seat, "block_actions", ORLA)
    assert (payload["team"]["id"], payload["user"]["team_id"]) == (FERNLEIGH, MARLBROOK)
    await harness.acts.press(ORLA, MessagePlace(SHARED, posted["ts"]), "b", "a")


async def test_a_trigger_opens_nothing_with_the_other_token(harness: Harness) -> None:
    trigger = harness.workspace.seat(MARLBROOK).triggers.mint(ORLA)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": []}
    away = client(harness, FERNLEIGH)
    assert await refusal(away, "views.open", trigger_id=trigger, view=view) == "invalid_trigger_id"
    opened = await client(harness, MARLBROOK).views_open(trigger_id=trigger, view=view)
    assert await refusal(away, "views.update", view_id=opened["view"]["id"], view=view) == "not_found"


async def test_people_see_the_channels_of_their_own_workspace(harness: Harness) -> None:
    def seen(user_id: str) -> set[str]:
        return {channel.id for channel in harness.workspace.channels_for(user_id)}

    assert seen(ZOFIA) == {SHARED, FERN_HOUSE}
    assert seen(ORLA) == {SHARED, TEAM_ROOM, PANEL}
    assert seen(PAT) == {SHARED}, "a guest is not offered the public channels"
