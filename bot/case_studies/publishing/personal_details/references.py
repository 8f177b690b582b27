"""Numbers that the words before them call a reference: an invoice, an ISBN, a contract."""

import re

BEFORE = 40
"""Characters before a number in which to look for what it is called."""

_REFERENCE = re.compile(
    r"""\b(?:ref|reference|invoice|isbn|issn|cheque|serial|barcode
        |(?:order|contract|grant|account|company|charity|case|ticket|job|log|model|part|tender|licen[cs]e)
         \s+(?:no|number|id|ref|code)\b)
        (?:\s+(?:no|number|id|code)\b)?(?:\s+(?:for|of|on|to)(?:\s+\w+){1,3}?)?(?:\s+(?:is|was))?[\s.:\#(]{0,3}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_PERSONAL = re.compile(
    r"\b(?:nhs|chi|patient|health|hospital|clinic|surgery|gp|tel|tele?phone|phone|mobile|mob|call|ring|text|whatsapp)\b",
    re.IGNORECASE,
)


def is_reference(text: str, start: int) -> bool:
    """Whether the words before text[start:] call it a reference rather than somebody's number."""
    before = text[max(0, start - BEFORE) : start]
    return _REFERENCE.search(before) is not None and _PERSONAL.search(before) is None
