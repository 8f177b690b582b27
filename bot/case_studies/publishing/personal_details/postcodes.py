"""Full postcodes of the United Kingdom and its territories; an outward code alone names no home.

The forms are those of BS 7666: https://en.wikipedia.org/wiki/Postcodes_in_the_United_Kingdom#Formatting
"""

import re
from collections.abc import Iterator

from bot.case_studies.publishing.personal_details.detail import PersonalDetail
from bot.case_studies.publishing.personal_details.references import is_reference

EXPLANATION = (
    "This looks like a full postcode, which can point to one home: give the district only,"
    " unless it is the address of a public building."
)

_AREA = (
    r"A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    r"|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_TERRITORY = "AI|ASCN|BBND|BIQQ|FIQQ|PCRN|SIQQ|STHL|TKCA"

_POSTCODE = re.compile(
    rf"""(?<![^\W_]|[£$€#])(?<![0-9][/-])(?=[a-z])
        (?P<outward>
            GIR(?=\s?0AA)
            | (?:{_TERRITORY})(?=\s?1ZZ)
            | (?:E|EC|N|NW|SE|SW|W|WC)[1-9][A-Z]
            | (?:{_AREA})[0-9]{{1,2}}
        )
        (?P<gap>[^\S\n]{{0,2}})
        (?P<inward>[0-9][ABD-HJLNP-UW-Z]{{2}})
        (?![^\W_]|[/-][0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
# "The B12 2nd floor", "an L2 3hr course": small letters after a code in capitals are an ending or a unit.
_UNITS = {"bn", "ft", "gb", "hr", "hz", "lb", "pp", "tb", "ts", "wk", "yr"}
_CALLED_CODE = re.compile(
    r"\b(?:room|course|module|product|model|budget)(?:\s+code)?[\s:]*\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 16


def postcodes_in(text: str) -> Iterator[PersonalDetail]:
    """The full postcodes in `text`, in capitals or not, with a space or without."""
    for match in _POSTCODE.finditer(text):
        start, end = match.span()
        if match["gap"] and match["outward"].isupper() and _is_ending(match["inward"]):
            continue
        if _CALLED_CODE.search(text, max(0, start - _LOOK_BACK), start) or is_reference(text, start):
            continue
        yield PersonalDetail("postcode", start, end, match[0], EXPLANATION)


def _is_ending(inward: str) -> bool:
    """Whether a digit and its letters read as one word, such as 1st, 2nd or 3hr; 1nd does not."""
    digit, letters = inward[0], inward[1:]
    if letters in {"st", "nd", "rd", "th"}:
        return letters == {"1": "st", "2": "nd", "3": "rd"}.get(digit, "th")
    return letters in _UNITS
