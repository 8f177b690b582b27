"""Dates of birth: dates that the words around them call one. Other dates are nobody's secret."""

import re
from collections.abc import Iterator

from bot.case_studies.publishing.personal_details.dates import DATE, DAY_AND_MONTH, PACKED_DATE
from bot.case_studies.publishing.personal_details.detail import PersonalDetail

EXPLANATION = "This looks like somebody's date of birth: give a rough age instead, or take it out."

LOOK_BACK, LOOK_AHEAD = 70, 40
"""Characters before and after a date in which its words are looked for."""

_AGE = (
    r"(?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
)
_PERSONS_AGE = (
    rf"(?:aged?:?\s{_AGE}(?:\s(?:years|yrs|months))?"
    rf"|{_AGE}[\s-]?(?:years?|yrs?|months?)[\s-]old|{_AGE}\s?y/?o)"
)
_LABEL = r"(?:d\.?\s?o\.?\s?b\b\.?|date\sof\sbirth|birth\s?date|date\sborn|birth(?=\s?:))"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?)?"
_ON = rf"(?:on\s)?(?:the\s)?{_WEEKDAY}"
# Words that may stand between the label and its date; any other means that the date is of something else.
_BETWEEN = (
    r"(?:is|was|as|of|given|recorded|written|noted|entered|shown|wrongly|which|that|read|reads|says|said|put|down|in|on"
    r"|our|his|her|their|the|child|records?|system|file|form)"
)
_ORGANISATIONS = (
    r"(?:it|its|this|idea|project|partnership|network|scheme|programme|club|group|hub|centre|service|plan|team"
    r"|initiative|school|charity|forum|board)"
)
_MANY = (
    r"(?:children|babies|pupils|adults|people|those|students|residents|parents|patients|anyone|all|everyone)"
)

# Without one of these no cue can match; most dates are passed over by this one look.
_ANY_CUE = re.compile(
    r"birth|born|\bb\.|\bd\.?\s?o|\bage|\bold|\bturn|y/?o\b|\b(?:will\sbe|was|is)\s", re.IGNORECASE
)
_LABEL_BEFORE = re.compile(
    rf"\b{_LABEL}(?:\s?\([^)]{{1,20}}\))?(?:\s(?!on\s\Z){_BETWEEN}){{0,6}}[\s:=,;(\[\"'“|–—-]{{0,4}}{_WEEKDAY}\Z",
    re.IGNORECASE,
)
_BORN_BEFORE = re.compile(
    r"\bborn(?:\s(?:early|prematurely|late|premature))?"
    r"(?:,?\s(?:in|at|near)\s(?!.*\sand\s)[\w'’ -]{1,35}(?:,|(?=\son\s)))?"
    rf"[\s:(,–—-]{{0,3}}{_ON}\Z",
    re.IGNORECASE,
)
_BIRTHDAY_BEFORE = re.compile(
    rf"\bbirthdays?(?:\s(?:is|are|was|were|falls?|will\sbe|fell|comes?|of))?[\s:,(–—-]{{0,3}}{_ON}\Z",
    re.IGNORECASE,
)
_INITIAL_BEFORE = re.compile(r"(?:[,(]\s?|\b[A-Z][\w'’-]*\.?,?\s)b\.\s?\Z")
_AGE_BEFORE = re.compile(rf"\b{_PERSONS_AGE}\s?[,;:(\[–—-]\s?(?:b\.\s|born\s(?:on\s)?)?\Z", re.IGNORECASE)
_TURNED_BEFORE = re.compile(
    rf"\b(?:turn(?:s|ed|ing)?|(?:he|she|they|who)\s(?:will\sbe|was|is))\s{_AGE}(?:\syears\sold)?\s(?=on\s){_ON}\Z",
    re.IGNORECASE,
)
_ORGANISATION_BEFORE = re.compile(
    rf"\b{_ORGANISATIONS}(?:['’]s)?(?:\s\w+){{0,3}}\s(?:born|\w*\s?birthday|turn(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_MANY_BEFORE = re.compile(
    rf"\b(?:{_MANY}\s(?:\w+\s)?(?:who\s(?:were|are)\s)?(?:aged|born)|(?:women|men|boys|girls)\saged)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[!?;]\s|(?<!\bb)(?<!\.b)\.\s(?=[A-Z])|\n\s*\n")

_LABEL_AFTER = re.compile(
    rf"\s?[,(\[–—-]{{0,2}}\s?(?:(?:is|was)\s)?(?:(?:his|her|their|my)\s(?:\w+\s)?|the\s)?(?:\w+['’]s\s)?"
    rf"(?:{_LABEL}|birthday\b(?!\s(?:part|card|cake|event|celebr|tea|meal|club)))",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    r",?\s(?:(?:is|was)\s)?(?:(?:when|the\sday)\s)?(?:he|she|they|[A-Z]\w+)\s(?:was|were)\sborn\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|&)\s(?:on\s)?(?:the\s)?")
_AGE_AFTER = re.compile(rf"\s?[,(\[–—-]\s?{_PERSONS_AGE}\s?(?:[,.;)\]]|\Z)", re.IGNORECASE)

_WITH_YEAR = (_LABEL_BEFORE, _BORN_BEFORE, _BIRTHDAY_BEFORE, _INITIAL_BEFORE, _AGE_BEFORE, _TURNED_BEFORE)
_WITHOUT_YEAR = (_LABEL_BEFORE, _BORN_BEFORE, _BIRTHDAY_BEFORE)
_AFTER = (_LABEL_AFTER, _BORN_AFTER, _AGE_AFTER)


def births_in(text: str) -> Iterator[PersonalDetail]:
    """The dates in `text` that the words beside them call a date of birth."""
    for pattern, before, after in (
        (DATE, _WITH_YEAR, _AFTER),
        (DAY_AND_MONTH, _WITHOUT_YEAR, ()),
        (PACKED_DATE, (_LABEL_BEFORE, _BORN_BEFORE), ()),
    ):
        last = 0
        for match in pattern.finditer(text):
            if (
                _is_said_before(text, match.start(), before)
                or _is_said_after(text, match.end(), after)
                or (last and _AND.fullmatch(text, last, match.start()))
            ):
                last = match.end()
                yield PersonalDetail("date of birth", *match.span(), match[0], EXPLANATION)


def _is_said_before(text: str, start: int, cues: tuple[re.Pattern[str], ...]) -> bool:
    words = text[max(0, start - LOOK_BACK) : start]
    if _ANY_CUE.search(words) is None or not any(cue.search(words) for cue in cues):
        return False
    ends = [end.end() for end in _SENTENCE_END.finditer(words)]
    sentence = words[ends[-1] :] if ends else words
    return _ORGANISATION_BEFORE.search(sentence) is None and _MANY_BEFORE.search(sentence) is None


def _is_said_after(text: str, end: int, cues: tuple[re.Pattern[str], ...]) -> bool:
    words = text[end : end + LOOK_AHEAD]
    return any(cue.match(words) for cue in cues)
