"""What Slack's refusal of a call means: for good, or worth another try, and when."""

from slack_sdk.errors import SlackApiError

TEMPORARY = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "accesslimited",
    }
)
GONE = frozenset({"message_not_found", "cant_update_message"})
"""The message that was to be changed was deleted, or is not this bot's any more."""
NOT_SHOWABLE = frozenset(
    {
        "block_mismatch",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "view_too_large",
    }
)
"""Slack does not take the content as it is; it may take less."""
NO_ACCESS = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""Nothing can be done in the workspace until the app is installed there again."""
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500


def reason_of(error: Exception) -> str:
    """Slack's word for what went wrong, empty for what did not come from Slack or cannot be read."""
    if not isinstance(error, SlackApiError):
        return ""
    said = getattr(error.response, "data", error.response)  # not read at all when its JSON was broken
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def is_temporary(error: SlackApiError) -> bool:
    """Whether the same call can succeed later; an answer that cannot be read says nothing against it."""
    reason = reason_of(error)
    return not reason or _status_of(error) >= SERVER_ERROR or is_limited(error) or reason in TEMPORARY


def is_limited(error: Exception) -> bool:
    """Whether Slack says that the method was called too often in this workspace."""
    if not isinstance(error, SlackApiError):
        return False
    return _status_of(error) == TOO_MANY_REQUESTS or reason_of(error) in ("ratelimited", "rate_limited")


def retry_after(error: Exception) -> float:
    """Seconds that Slack asks us to wait, 0 when it does not say."""
    if isinstance(error, SlackApiError):
        headers = {name.lower(): value for name, value in getattr(error.response, "headers", {}).items()}
        given = headers.get("retry-after", "")
        return float(given) if str(given).isdigit() else 0.0
    return 0.0


def _status_of(error: SlackApiError) -> int:
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
