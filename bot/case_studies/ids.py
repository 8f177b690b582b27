"""Names of this feature's actions, forms and kinds of messages, and what their values carry.

A value carries ids and places only, and never a right: every press is checked against the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from bot.values import number, pieces
from storage.records.people import Person
from storage.records.published import Facet

OPEN_START = "case_studies.start.open"
BEGIN = "case_studies.start.begin"
NEWER_DRAFTS = "case_studies.drafts.newer"
OLDER_DRAFTS = "case_studies.drafts.older"

MESSAGE_SHORTCUT = "case_studies.message.start"
BEGIN_WITH_QUOTE = "case_studies.quote.begin"

OPEN_DRAFT = "case_studies.draft.open"
WRITE_SECTION = "case_studies.draft.write"
READ_THROUGH = "case_studies.draft.read"
PUBLISH = "case_studies.draft.publish"
DELETE = "case_studies.draft.delete"
SAVE_SECTION = "case_studies.section.save"

SEND_CHECK = "case_studies.publish.send"
CHANGE_SECTION = "case_studies.publish.change"
CHECKS_FIELD = "checks"
REVIEWER_FIELD = "reviewer"

APPROVE = "case_studies.review.approve"
OPEN_CHANGES = "case_studies.review.open_changes"
SEND_CHANGES = "case_studies.review.send_changes"
REASON_FIELD = "reason"

HAND_ON = "case_studies.owner.open"
SEND_OWNER = "case_studies.owner.send"
OPEN_OWNED = "case_studies.owned.open"
NEWER_OWNED = "case_studies.owned.newer"
OLDER_OWNED = "case_studies.owned.older"
OWNER_FIELD = "owner"

WITHDRAW = "case_studies.withdrawal.open"
SEND_WITHDRAWAL = "case_studies.withdrawal.send"
WITHDRAWAL_REASON, SURE_FIELD = "withdrawal_reason", "sure"

OPEN_LIBRARY = "case_studies.library.open"
SEARCH = "case_studies.library.search"
NEWER_STUDIES = "case_studies.library.newer"
OLDER_STUDIES = "case_studies.library.older"
OPEN_FILTERS = "case_studies.library.filter"
CLEAR_FILTERS = "case_studies.library.clear"
FILTER = "case_studies.filters.show"
EXPORT_ALL = "case_studies.library.export"
EXPORT_FOUND = "case_studies.library.export_found"

NEWER_WITHDRAWN = "case_studies.withdrawn.newer"
OLDER_WITHDRAWN = "case_studies.withdrawn.older"
OPEN_DIGEST = "case_studies.digest.open"
OTHER_DIGEST = "case_studies.digest.other"
SET_DIGEST = "case_studies.digest.set"
STOP_DIGEST = "case_studies.digest.stop"

READ = "case_studies.card.read"
EARLIER_PART = "case_studies.reading.earlier"
LATER_PART = "case_studies.reading.later"
OPEN_EXPORT = "case_studies.reading.export"
OPEN_SHARE = "case_studies.share.open"
SHARE = "case_studies.share.send"

SEARCH_FIELD = "words"
CHANNEL_FIELD = "channel"
TEMPLATE_FIELD = "template"

NEXT_SECTION = "case_studies.section.next"
PREVIOUS_SECTION = "case_studies.section.previous"

HOURS, KEPT = "hours", "kept"
"""Second inputs of a field: the hours of a cost, and the files that are there already."""

CHOOSE = "case_studies.conflict.open"
KEEP_THEIRS = "case_studies.conflict.theirs"
KEEP_MINE = "case_studies.conflict.mine"
KEEP_BOTH = "case_studies.conflict.both"

ASK_COLLEAGUE = "case_studies.colleague.open"
SEND_ASK = "case_studies.colleague.ask"
REMIND = "case_studies.colleague.remind"
TAKE_BACK = "case_studies.colleague.take_back"
FINISH = "case_studies.asked.finish"
PERSON_FIELD, NOTE_FIELD = "person", "note"

KEEP_OLD = "case_studies.old_draft.keep"
DELETE_OLD = "case_studies.old_draft.delete"

SEND_EXPORT = "case_studies.export.send"
SEND_LIBRARY_EXPORT = "case_studies.library_export.send"
FORMS_FIELD = "forms"
WISHES_FIELD = "wishes"
CANVAS_FIELD = "canvas"
CANVAS_CHANNEL_FIELD = "canvas_channel"
EXPORT_KIND = "case_studies.export"
LIBRARY_EXPORT_KIND = "case_studies.library_export"
CANVAS_KIND = "case_studies.canvas"

CARD_KIND = "case_study.card"
OWNER_KIND = "case_study.owner"
ASKED_KIND = "case_study.asked"
FINISHED_KIND = "case_study.finished"
OLD_DRAFT_KIND = "case_study.old_draft"
REVIEW_KIND = "case_study.review"
DECISION_KIND = "case_study.decision"
DIGEST_KIND = "case_study.digest"
DIGEST_ENDED_KIND = "case_study.digest_ended"


_FILTER_BY = "case_studies.filters."
FILTER_FIELDS: Mapping[str, Facet] = {f"{_FILTER_BY}{facet}": facet for facet in get_args(Facet)}


def filter_id(facet: Facet) -> str:
    """The action and block id of a filter's menu."""
    return f"{_FILTER_BY}{facet}"


