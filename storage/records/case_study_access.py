"""What one person may do with one case study."""

from dataclasses import dataclass

from storage.records.case_studies import CaseStudyStatus
from storage.records.people import Person


@dataclass(frozen=True, slots=True)
class Access:
    """What one person is to a case study, and so what they may do.

    `sections` are those asked of them and not taken back; `has_text`: an answer of theirs stands;
    `has_decided`: they once approved it or asked for changes.
    """

    person: Person
    status: CaseStudyStatus
    owner: Person
    reviewer: Person | None
    sections: frozenset[str]
    has_text: bool
    has_decided: bool = False

    @property
    def is_owner(self) -> bool:
        return self.person == self.owner

    @property
    def is_author(self) -> bool:
        """Whether they own it or wrote some of it."""
        return self.is_owner or self.has_text

    @property
    def is_writer(self) -> bool:
        """Whether they are an author, or a section is asked of them."""
        return self.is_author or bool(self.sections)

    @property
    def has_part(self) -> bool:
        """Whether they write or review it, or did."""
        return self.is_writer or self.person == self.reviewer or self.has_decided

    @property
    def may_read(self) -> bool:
        """Whether they may read all of it, a draft and a withdrawn one too."""
        return self.status == "published" or self.is_author or (self.status != "withdrawn" and self.has_part)

    @property
    def may_see_changes(self) -> bool:
        """Whether they may see who wrote what and what it said before: its authors may.

        While it is written, so may those of whom a section is asked. A reviewer reads what it says now.
        """
        return self.is_author or (self.status in {"draft", "in_review"} and bool(self.sections))

    def may_write(self, section_id: str) -> bool:
        """The owner may until it is withdrawn; others the sections asked of them until it is published."""
        if self.is_owner:
            return self.status != "withdrawn"
        return self.status in {"draft", "in_review"} and section_id in self.sections
