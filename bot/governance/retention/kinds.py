"""The kinds of what is removed after a time, in the words that admins read."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.plurals import counted


@dataclass(frozen=True, slots=True)
class KindWords:
    """`label` heads the field, `hint` says what goes, `one` and `many` count it in the audit log."""

    label: str
    hint: str
    one: str
    many: str

    def counted(self, number: object) -> str:
        """Such as "3 drafts of case studies"; `number` comes from a line of the log."""
        return counted(int(str(number)), self.one, self.many)


KINDS: Mapping[str, KindWords] = {
    "drafts": KindWords(
        "Drafts of case studies",
        "From the last day on which somebody wrote on it. It is deleted with all that was written in it.",
        "draft of a case study",
        "drafts of case studies",
    ),
    "ballots": KindWords(
        "Who answered what in rankings that have ended",
        "From the day it ended. Ballots lose their person and their reasons; how they were counted stays.",
        "ranking whose ballots lost their people",
        "rankings whose ballots lost their people",
    ),
    "withdrawn": KindWords(
        "Case studies that were withdrawn",
        "From the day it was withdrawn. The stub goes, with what the case study said and its history.",
        "withdrawn case study",
        "withdrawn case studies",
    ),
    "misses": KindWords(
        "Words that were looked for in vain",
        "From the last day on which somebody looked for them.",
        "line of words that were looked for in vain",
        "lines of words that were looked for in vain",
    ),
    "audit": KindWords(
        "The audit log",
        "From the day of each line. Keep it as long as you must be able to account for changes.",
        "line of the audit log",
        "lines of the audit log",
    ),
}
