"""Phone numbers: British ones as people write them, and those of other countries with their code."""

import re
from collections.abc import Iterator

from bot.case_studies.publishing.personal_details.detail import PersonalDetail
from bot.case_studies.publishing.personal_details.references import is_reference

EXPLANATION = (
    "This looks like a phone number: take it out, unless it is a public number"
    " or its owner agrees to have it here."
)
HELPLINE_EXPLANATION = (
    "This looks like the number of a helpline or an organisation: it may stay if it is public,"
    " and do check that it is right."
)
# Numbers that cost the caller little or nothing, or the same from anywhere, belong to organisations.
ORGANISATION_PREFIXES = ("3", "800", "808", "84", "87")

SHORTEST_ABROAD = 7
"""Digits with the country's code; no country's numbers have fewer."""

_START = r"(?<![\w£$€#+])(?<!\d[.,\-–])(?<![a-zA-Z]/)"
_END = r"(?!\d|[.,\-–]\d|\s?%)"
_CANDIDATE = re.compile(
    rf"""{_START}(?:
        (?P<childline>0800[ -]?1111)
        | (?P<bare_mobile>7[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{3}})
        | (?P<british>\(?(?:(?:[+＋]|00)\s?44[\s)]{{0,2}}(?:\(0\))?[\s-]?\(?(?=[1-9])|0(?=[1-35789]))
            (?:[\s.\-–()/]{{0,2}}\d){{9,10}})
        | (?P<abroad>\(?(?:[+＋]|00)\s?[1-9](?:[\s.\-–()/]{{0,2}}\d){{6,13}})
    ){_END}""",
    re.VERBOSE,
)
# A spreadsheet drops the nought of a mobile number: what is left is one only where the words say so.
_CALLED_PHONE = re.compile(
    r"\b(?:tel|tele?phone|phone|mobile|mob|call|ring|text|whatsapp)\b[\w\s.:]{0,12}\Z", re.IGNORECASE
)
_CODE = re.compile(r"\(?(?:[+＋]|00)\s?44[\s)]{0,2}(?:\(0\))?")
_LAST_GROUP = re.compile(r"[\s.\-–()/]+\d+\Z")


def phones_in(text: str) -> Iterator[PersonalDetail]:
    """The phone numbers in `text`."""
    for match in _CANDIDATE.finditer(text):
        start, written = match.start(), match[0]
        if is_reference(text, start):
            continue
        if match["childline"]:
            explanation: str | None = HELPLINE_EXPLANATION
        elif match["british"]:
            explanation = _british_explanation(written)
        elif match["abroad"]:
            written = _written_abroad(written)
            explanation = EXPLANATION
        else:
            explanation = EXPLANATION if _CALLED_PHONE.search(text[max(0, start - 30) : start]) else None
        if written and explanation:
            yield PersonalDetail("phone number", start, start + len(written), written, explanation)


def _british_explanation(written: str) -> str | None:
    """Why `written` is pointed out; None when it is not written or not numbered as a phone number is."""
    national = _CODE.sub("0", written, count=1)
    if not _is_grouped_as_phone(national):
        return None
    significant = "".join(re.findall(r"\d", national)).removeprefix("0")
    # Numbers kept for fiction and new ranges are unknown to the library: of those kinds the length is enough.
    if not (len(significant) == 10 and significant[0] in "1237") and not _is_known(f"0{significant}"):
        return None
    return HELPLINE_EXPLANATION if significant.startswith(ORGANISATION_PREFIXES) else EXPLANATION


def _is_grouped_as_phone(national: str) -> bool:
    """Whether the digits stand in groups as in a phone number, not as in a list, a date or a reference."""
    first, *others = re.findall(r"\d+", national)
    if first == "0":  # after a code the area may stand apart
        first, *others = f"0{others[0]}", *others[1:]
    if first == "07" and [len(group) for group in others] == [3, 3, 3]:
        return True
    if (
        len(first) < 3
        or len(others) > 4
        or (others and all(re.fullmatch("(?:19|20)..", year) for year in others))
    ):
        return False
    return not others or len(others[-1]) >= 3 or all(len(group) == 2 for group in others)


def _written_abroad(written: str) -> str:
    """The part of `written` that is a number of some country, or ""; its end may be another number."""
    while len(re.findall(r"\d", written)) >= SHORTEST_ABROAD:
        if _is_known(written):
            return written
        last = _LAST_GROUP.search(written)
        if last is None:
            break
        written = written[: last.start()]
    return ""


def _is_known(written: str) -> bool:
    """Whether such a number exists in the country of its code; after a plus, whether its length allows it."""
    import phonenumbers  # noqa: PLC0415 - 12 ms, only for texts with such a number

    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return False
    return written.lstrip("(")[0] in "+＋" or phonenumbers.is_valid_number(number)
