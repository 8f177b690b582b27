"""E-mail addresses, also those written out in words."""

import re
from collections.abc import Iterator

from bot.case_studies.publishing.personal_details.detail import PersonalDetail

EXPLANATION = (
    "This looks like an e-mail address: name the team instead,"
    " or make sure that its owner agrees to have it here."
)
MAILBOX_EXPLANATION = (
    "This looks like the e-mail address of a team: it may stay if it is public,"
    " and do check that it is right."
)
TEAM_NAMES = "admin contact enquiries hello help info mail office post reception support team"
MAILBOXES = frozenset(TEAM_NAMES.split())

_PIECE = r"[\w.+%'’-]"
_AT = r"""(?:\s?[@＠]\s?|\s?[\[({<-]\s?at\s?[\])}>-]\s?|\s{1,3}at\s{1,3})"""
_DOT = r"""(?:\.|\s?[\[({<-]\s?(?:dot|\.)\s?[\])}>-]\s?|\s{1,3}dot\s{1,3})"""
_ADDRESS = re.compile(
    rf"""(?<!{_PIECE})
        (?P<local>{_PIECE}++(?:(?:\s{{1,3}}dot\s{{1,3}}|\s?[\[({{<-]\s?dot\s?[\])}}>-]\s?){_PIECE}++){{0,3}})
        (?P<at>{_AT})
        (?P<domain>[^\W_][\w-]*+(?:{_DOT}[\w-]++){{0,4}}?{_DOT}[a-z]{{2,24}}(?!\w|{_DOT}[a-z]|{_AT}\w))""",
    re.IGNORECASE | re.VERBOSE,
)
_SPOKEN_DOT = re.compile(r"[\s\[({]dot[\s\])}]", re.IGNORECASE)
_MAIL_CUE = re.compile(r"\b(?:e-?mails?|mail|write to|contact|address)(?: is)?[\s:,(]{1,3}\Z", re.IGNORECASE)

# What stands before "at" when a page or a place is meant: "the form at example dot org".
_PLACE_WORDS = """
    a about all and are available back based be book books booked call come copy details download
    everything find form forms found free guide handbook her here him hosted is it kept leaflet
    library list live lives look looked looking me meet meets met more notes now on one online or
    out page pages people post posted published put read report reports see seen shared shop shown
    sign site slides staff stored team template templates that them then there these this those
    today tools training up us video videos was website were work worked works you
"""
_NOT_A_MAILBOX = frozenset(_PLACE_WORDS.split())
_NO_PLAIN_WORD = re.compile(r"[a-z][\d._+]+[a-z]|\A[a-z]+\d+\Z")
_MORE = re.compile(r"\b(?:more|further|full|all|some|this|the)\s+\Z", re.IGNORECASE)


def emails_in(text: str) -> Iterator[PersonalDetail]:
    """The e-mail addresses in `text`."""
    for match in _ADDRESS.finditer(text):
        local = match["local"]
        start = match.start() + len(local) - len(local.lstrip("'’.-%+"))
        if local.endswith(".") or start == match.end("local") or not _is_meant(text, start, match):
            continue
        name = local.strip("'’.-%+").casefold()
        explanation = MAILBOX_EXPLANATION if name in MAILBOXES else EXPLANATION
        yield PersonalDetail("e-mail address", start, match.end(), text[start : match.end()], explanation)


def _is_meant(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether an address is meant, and not a page or a place that something is at."""
    if match["at"].strip().casefold() != "at":
        return True
    local = match["local"].strip("'’").casefold()
    # "ANNA AT EXAMPLE.ORG" may be a heading; "anna AT example.org" cannot.
    if _NO_PLAIN_WORD.search(local) or (match["at"].isupper() and not match["local"].isupper()):
        return True
    before = text[max(0, start - 30) : start]
    if local in _NOT_A_MAILBOX or not re.search(r"[a-z]", local) or _MORE.search(before):
        return False
    return _SPOKEN_DOT.search(match["domain"]) is not None or _MAIL_CUE.search(before) is not None
