"""What Slack's refusal of a call means: for good, or worth another try, and when."""

from slack_sdk.errors import SlackApiError

TEMPORARY = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "accesslimited",
    }
)


def reason_of(error: Exception) -> str:
    """Slack's word for what went wrong, empty for what did not come from Slack."""
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""


def is_temporary(error: SlackApiError) -> bool:
    """Whether the same call can succeed later."""
    status = error.response.status_code
    return status == 429 or status >= 500 or reason_of(error) in TEMPORARY


def retry_after(error: Exception) -> float:
    """Seconds that Slack asks us to wait, 0 when it does not say."""
    if isinstance(error, SlackApiError):
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        given = headers.get("retry-after", "")
        return float(given) if str(given).isdigit() else 0.0
    return 0.0
