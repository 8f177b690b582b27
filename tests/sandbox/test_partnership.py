"""The partnership that ships with the sandbox, and the manifest of the app that lives in it."""

from sandbox.manifest import read_manifest
from sandbox.partnership import load_partnership
from sandbox.running import MANIFEST
from sandbox.workspace import Workspace
from tests.sandbox.conftest import LEADS, LUNCH, ORLA, PRIVATE, SHARED, ZOFIA


def shipped() -> Workspace:
    manifest = read_manifest(MANIFEST)
    return Workspace(load_partnership(manifest.bot_name), manifest)


def test_at_least_seven_people_from_four_agencies_two_of_them_from_elsewhere() -> None:
    workspace = shipped()
    people = workspace.members()
    assert len(people) >= 7
    assert len({person.agency for person in people}) >= 4
    assert [p.id for p in people if workspace.is_outside(p.id)] == [ZOFIA, "U0IDRISGANE"]
    assert [person.id for person in people if person.is_admin] == [ORLA]


def test_the_bot_is_in_three_channels_of_five() -> None:
    workspace = shipped()
    inside = [c.id for c in workspace.channels.values() if workspace.bot_user_id in c.members]
    assert inside == [SHARED, "C0TEAMROOMS", PRIVATE]
    assert [workspace.channels[channel_id].kind for channel_id in (LUNCH, LEADS)] == ["public", "private"]
    assert set(workspace.channels[SHARED].members) == {p.id for p in workspace.members()} | {"U0COMMONGRD"}


def test_people_see_their_own_channels_and_the_public_ones_of_their_workspace() -> None:
    workspace = shipped()
    assert [channel.id for channel in workspace.channels_for(ZOFIA)] == [SHARED]
    assert PRIVATE in [channel.id for channel in workspace.channels_for(ORLA)]
    assert [channel.id for channel in workspace.channels_for("U0COLINWARD")] == [SHARED, "C0TEAMROOMS", LUNCH]


def test_the_apps_manifest_tells_its_commands_and_scopes() -> None:
    manifest = read_manifest(MANIFEST)
    names = {command.name for command in manifest.commands}
    assert {"/strategies", "/rank", "/casestudy", "/commonground"} <= names
    assert {"chat:write", "commands"} <= manifest.scopes
    assert manifest.has_home


def test_subscribers_hear_of_changes_until_they_leave() -> None:
    workspace = shipped()
    heard: list[tuple[str, str | None]] = []
    leave = workspace.subscribe(lambda change: heard.append((change.topic, change.user_id)))
    workspace.slackbot_says(ORLA, SHARED, "Only for Orla")
    leave()
    leave()
    workspace.slackbot_says(ORLA, SHARED, "Unheard")
    assert heard == [("message", ORLA)]
