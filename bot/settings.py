"""The only reader of the environment.

Both readers take a mapping, so that tests give their own. A fault is a sentence
that names the variable and says what to do; all are collected, so that
`python -m bot check` can show every one at once.
"""

import base64
import binascii
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "ENCRYPTION_KEY",
    "SLACK_API_URL",
    "DATABASE_URL",
    "KNOWLEDGE_DIR",
    "HOST",
    "PORT",
    "METRICS_ADDRESS",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
"""Every variable that is read."""
TOKENS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
)
"""What Slack gives for an app: with any of them, the app is meant to join a workspace."""
SECRETS = (*TOKENS, "ENCRYPTION_KEY")
DEFAULT_API_URL = "https://slack.com/api/"
DEFAULT_DATABASE_URL = "sqlite:///data/commonground.db"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("plain", "json")
HIGHEST_PORT = 65535
KEY_BYTES = 32
_SIGNING_SECRET = "the Signing Secret under Basic Information"


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
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    """The newest first."""
    slack_api_url: str = DEFAULT_API_URL
    database_url: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    knowledge_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 3000
    metrics_address: tuple[str, int] | None = None
    """Host and port at which the figures are served, if they are."""
    log_level: str = "INFO"
    log_format: str = "plain"

    @property
    def is_for_many_workspaces(self) -> bool:
        """Whether workspaces install the app by a link, instead of one whose token is given."""
        return bool(self.client_id or self.client_secret)


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
        client_id=given.get("SLACK_CLIENT_ID", ""),
        client_secret=given.get("SLACK_CLIENT_SECRET", ""),
        encryption_keys=_keys(given.get("ENCRYPTION_KEY", ""), faults),
        slack_api_url=_api_url(given.get("SLACK_API_URL", DEFAULT_API_URL), faults),
        database_url=given.get("DATABASE_URL", DEFAULT_DATABASE_URL),
        knowledge_dir=Path(folder).expanduser() if folder else None,
        host=_host(given.get("HOST", "127.0.0.1"), faults),
        port=_port(given.get("PORT", "3000"), faults),
        metrics_address=_metrics_address(given.get("METRICS_ADDRESS", ""), faults),
        log_level=_log_level(given.get("LOG_LEVEL", "INFO"), faults),
        log_format=_log_format(given.get("LOG_FORMAT", "plain"), faults),
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
    if settings.is_for_many_workspaces:
        return _missing_for_many(settings, http=http)
    needed = [("SLACK_BOT_TOKEN", settings.bot_token, "the Bot User OAuth Token under OAuth & Permissions")]
    if http:
        needed.append(("SLACK_SIGNING_SECRET", settings.signing_secret, _SIGNING_SECRET))
    else:
        where = "an App-Level Token with connections:write under Basic Information"
        needed.append(("SLACK_APP_TOKEN", settings.app_token, where))
    return _unset(needed)


def _missing_for_many(settings: Settings, *, http: bool) -> list[str]:
    faults = _unset(
        [
            ("SLACK_CLIENT_ID", settings.client_id, "the Client ID under Basic Information"),
            ("SLACK_CLIENT_SECRET", settings.client_secret, "the Client Secret under Basic Information"),
            ("SLACK_SIGNING_SECRET", settings.signing_secret, _SIGNING_SECRET),
        ]
    )
    if not settings.encryption_keys:
        faults.append(
            "ENCRYPTION_KEY is not set, and tokens are only kept encrypted. Make one: openssl rand -base64 32"
        )
    if settings.bot_token:
        faults.append(
            "SLACK_BOT_TOKEN is for one workspace, and SLACK_CLIENT_ID for many. Take one of them out."
        )
    if settings.app_token:
        faults.append(
            "SLACK_APP_TOKEN is for Socket Mode, and many workspaces are served over HTTP, at the address "
            "that the link to install needs as well. Take it out, and turn Socket Mode off in the manifest: "
            "while it is on, Slack sends nothing over HTTP."
        )
    if not http:
        faults.append("Many workspaces are served over HTTP. Start with: python -m bot run --http")
    return faults


def _unset(needed: list[tuple[str, str, str]]) -> list[str]:
    return [
        f"{name} is not set. It is {where} on your app's page at Slack."
        for name, value, where in needed
        if not value
    ]


def _keys(text: str, faults: list[str]) -> tuple[str, ...]:
    """Keys as Fernet wants them, of which OpenSSL writes two letters otherwise."""
    keys = tuple(key.strip().replace("+", "-").replace("/", "_") for key in text.split(",") if key.strip())
    for key in keys:
        try:
            usable = len(base64.b64decode(key, altchars=b"-_", validate=True)) == KEY_BYTES
        except (binascii.Error, ValueError):
            usable = False
        if not usable:
            faults.append(
                "ENCRYPTION_KEY must hold 32 random bytes in base64; several keys with commas between them, "
                "the newest first. Make one: openssl rand -base64 32"
            )
            return ()
    return keys


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
    if _is_port(text):
        return int(text)
    faults.append(f"PORT is {text!r}. Use a whole number from 1 to {HIGHEST_PORT}.")
    return 3000


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT


def _metrics_address(text: str, faults: list[str]) -> tuple[str, int] | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if host and _is_port(port) and not any(mark in host for mark in "/@ \t"):
        return host, int(port)
    faults.append(f"METRICS_ADDRESS is {text!r}. Use a host and a port, such as 127.0.0.1:9464.")
    return None


def _log_level(text: str, faults: list[str]) -> str:
    if text.upper() in LOG_LEVELS:
        return text.upper()
    faults.append(f"LOG_LEVEL is {text!r}. Use one of {', '.join(LOG_LEVELS)}.")
    return "INFO"


def _log_format(text: str, faults: list[str]) -> str:
    if text.lower() in LOG_FORMATS:
        return text.lower()
    faults.append(f"LOG_FORMAT is {text!r}. Use {' or '.join(LOG_FORMATS)}.")
    return "plain"
