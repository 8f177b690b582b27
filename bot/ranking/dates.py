"""Moments as each reader's Slack shows them, in their own time zone."""

from datetime import UTC, datetime


def date_text(at: datetime) -> str:
    """A moment to the minute; where Slack cannot show it, in UTC."""
    universal = at.astimezone(UTC)
    fallback = f"{universal.day} {universal:%B %Y, %H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"
