"""The only reader of the environment.

Both readers take a mapping, so that tests give their own. A fault is a sentence
that names the variable and says what to do; all are collected, so that
`python -m bot check` can show every one at once.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "DATABASE_URL",
    "KNOWLEDGE_DIR",
    "HOST",
    "PORT",
    "LOG_LEVEL",
)
"""Every variable that is read."""
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
DEFAULT_API_URL = "https://slack.com/api/"
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
    slack_api_url: str = DEFAULT_API_URL
    database_url: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    knowledge_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 3000
    log_level: str = "INFO"


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment, tokens not yet asked for.

    :raises SettingsError: a value that cannot be used, for every such value
    """
    settings, faults = read_settings(environment)
    if faults:
        raise SettingsError(faults)
    return settings


def read_settings(environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Settings with defaults in place of what cannot be used, and a sentence for each such value."""
    given = {name: environment[name].strip() for name in NAMES if environment.get(name, "").strip()}
    faults: list[str] = []
    folder = given.get("KNOWLEDGE_DIR")
    settings = Settings(
        bot_token=_token("SLACK_BOT_TOKEN", "xoxb-", given, faults),
        app_token=_token("SLACK_APP_TOKEN", "xapp-", given, faults),
        signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        slack_api_url=_api_url(given.get("SLACK_API_URL", DEFAULT_API_URL), faults),
        database_url=given.get("DATABASE_URL", DEFAULT_DATABASE_URL),
        knowledge_dir=Path(folder).expanduser() if folder else None,
        host=_host(given.get("HOST", "127.0.0.1"), faults),
        port=_port(given.get("PORT", "3000"), faults),
        log_level=_log_level(given.get("LOG_LEVEL", "INFO"), faults),
    )
    return settings, faults


def hide_from_bolt(environment: MutableMapping[str, str]) -> None:
    """Take away what Bolt would read for itself.

    It warns about a token beside a client, and with a client id and secret it drops the token for an
    OAuth flow of its own.
    """
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        environment.pop(name, None)


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


def _token(name: str, start: str, given: Mapping[str, str], faults: list[str]) -> str:
    token = given.get(name, "")
    if token and not token.startswith(start):
        faults.append(f"{name} must begin with {start}. Copy it again from your app's page at Slack.")
        return ""
    return token


def _api_url(text: str, faults: list[str]) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if usable:
        return text if text.endswith("/") else f"{text}/"
    faults.append("SLACK_API_URL must be an address that begins with https:// or http://.")
    return DEFAULT_API_URL


def _host(text: str, faults: list[str]) -> str:
    if not any(mark in text for mark in "/@ \t"):
        return text
    faults.append(f"HOST is {text!r}. Use a name or an IP address alone, such as 127.0.0.1.")
    return "127.0.0.1"


def _port(text: str, faults: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    faults.append(f"PORT is {text!r}. Use a whole number from 1 to {HIGHEST_PORT}.")
    return 3000


def _log_level(text: str, faults: list[str]) -> str:
    if text.upper() in LOG_LEVELS:
        return text.upper()
    faults.append(f"LOG_LEVEL is {text!r}. Use one of {', '.join(LOG_LEVELS)}.")
    return "INFO"
