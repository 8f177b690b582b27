"""Turn any text into the words that a search compares: folded, spelled one way, without filler, stemmed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

# All texts of the content have fewer different words.
_REMEMBERED = 16_384

_stemmer = Stemmer.Stemmer("english")

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_QUOTES = str.maketrans("‘’‛ʼ´`", "''''''")
_CONTRACTED = re.compile(r"n't$|'(?:s|re|ve|ll|d|m)$")
_JOINED_PREFIX = re.compile(r"\b(co|e)[-‐‑–](?=[^\W\d_])")
_SPLIT_PREFIX = re.compile(
    r"\b(multi|inter|cross)(?=agenc|profession|disciplin|sector|service|organi[sz]|boundar)"
)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_IZE = re.compile(r"(?<=[a-z]{2})iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
_AMERICAN = {
    "behavior": "behaviour",
    "behaviors": "behaviours",
    "center": "centre",
    "centers": "centres",
    "counseling": "counselling",
    "counselor": "counsellor",
    "counselors": "counsellors",
    "defense": "defence",
    "enrollment": "enrolment",
    "favor": "favour",
    "favors": "favours",
    "fulfill": "fulfil",
    "honor": "honour",
    "judgment": "judgement",
    "labeled": "labelled",
    "labor": "labour",
    "modeled": "modelled",
    "modeling": "modelling",
    "neighbor": "neighbour",
    "neighborhood": "neighbourhood",
    "program": "programme",
    "programs": "programmes",
    "skillful": "skilful",
    "traveled": "travelled",
    "traveling": "travelling",
}
# Forms that the stemmer leaves apart although people use one for the other.
_SAME_STEM = {
    "leadership": "leader",
    "led": "lead",
    "lost": "lose",
    "met": "meet",
    "paid": "pay",
    "spent": "spend",
    "staf": "staff",
    "taught": "teach",
    "understood": "understand",
}
_FILLER_WORDS = """
    a about above across after again against ago ain't aint all almost already also although always am among
    an and any anybody anyone anything are arent around as at away be because been before being below
    between both but by ca came can cannot cant come comes coming could couldnt did didnt do does doesnt
    doing don done dont down during each either else enough even ever every everybody everyone everything
    few for from further gave get gets getting give given gives giving go goes going gone good got had has
    hasnt have havent having he hello help her here hers hi him his how however i if im in instead into is
    isnt it its itself ive just keep keeps kept know known knows least let lets like look looking made make
    makes making many may me might mine more most much must my myself need needed needs neither never next
    no nobody none nor not nothing now of off often ok on once one only onto or other others otherwise our
    ours ourselves out over own perhaps please put puts quite rather really rest said same saw say says see
    seem seen sees sha shall she should shouldnt since so some somebody someone something soon still such
    take taken takes taking tell tells than thank thanks that the their theirs them themselves then there
    these they thing things think this those though through thus till to together too took toward towards
    tried tries try trying under until up upon us use used uses using very want wanted wants was wasnt way
    ways we well went were what whatever when where whether which while who whom whose why will with within
    without wo won wont would wouldnt yes yet you your yours yourself yourselves
"""
_FILLER = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word as people wrote it (folded to small letters) and the stem by which it is compared.

    A filler, such as "the", says nothing alone.
    """

    text: str
    stem: str
    filler: bool


def plain(text: str) -> str:
    """Small letters, straight quotes, no accents, single spaces; compatibility forms resolved."""
    if text.isascii():  # which is nearly all, and has none of the rest
        return " ".join(text.translate(_QUOTES).casefold().split())
    folded = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    return " ".join("".join(char for char in folded if not unicodedata.combining(char)).split())


def even(text: str) -> str:
    """As `plain`, and compounds that people spell in several ways spelt in one."""
    return _HYPHEN.sub(" ", _SPLIT_PREFIX.sub(r"\1 ", _JOINED_PREFIX.sub(r"\1", plain(text))))


def all_words(text: str) -> list[Word]:
    """The words of `text` in order; the same word may come again."""
    return [word for match in _WORD.findall(even(text)) if (word := _word(match))]


def content_words(text: str) -> list[Word]:
    """The words of `text` that carry meaning, in order; the same word may come again."""
    return [word for word in all_words(text) if not word.filler]


def british(word: str) -> str:
    """The British spelling of a word in small letters."""
    return _AMERICAN.get(word) or _IZE.sub("is", word)


@lru_cache(maxsize=_REMEMBERED)
def _word(written: str) -> Word | None:
    """None for what is nothing but the end of a contraction."""
    word = _CONTRACTED.sub("", written)
    return Word(word, _stem(word), len(word) == 1 or word in _FILLER) if word else None


def _stem(word: str) -> str:
    stem: str = _stemmer.stemWord(british(word))
    return _SAME_STEM.get(stem, stem)
