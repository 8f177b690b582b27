"""`python -m bot check`: every fault of settings, content, manifest, database and Slack, each in a sentence.

One part's fault never hides another's: what cannot be used is named, and the rest
is looked at with its default. No value that could be a secret is ever shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.env_file import ENV_FILE, misspelt, placeholders, read_env_file
from bot.manifest import SCOPES, manifest_faults, manifest_path
from bot.settings import TOKENS, Settings, missing_tokens, read_settings
from knowledge.loader import ContentError, load_library
from storage.open import describe_faults


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which area of the set-up."""

    area: str
    words: str

    def __str__(self) -> str:
        return f"{self.area}: {self.words}"


@dataclass(frozen=True, slots=True)
class Report:
    """All faults; `has_tokens` says whether the app can join a workspace."""

    faults: list[Fault]
    has_tokens: bool


def check(folder: Path, environment: Mapping[str, str], *, offline: bool) -> Report:
    """Look at everything that the app started in `folder` would use.

    `offline` asks neither for tokens nor Slack.
    """
    file = read_env_file(folder / ENV_FILE)
    values = {**file.values, **environment}
    settings, bad_values = read_settings(values)
    has_tokens = any(values.get(name, "").strip() for name in TOKENS)
    waiting = placeholders(values)
    faults = [Fault("settings", f"{ENV_FILE}: {words}") for words in file.faults]
    faults += [Fault("settings", words) for words in [*misspelt(environment), *bad_values, *waiting]]
    if has_tokens and not offline:
        faults += [Fault("settings", words) for words in _token_faults(values)]
    faults += [Fault("content", words) for words in _content_faults(settings)]
    faults += [Fault("manifest", words) for words in manifest_faults(manifest_path(folder))]
    faults += [Fault("database", words) for words in describe_faults(settings.database_url)]
    faults += [Fault("settings", words) for words in _key_faults(settings)]
    if not offline and not waiting:
        faults += [Fault("slack", words) for words in _slack_faults(settings)]
    return Report(faults, has_tokens)


def _token_faults(values: Mapping[str, str]) -> list[str]:
    """What is missing beside the tokens that are there, whether or not those can be used."""
    bot_token, app_token, signing_secret, client_id, client_secret = (
        values.get(name, "").strip() for name in TOKENS
    )
    key = values.get("ENCRYPTION_KEY", "").strip()
    given = Settings(
        bot_token=bot_token,
        app_token=app_token,
        signing_secret=signing_secret,
        client_id=client_id,
        client_secret=client_secret,
        encryption_keys=(key,) if key else (),
    )
    is_by_http = given.is_for_many_workspaces or bool(signing_secret and not app_token)
    return missing_tokens(given, http=is_by_http)


def _content_faults(settings: Settings) -> list[str]:
    try:
        load_library(settings.knowledge_dir)
    except ContentError as error:
        return error.faults
    return []


def _key_faults(settings: Settings) -> list[str]:
    if not settings.encryption_keys:
        return []
    from bot.oauth.key_check import key_faults  # noqa: PLC0415 - slow to import, and seldom needed

    return key_faults(settings)


def _slack_faults(settings: Settings) -> list[str]:
    if not (settings.bot_token or settings.app_token or (settings.client_id and settings.client_secret)):
        return []
    from bot.slack_check import slack_faults  # noqa: PLC0415 - slow to import, and seldom needed

    return slack_faults(settings, SCOPES)
