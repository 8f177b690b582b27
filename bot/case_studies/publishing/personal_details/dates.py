"""Full dates as people write them."""

import re

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)[0-9]{2}|['’]?[0-9]{2}(?![0-9]))"
_LONG_YEAR = r"(?:18|19|20)[0-9]{2}"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"

DATE = re.compile(
    rf"""(?<![\w£$€/-])(?<![0-9][.,])(?:
        {_DAY}{_ORDINAL}[\s\-/.]{{0,2}}(?:of\s)?{_MONTH}[\s\-/,.]{{0,2}}{_YEAR}
        | {_MONTH}\s{_DAY}{_ORDINAL},?\s{_YEAR}
        | {_DAY}\s?(?P<separator>[/.\-–])\s?{_MONTH_NUMBER}\s?(?P=separator)\s?{_YEAR}
        | {_LONG_YEAR}(?P<iso>[-/.]){_MONTH_NUMBER}(?P=iso){_DAY}
    )(?![\w%]|[./-]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A day with its month and year. Years may have two digits; none is checked against a calendar."""

DAY_AND_MONTH = re.compile(
    rf"(?<![\w£$€/-])(?<![0-9][.,])(?:{_DAY}{_ORDINAL}\s(?:of\s)?{_MONTH}|{_MONTH}\s{_DAY}{_ORDINAL})"
    rf"(?!\w|[\s,]{{1,2}}{_LONG_YEAR})",
    re.IGNORECASE,
)
"""A day in every year."""

PACKED_DATE = re.compile(
    rf"(?<!\w)(?:{_DAY}\s{_MONTH_NUMBER}\s{_YEAR}"
    rf"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:{_LONG_YEAR}|[0-9]{{2}}))(?!\w)"
)
"""A date with nothing or only spaces between its numbers, such as 030311: where a date is expected."""
