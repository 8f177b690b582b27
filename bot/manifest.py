"""The Slack app's manifest, held against Slack's own schema and against what the code does."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from bot.commands import COMMANDS

MANIFEST_FILE = "manifest.yml"

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to hear when it is mentioned",
    "channels:read": "to list who is in a public channel",
    "chat:write": "to post and update messages",
    "commands": "for slash commands and shortcuts",
    "files:read": "to see whether files that it sent have arrived, so that none come twice",
    "files:write": "to hand over exported files",
    "groups:read": "to list who is in a private channel",
    "im:history": "to answer direct messages",
    "im:write": "to remind people, to tell a facilitator, and to send files, by direct message",
    "pins:write": "to pin what a group has decided, where it asked for that",
    "team:read": "to offer people from a partner organisation its name as their agency",
    "users:read": "to leave bots out of a list of people, and to know who is an admin",
}
"""Every scope that the code needs, and what for."""
OPTIONAL_SCOPES: Mapping[str, str] = {
    "canvases:write": "to put the record of a ranking into a canvas",
}
"""Every scope that an admin may decline, and what is missing then."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "channel_unshared",
    "function_executed",
    "group_archive",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "team_access_granted",
    "team_access_revoked",
    "tokens_revoked",
)
"""Every event that a listener waits for."""

_LONGEST_FAULT = 200


def manifest_path(folder: Path) -> Path:
    """The manifest in `folder`, or else the one of the checkout that the code runs from."""
    here = folder / MANIFEST_FILE
    return here if here.exists() else Path(__file__).resolve().parent.parent / MANIFEST_FILE


def manifest_faults(path: Path) -> list[str]:
    """Everything that is wrong with the manifest, each as a sentence."""
    try:
        manifest = yaml.load(path.read_bytes().decode("utf-8-sig"), yaml.CSafeLoader)
    except OSError as error:
        return [f"{path.name} cannot be read: {error.strerror}."]
    except UnicodeDecodeError:
        return [f"{path.name} is not UTF-8 text."]
    except yaml.YAMLError as error:
        return [f"{path.name}: {_yaml_fault(error)}"]
    if not isinstance(manifest, dict):
        return [f"{path.name} is empty or is not a list of entries."]
    faults = [*_schema_faults(manifest), *_command_faults(manifest), *_scope_faults(manifest)]
    return [
        f"{path.name}: {fault}" for fault in [*faults, *_event_faults(manifest), *_switch_faults(manifest)]
    ]


def is_pkce_enabled(path: Path) -> bool:
    """Whether the app is a public client, to which Slack offers PKCE; no when it cannot be read."""
    try:
        manifest = yaml.load(path.read_bytes().decode("utf-8-sig"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False
    return _at(manifest, "oauth_config", "pkce_enabled") is True


def _yaml_fault(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: not valid YAML: {error.problem}."
    return f"not valid YAML: {str(error).splitlines()[0]}."


def _schema_faults(manifest: dict[str, Any]) -> Iterator[str]:
    schema = json.loads((files(__package__) / "manifest.schema.json").read_text("utf-8"))
    found = sorted(Draft7Validator(schema).iter_errors(manifest), key=lambda error: str(error.absolute_path))
    for error in found:
        place = ".".join(str(step) for step in error.absolute_path) or "the file"
        yield f"{place}: {error.message[:_LONGEST_FAULT]}"


def _command_faults(manifest: dict[str, Any]) -> Iterator[str]:
    entries = _at(manifest, "features", "slash_commands")
    given = {
        entry["command"]: entry
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("command"), str)
    }
    for command in COMMANDS:
        entry = given.pop(command.name, None)
        if entry is None:
            yield f"the slash command {command.name} is missing."
            continue
        if entry.get("description") != command.summary:
            yield f'{command.name}: the description must be "{command.summary}", as bot/commands.py has it.'
        if entry.get("usage_hint") != command.hint:
            yield f'{command.name}: the usage_hint must be "{command.hint}", as bot/commands.py has it.'
    for name in given:
        yield f"the slash command {name} is not one that the app has."


def _scope_faults(manifest: dict[str, Any]) -> Iterator[str]:
    for name, kind, scopes in (("bot", "bot", SCOPES), ("bot_optional", "optional bot", OPTIONAL_SCOPES)):
        given = _words(_at(manifest, "oauth_config", "scopes", name))
        for scope, why in scopes.items():
            if scope not in given:
                yield f"the {kind} scope {scope} is missing; the app needs it {why}."
        for scope in given:
            if scope not in scopes:
                yield f"the {kind} scope {scope} is not needed; ask for no more than the app uses."


def _event_faults(manifest: dict[str, Any]) -> Iterator[str]:
    given = _words(_at(manifest, "settings", "event_subscriptions", "bot_events"))
    for event in EVENTS:
        if event not in given:
            yield f"the bot event {event} is missing."
    for event in given:
        if event not in EVENTS:
            yield f"the bot event {event} has nobody who listens to it."


def _switch_faults(manifest: dict[str, Any]) -> Iterator[str]:
    if _at(manifest, "settings", "interactivity", "is_enabled") is not True:
        yield "settings.interactivity.is_enabled must be true, or no button works."
    if _at(manifest, "settings", "org_deploy_enabled") is not True:
        yield "settings.org_deploy_enabled must be true, or Workflow Builder does not have the step."
    if _at(manifest, "features", "app_home", "home_tab_enabled") is not True:
        yield "features.app_home.home_tab_enabled must be true, or there is no App Home."
    if _at(manifest, "features", "app_home", "messages_tab_enabled") is not True:
        yield "features.app_home.messages_tab_enabled must be true, or nobody can write to the app."
    if _at(manifest, "features", "app_home", "messages_tab_read_only_enabled") is True:
        yield "features.app_home.messages_tab_read_only_enabled must be false, so that people can write."


def _at(part: Any, *path: str) -> Any:
    """What is found at `path`, or None."""
    for name in path:
        part = part.get(name) if isinstance(part, dict) else None
    return part


def _words(entries: Any) -> list[str]:
    """The texts of a list that ought to hold nothing else, each once."""
    return (
        [*dict.fromkeys(entry for entry in entries if isinstance(entry, str))]
        if isinstance(entries, list)
        else []
    )
