"""The manifest: valid for Slack, and true to the code, in both directions."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.app
from bot.commands import COMMANDS
from bot.installation import Installation
from bot.listening import ListeningApp
from bot.manifest import EVENTS, OPTIONAL_SCOPES, SCOPES, manifest_faults, manifest_path
from bot.settings import Settings
from knowledge.loader import load_library
from knowledge.search import Search
from storage.open import open_store

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "manifest.yml"

# The least bot scopes of each Web API method and event, from Slack's method pages.
SCOPES_OF_METHODS = {
    "auth_test": set(),
    "canvases_create": {"canvases:write"},
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "pins_add": {"pins:write"},
    "team_info": {"team:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
    "apps_connections_open": set(),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_id_changed": {"groups:read"},
    "channel_left": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "function_executed": set(),
    "group_archive": {"groups:read"},
    "group_left": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message": {"im:history"},
    "team_access_granted": set(),
    "team_access_revoked": set(),
    "tokens_revoked": set(),
}


def broken(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> list[str]:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    change(manifest)
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest), "utf-8")
    return manifest_faults(path)


def method_calls() -> Iterator[str]:
    """Every method that the bot calls on a Web API client."""
    groups = (
        "auth_",
        "apps_",
        "canvases_",
        "chat_",
        "conversations_",
        "files_",
        "team_",
        "users_",
        "views_",
        "reactions_",
        "pins_",
    )
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = node.func.attr
                if name.startswith(groups) and "client" in ast.unparse(node.func.value).lower():
                    yield name


class RememberingApp(ListeningApp):
    """A Bolt app that keeps the names of what it is asked to listen to."""

    heard: set[str]

    def command(self, command: Any, *rest: Any, **more: Any) -> Any:
        self.heard.add(f"command {command}")
        return super().command(command, *rest, **more)

    def event(self, event: Any, *rest: Any, **more: Any) -> Any:
        self.heard.add(f"event {event}")
        return super().event(event, *rest, **more)

    def shortcut(self, constraints: Any, *rest: Any, **more: Any) -> Any:
        self.heard.add(f"shortcut {constraints}")
        return super().shortcut(constraints, *rest, **more)

    def function(self, callback_id: Any, *rest: Any, **more: Any) -> Any:
        self.heard |= {"event function_executed", f"step {callback_id}"}
        return super().function(callback_id, *rest, **more)


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the whole app listens to, apart from presses and submissions."""
    names: set[str] = set()
    monkeypatch.setattr(RememberingApp, "heard", names, raising=False)
    monkeypatch.setattr(bot.app, "ListeningApp", RememberingApp)
    settings = Settings(bot_token="xoxb-1")
    store = await open_store("sqlite:///:memory:")
    library = load_library()
    installation = Installation(bot.app.create_client(settings))
    bot.app.create_app(settings, store, library, Search(library), installation)
    await store.close()
    return names


def test_the_manifest_that_ships_has_no_faults() -> None:
    assert manifest_faults(MANIFEST) == []


def test_a_folder_without_a_manifest_has_that_of_the_checkout(tmp_path: Path) -> None:
    assert manifest_path(tmp_path) == MANIFEST
    (tmp_path / "manifest.yml").write_text("", "utf-8")
    assert manifest_path(tmp_path) == tmp_path / "manifest.yml"


async def test_every_command_event_shortcut_and_step_has_a_listener_and_the_reverse(heard: set[str]) -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    shortcuts = {f"shortcut {one['callback_id']}" for one in manifest["features"]["shortcuts"]}
    steps = {f"step {callback_id}" for callback_id in manifest["functions"]}
    commands = {f"command {command.name}" for command in COMMANDS}
    events = {f"event {event.partition('.')[0]}" for event in EVENTS}
    assert heard == commands | events | shortcuts | steps