def part_id(field_id: str, part: str = "") -> str:
    """The block id of a field's input; that of a second one has a full stop, which no field's id has."""
    return f"{field_id}.{part}" if part else field_id


@dataclass(frozen=True, slots=True)
class SectionRef:
    """A section of a case study."""

    study_id: str
    section_id: str

    def encode(self) -> str:
        """As it goes into a button's value or a modal's metadata."""
        return f"{self.study_id}|{self.section_id}"

    @classmethod
    def decode(cls, value: str) -> "SectionRef":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, section_id = pieces(value, 2)
        return cls(study_id, section_id)


@dataclass(frozen=True, slots=True)
class HandOnRef:
    """A case study that is handed on; `is_below`: its first page or what it says lies under the form."""

    study_id: str
    is_below: bool

    def encode(self) -> str:
        """As it goes into a modal's metadata."""
        return f"{self.study_id}|{'below' if self.is_below else ''}"

    @classmethod
    def decode(cls, value: str) -> "HandOnRef":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, below = pieces(value, 2)
        return cls(study_id, bool(below))


@dataclass(frozen=True, slots=True)
class RequestRef:
    """A section of a case study, and the person it is asked of."""

    study_id: str
    section_id: str
    person: Person

    def encode(self) -> str:
        """As it goes into a button's value or a message's id."""
        return f"{self.study_id}|{self.section_id}|{self.person.team_id}|{self.person.user_id}"

    @classmethod
    def decode(cls, value: str) -> "RequestRef":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, section_id, team_id, user_id = pieces(value, 4)
        return cls(study_id, section_id, Person(team_id, user_id))


@dataclass(frozen=True, slots=True)
class FormRef:
    """The form of a section; `seen` is the newest change of the case study when it was opened."""

    study_id: str
    section_id: str
    seen: int

    def encode(self) -> str:
        """As it goes into a modal's metadata."""
        return f"{self.study_id}|{self.section_id}|{self.seen}"

    @classmethod
    def decode(cls, value: str) -> "FormRef":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, section_id, seen = pieces(value, 3)
        return cls(study_id, section_id, number(seen))


@dataclass(frozen=True, slots=True)
class ConflictRef:
    """Two texts for one field: `number` is the waiting one's, `seen` that of the other as it was shown."""

    study_id: str
    number: int
    seen: int

    def encode(self) -> str:
        """As it goes into a button's value or a modal's metadata."""
        return f"{self.study_id}|{self.number}|{self.seen}"

    @classmethod
    def decode(cls, value: str) -> "ConflictRef":
        """:raises OutdatedError: the value was not made by `encode`."""
        study_id, waiting, seen = pieces(value, 3)
        return cls(study_id, number(waiting), number(seen))


@dataclass(frozen=True, slots=True)
class Turn:
    """A part of something long: a case study by its id, a list by the words looked for, from `at` on."""

    what: str
    at: int

    def encode(self) -> str:
        """As it goes into a button's value."""
        return f"{self.at}|{self.what}"

    @classmethod
    def decode(cls, value: str) -> "Turn":
        """:raises OutdatedError: the value was not made by `encode`."""
        at, what = pieces(value, 2)
        return cls(what, number(at))
