"""What is kept of one person, and what becomes of it when they have themselves erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from storage.records.people import Person

ERASED_TEAM = "erased"
TextsChoice: TypeAlias = Literal["offer", "remove"]
"""What becomes of texts that somebody wrote in what is or will be the case study of another: offered to its
owner, who may keep them without a name, or removed at once."""
ErasureKind: TypeAlias = Literal["own", "rankings", "case_studies", "workspace", "messages"]
ERASURE_KINDS: tuple[ErasureKind, ...] = get_args(ErasureKind)
"""The parts of an erasure, in their order; each is one transaction and can be done twice."""
OfferState: TypeAlias = Literal["waiting", "kept", "removed"]
OfferKind: TypeAlias = Literal["texts", "study"]
"""Texts without a name that an owner decides about, or a case study that one of its writers may take on."""


def erased_person(number: str) -> Person:
    """Who stands in the place of somebody who was erased; the number is random and leads back to nobody."""
    return Person(ERASED_TEAM, f"erased-{number}")


def erased_under(user_id: str) -> Person:
    """Who stands in the place of somebody who was erased, by the id they have now."""
    return Person(ERASED_TEAM, user_id)


def is_erased(person: Person) -> bool:
    """Whether this stands in the place of somebody who was erased."""
    return person.team_id == ERASED_TEAM


def number_of(person: Person) -> str:
    """The number of somebody who was erased."""
    return person.user_id.removeprefix("erased-")


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is kept of a person in one workspace, as numbers.

    `open_run` are the open rankings they facilitate, `published_alone` the published case studies that they
    own and nobody else wrote in: both have to be handed on before an erasure. `shared_drafts` are those of
    `drafts` in which others wrote. `texts_elsewhere` are texts that stand in case studies of others.
    """

    saved_strategies: int
    open_run: int
    open_rankings: int
    ended_rankings: int
    published: int
    published_alone: int
    withdrawn: int
    drafts: int
    shared_drafts: int
    texts_elsewhere: int
    sections_asked: int
    digests: int
    audit_lines: int


@dataclass(frozen=True, slots=True)
class OfferedStudy:
    """A case study of somebody who is erased, and who else wrote in it and can take it on."""

    title: str
    writers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class OfferedTexts:
    """Texts in the case study of another, whose owner can keep them without a name."""

    title: str
    owner: Person


@dataclass(frozen=True, slots=True)
class Offers:
    """What an erasure offers to whom."""

    studies: tuple[OfferedStudy, ...] = ()
    texts: tuple[OfferedTexts, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingOffer:
    """What somebody erased has left, and waits for an answer; `left_by` stands in their place."""

    kind: OfferKind
    study_id: str
    title: str
    left_by: Person
    until: datetime
