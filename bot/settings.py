"""The only reader of the environment.

`load_settings` takes a mapping, so that tests give their own. A fault is a
sentence that names the variable and says what to do; all are collected, so that
`python -m bot check` can show every one at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_DATABASE_URL = "sqlite:///data/commonground.db"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
HIGHEST_PORT = 65535


class SettingsError(Exception):
    """The environment is not fit to start with; `faults` says all that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for. Tokens never appear in its repr."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    knowledge_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 3000
    log_level: str = "INFO"


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment, tokens not yet asked for.

    :raises SettingsError: a value that cannot be used, for every such value
    """
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    faults: list[str] = []
    port = _port(given.get("PORT", "3000"), faults)
    log_level = given.get("LOG_LEVEL", "INFO").upper()
    if log_level not in LOG_LEVELS:
        faults.append(f"LOG_LEVEL is {log_level!r}. Use one of {', '.join(LOG_LEVELS)}.")
    api_url = given.get("SLACK_API_URL", "https://slack.com/api/")
    if not api_url.startswith(("https://", "http://")):
        faults.append("SLACK_API_URL must begin with https:// or http://.")
    for name, start in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        if name in given and not given[name].startswith(start):
            faults.append(f"{name} must begin with {start}. Copy it again from your app's page at Slack.")
    if faults:
        raise SettingsError(faults)
    folder = given.get("KNOWLEDGE_DIR")
    return Settings(
        bot_token=given.get("SLACK_BOT_TOKEN", ""),
        app_token=given.get("SLACK_APP_TOKEN", ""),
        signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        slack_api_url=api_url if api_url.endswith("/") else f"{api_url}/",
        database_url=given.get("DATABASE_URL", DEFAULT_DATABASE_URL),
        knowledge_dir=Path(folder).expanduser() if folder else None,
        host=given.get("HOST", "127.0.0.1"),
        port=port,
        log_level=log_level,
    )


def missing_tokens(settings: Settings, *, http: bool) -> list[str]:
    """A sentence for each token that this way of running needs and does not have."""
    needed = [("SLACK_BOT_TOKEN", settings.bot_token, "the Bot User OAuth Token under OAuth & Permissions")]
    if http:
        where = "the Signing Secret under Basic Information"
        needed.append(("SLACK_SIGNING_SECRET", settings.signing_secret, where))
    else:
        where = "an App-Level Token with connections:write under Basic Information"
        needed.append(("SLACK_APP_TOKEN", settings.app_token, where))
    return [
        f"{name} is not set. It is {where} on your app's page at Slack."
        for name, value, where in needed
        if not value
    ]


def _port(text: str, faults: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    faults.append(f"PORT is {text!r}. Use a whole number from 1 to {HIGHEST_PORT}.")
    return 0
