"""Names of what people can press and send about their own data."""

from dataclasses import dataclass

from bot.handover import ERASE_SOMEBODY, MY_DATA
from bot.values import pieces
from storage.records.people import Person
from storage.records.privacy import erased_person, number_of

OPEN_MINE = MY_DATA
SEND_COPY = "privacy.mine.send_copy"
COPY_FILES = "privacy.copy_files"

OPEN_ERASING = "privacy.erasing.open"
SEND_ERASING = "privacy.erasing.send"
OPEN_CHOOSING = ERASE_SOMEBODY
SEND_WHOM = "privacy.erasing.send_whom"
SEND_ERASING_THEM = "privacy.erasing.send_theirs"
WHO_FIELD = "who"
MEMBER_FIELD = "member"
TEXTS_FIELD = "texts"
WORD_FIELD = "word"
ERASE = "privacy.erase"
"""The work that erases a person."""
SCRUB = "privacy.scrub"
"""The work that has the last traces leave the files."""

KEEP_TEXTS = "privacy.offer.keep"
REMOVE_TEXTS = "privacy.offer.remove"
TAKE_ON = "privacy.taking_on.take"


def encode_person(person: Person) -> str:
    """As it goes into a form's metadata."""
    return f"{person.team_id}|{person.user_id}"


def decode_person(metadata: str) -> Person:
    """:raises OutdatedError: the metadata was not made by `encode_person`."""
    team_id, user_id = pieces(metadata, 2)
    return Person(team_id, user_id)


@dataclass(frozen=True, slots=True)
class OfferRef:
    """The texts of somebody erased in one case study."""

    study_id: str
    author: Person

    def encode(self) -> str:
        """As the value of a button."""
        return f"{self.study_id}:{number_of(self.author)}"

    @classmethod
    def decode(cls, value: str) -> "OfferRef":
        """:raises OutdatedError: it is no such value"""
        study_id, number = pieces(value, 2, ":")
        return cls(study_id, erased_person(number))
