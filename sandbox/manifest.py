"""What the app's manifest promises: its commands, shortcuts, workflow steps, events and scopes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from sandbox.parameters import Parameter, read_parameters


@dataclass(frozen=True)
class Command:
    """A slash command. With `should_escape` mentions in its text arrive as ids."""

    name: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A shortcut in the search box (`global`) or in a message's menu (`message`)."""

    name: str
    callback_id: str
    description: str
    type: Literal["global", "message"]


@dataclass(frozen=True)
class Step:
    """A custom workflow step, which manifests call a function."""

    callback_id: str
    title: str
    description: str
    inputs: tuple[Parameter, ...]
    outputs: tuple[Parameter, ...]


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that decide what Slack shows, sends and allows."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    steps: tuple[Step, ...]
    scopes: frozenset[str]
    optional_scopes: frozenset[str]
    events: frozenset[str]
    has_home: bool

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.name == name), None)

    def shortcut(self, callback_id: str, kind: Literal["global", "message"]) -> Shortcut | None:
        matching = (s for s in self.shortcuts if s.callback_id == callback_id and s.type == kind)
        return next(matching, None)

    def step(self, callback_id: str) -> Step | None:
        return next((step for step in self.steps if step.callback_id == callback_id), None)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest in YAML. Raises OSError when it cannot be read, KeyError when a required part is
    missing.
    """
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = document["features"]
    settings = document.get("settings", {})
    scopes = document["oauth_config"]["scopes"]
    return Manifest(
        name=document["display_information"]["name"],
        bot_name=features["bot_user"]["display_name"],
        commands=tuple(
            Command(
                entry["command"],
                entry["description"],
                entry.get("usage_hint", ""),
                entry.get("should_escape", False),
            )
            for entry in features.get("slash_commands", [])
        ),
        shortcuts=tuple(
            Shortcut(entry["name"], entry["callback_id"], entry["description"], entry["type"])
            for entry in features.get("shortcuts", [])
        ),
        steps=tuple(
            Step(
                callback_id,
                entry["title"],
                entry["description"],
                read_parameters(entry["input_parameters"]),
                read_parameters(entry["output_parameters"]),
            )
            for callback_id, entry in document.get("functions", {}).items()
        ),
        scopes=frozenset([*scopes["bot"], *scopes.get("bot_optional", [])]),
        optional_scopes=frozenset(scopes.get("bot_optional", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        has_home=features.get("app_home", {}).get("home_tab_enabled", False),
    )
