"""NHS numbers: ten digits, the last of which checks the others."""

import re
from collections.abc import Iterator

from bot.case_studies.personal_details.detail import PersonalDetail
from bot.case_studies.personal_details.references import is_reference

EXPLANATION = (
    "This looks like an NHS number, since its check digit fits, and leads to one patient: take it out."
)

_TEN_DIGITS = re.compile(
    r"(?<![^\W_]|[£$€#/])(?<!\d[.,\-–])(?!00)"
    r"[0-9]{3}(?P<gap>[ .\-–\u00a0]?)[0-9]{3}(?P=gap)[0-9]{4}(?![^\W_]|%|[.,\-–/]\d)"
)


def nhs_numbers_in(text: str) -> Iterator[PersonalDetail]:
    """The numbers in `text` that are written as NHS numbers are and whose check digit fits."""
    for match in _TEN_DIGITS.finditer(text):
        # An ISBN of ten digits has the same check digit.
        if _has_check_digit(match[0]) and not is_reference(text, match.start()):
            yield PersonalDetail("NHS number", match.start(), match.end(), match[0], EXPLANATION)


def _has_check_digit(written: str) -> bool:
    from stdnum.gb import nhs  # noqa: PLC0415  20 ms, only for texts with ten digits in a row

    return nhs.is_valid("".join(re.findall(r"[0-9]", written)))