def test_scopes_are_exactly_what_the_calls_and_events_need() -> None:
    called = set(method_calls())
    assert called <= set(SCOPES_OF_METHODS), "a new method: add its scopes here, from its page at Slack"
    needed = {"commands"}
    for method in called:
        needed |= SCOPES_OF_METHODS[method]
    for event in EVENTS:
        needed |= SCOPES_OF_EVENTS[event.partition(".")[0]]
    assert set(SCOPES) | set(OPTIONAL_SCOPES) == needed
    assert not set(SCOPES) & set(OPTIONAL_SCOPES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m.pop("display_information"), "'display_information' is a required property"),
        (lambda m: m["display_information"].update(name="x" * 36), "display_information.name"),
        (lambda m: m["display_information"].update(colour="teal"), "'colour' was unexpected"),
        (lambda m: m["settings"].update(socket_mode_enabled="yes"), "settings.socket_mode_enabled"),
        (lambda m: m["features"]["slash_commands"].pop(0), "the slash command /strategies is missing"),
        (
            lambda m: m["features"]["slash_commands"].append({"command": "/dance", "description": "x"}),
            "the slash command /dance is not one that the app has",
        ),
        (
            lambda m: m["features"]["slash_commands"][1].update(description="Vote"),
            '/rank: the description must be "Agree as a group on what matters most"',
        ),
        (lambda m: m["features"]["slash_commands"][1].pop("usage_hint"), "/rank: the usage_hint must be"),
        (
            lambda m: m["oauth_config"]["scopes"]["bot"].remove("files:write"),
            "the bot scope files:write is missing; the app needs it to hand over exported files",
        ),
        (
            lambda m: m["oauth_config"]["scopes"]["bot"].append("channels:history"),
            "the bot scope channels:history is not needed",
        ),
        (
            lambda m: m["oauth_config"]["scopes"].pop("bot_optional"),
            "the optional bot scope canvases:write is missing",
        ),
        (
            lambda m: m["settings"]["event_subscriptions"]["bot_events"].remove("message.im"),
            "the bot event message.im is missing",
        ),
        (
            lambda m: m["settings"]["event_subscriptions"]["bot_events"].append("team_join"),
            "the bot event team_join has nobody who listens to it",
        ),
        (
            lambda m: m["settings"].update(org_deploy_enabled=False),
            "settings.org_deploy_enabled must be true",
        ),
        (
            lambda m: m["functions"]["find_strategies"].pop("output_parameters"),
            "'output_parameters' is a required property",
        ),
        (lambda m: m["settings"].pop("interactivity"), "settings.interactivity.is_enabled must be true"),
        (lambda m: m["features"]["app_home"].update(home_tab_enabled=False), "home_tab_enabled must be true"),
        (
            lambda m: m["features"]["app_home"].update(messages_tab_enabled=False),
            "messages_tab_enabled must be true",
        ),
        (
            lambda m: m["features"]["app_home"].update(messages_tab_read_only_enabled=True),
            "messages_tab_read_only_enabled must be false",
        ),
    ],
)
def test_a_fault_is_named(tmp_path: Path, change: Callable[[dict[str, Any]], None], words: str) -> None:
    faults = broken(tmp_path, change)
    assert len(faults) == 1, faults
    assert faults[0].startswith("manifest.yml: ")
    assert words in faults[0]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["features"]["slash_commands"] = "none"
        manifest["oauth_config"] = {}
        manifest["settings"] = []

    faults = broken(tmp_path, change)
    assert sum("the slash command /" in fault for fault in faults) == len(COMMANDS)
    assert sum("the bot scope" in fault for fault in faults) == len(SCOPES)
    assert sum("the bot event" in fault for fault in faults) == len(EVENTS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"display_information:\n  name: [\n", "line 3: not valid YAML"),
        (b"a: 1\n\tb: 2\n", "line 2: not valid YAML"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "is empty"),
        (b"- a\n", "is not a list of entries"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "manifest.yml"
    path.write_bytes(content)
    faults = manifest_faults(path)
    assert len(faults) == 1
    assert words in faults[0]


def test_a_missing_file_is_one_fault(tmp_path: Path) -> None:
    assert manifest_faults(tmp_path / "manifest.yml") == [
        "manifest.yml cannot be read: No such file or directory."
    ]
