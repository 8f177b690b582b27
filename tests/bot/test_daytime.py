"""When somebody may be written to, on both sides of the days on which clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.daytime import first_working_morning, next_daytime

LONDON, NEW_YORK, AUCKLAND = (
    ZoneInfo("Europe/London"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Pacific/Auckland"),
)


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        (LONDON, "2026-03-02T08:00", "2026-03-02T08:00"),
        (LONDON, "2026-03-02T17:59", "2026-03-02T17:59"),
        (LONDON, "2026-03-02T18:00", "2026-03-03T08:00"),
        (LONDON, "2026-03-02T07:59", "2026-03-02T08:00"),
        (LONDON, "2026-03-06T18:00", "2026-03-09T08:00"),  # a Friday evening waits for Monday
        (LONDON, "2026-03-07T12:00", "2026-03-09T08:00"),
        (LONDON, "2026-03-27T19:00", "2026-03-30T07:00"),  # clocks went forward on the 29th
        (LONDON, "2026-03-30T17:30", "2026-03-31T07:00"),
        (LONDON, "2026-10-23T17:30", "2026-10-26T08:00"),  # and back on the 25th
        (LONDON, "2026-10-26T17:30", "2026-10-26T17:30"),
        (NEW_YORK, "2026-03-06T23:30", "2026-03-09T12:00"),  # forward on the 8th of March
        (NEW_YORK, "2026-03-06T22:30", "2026-03-06T22:30"),
        (NEW_YORK, "2026-10-30T23:00", "2026-11-02T13:00"),  # back on the 1st of November
        (AUCKLAND, "2026-04-03T05:00", "2026-04-05T20:00"),  # Friday 18:00 there; back on Sunday the 5th
    ],
)
def test_the_next_daytime(zone: ZoneInfo, at: str, expected: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = next_daytime(moment, zone)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "after", "expected"),
    [
        (LONDON, "2026-03-15T12:00", "2026-04-01T07:00"),
        (LONDON, "2026-04-01T06:59", "2026-04-01T07:00"),
        (LONDON, "2026-04-01T07:00", "2026-05-01T07:00"),
        (LONDON, "2026-01-20T12:00", "2026-02-02T08:00"),  # the 1st of February was a Sunday
        (LONDON, "2026-02-01T12:00", "2026-02-02T08:00"),
        (LONDON, "2026-12-31T23:00", "2027-01-01T08:00"),
        (LONDON, "2026-07-31T23:30", "2026-08-03T07:00"),  # August there already, the 1st a Saturday
        (NEW_YORK, "2026-11-01T03:00", "2026-11-02T13:00"),  # still October there
        (AUCKLAND, "2026-08-31T19:00", "2026-08-31T20:00"),  # the 1st of September there
        (AUCKLAND, "2026-08-31T20:00", "2026-09-30T19:00"),
    ],
)
def test_the_first_working_morning_of_a_month(zone: ZoneInfo, after: str, expected: str) -> None:
    found = first_working_morning(datetime.fromisoformat(after).replace(tzinfo=UTC), zone)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.tzinfo is UTC
