"""Days and times as people read them where Slack cannot show them in a reader's own zone."""

from datetime import UTC, date, datetime


def day_text(day: date) -> str:
    """Such as "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def utc_text(at: datetime) -> str:
    """Such as "3 March 2026, 16:00 UTC"."""
    at = at.astimezone(UTC)
    return f"{day_text(at)}, {at:%H:%M} UTC"
