"""When a person may be reminded: in their own daytime, on a working day."""

from datetime import UTC, datetime, time, timedelta, tzinfo

FROM = time(8)
TO = time(18)
SATURDAY = 5


def next_daytime(at: datetime, zone: tzinfo) -> datetime:
    """`at` itself when it falls between 08:00 and 18:00 from Monday to Friday there, else the next 08:00.

    `at` is aware; the result is in UTC.
    """
    local = at.astimezone(zone)
    day = local.date()
    if day.weekday() < SATURDAY and local.time() < TO:
        if local.time() >= FROM:
            return at.astimezone(UTC)
    else:
        day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, FROM, zone).astimezone(UTC)
