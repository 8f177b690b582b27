"""NHS numbers: ten digits, the last of which checks the others."""

import re
from collections.abc import Iterator

from bot.case_studies.publishing.personal_details.detail import PersonalDetail
from bot.case_studies.publishing.personal_details.references import is_reference

EXPLANATION = (
    "This looks like an NHS number, since its check digit fits, and leads to one patient: take it out."
)

_TEN_DIGITS = re.compile(
    r"(?<![^\W_]|[£$€#/])(?<!\d[.,\-–])(?!00)"
    r"[0-9]{3}(?P<gap>[ \u00a0]{0,2}|[.\-–])[0-9]{3}(?P=gap)[0-9]{4}(?![^\W_]|%|[.,\-–/]\d)"
)
# After its name a number may be grouped in any way.
_NAMED = re.compile(
    r"\bnhs(?![a-z])[^0-9\n]{0,20}(?P<number>[0-9](?:[ .\-–]?[0-9]){9})(?![^\W_]|[.-]\d)", re.IGNORECASE
)


def nhs_numbers_in(text: str) -> Iterator[PersonalDetail]:
    """The numbers in `text` that are written as NHS numbers are and whose check digit fits."""
    named = {match.span("number") for match in _NAMED.finditer(text)}
    # An ISBN of ten digits has the same check digit.
    others = {match.span() for match in _TEN_DIGITS.finditer(text) if not is_reference(text, match.start())}
    for start, end in named | others:
        if _has_check_digit(text[start:end]):
            yield PersonalDetail("NHS number", start, end, text[start:end], EXPLANATION)


def _has_check_digit(written: str) -> bool:
    from stdnum.gb import nhs  # noqa: PLC0415 - 20 ms, only for texts with ten digits in a row

    return nhs.is_valid("".join(re.findall(r"[0-9]", written)))
