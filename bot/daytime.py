"""When somebody may be written to: in their own daytime, on a working day."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

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


def first_working_morning(after: datetime, zone: tzinfo) -> datetime:
    """The next 08:00 on a month's first day from Monday to Friday there, later than `after`; in UTC."""
    month = after.astimezone(zone).date().replace(day=1)
    while (morning := _morning_of(month, zone)) <= after:
        month = (month + timedelta(days=31)).replace(day=1)
    return morning


def _morning_of(month: date, zone: tzinfo) -> datetime:
    return next_daytime(datetime.combine(month, FROM, zone), zone)
