"""What Slack itself says about the tokens: whether it takes them, and what they may do."""

from collections.abc import Iterable

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.settings import Settings

_PATIENCE = 10
"""Seconds."""


def slack_faults(settings: Settings, scopes: Iterable[str]) -> list[str]:
    """A sentence for each token that Slack refuses and each scope that was not granted."""
    faults: list[str] = []
    if settings.bot_token:
        faults += _bot_token_faults(settings, scopes)
    if settings.client_id and settings.client_secret:
        faults += _client_faults(settings)
    if settings.app_token:
        faults += _app_token_faults(settings)
    return list(dict.fromkeys(faults))


def _bot_token_faults(settings: Settings, scopes: Iterable[str]) -> list[str]:
    try:
        answer = _client(settings, settings.bot_token).auth_test()
    except (SlackClientError, OSError) as error:
        return [_refusal("SLACK_BOT_TOKEN", error)]
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    return [
        f"The app was not granted the bot scope {scope}. Install it again from its page at Slack, with the "
        "scopes of manifest.yml."
        for scope in sorted(scopes)
        if scope not in granted
    ]


def _app_token_faults(settings: Settings) -> list[str]:
    try:
        _client(settings, settings.app_token).apps_connections_open(app_token=settings.app_token)
    except (SlackClientError, OSError) as error:
        return [_refusal("SLACK_APP_TOKEN", error)]
    return []


def _client_faults(settings: Settings) -> list[str]:
    """Slack looks at the id and the secret before the code, so a made-up code shows whether it takes them."""
    client = _client(settings, "")
    try:
        client.oauth_v2_access(
            client_id=settings.client_id, client_secret=settings.client_secret, code="made-up"
        )
    except SlackApiError as error:
        reason = error.response.get("error", "unknown error")
        names = {"invalid_client_id": "SLACK_CLIENT_ID", "bad_client_secret": "SLACK_CLIENT_SECRET"}
        return [_refusal(names[reason], error)] if reason in names else []
    except (SlackClientError, OSError) as error:
        return [_refusal("SLACK_CLIENT_SECRET", error)]
    return []


def _client(settings: Settings, token: str) -> WebClient:
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=_PATIENCE)


def _refusal(name: str, error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return (
            f"Slack does not accept {name} ({error.response.get('error', 'unknown error')}). Copy it again."
        )
    return f"Slack cannot be reached at SLACK_API_URL ({type(error).__name__})."
