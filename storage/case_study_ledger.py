"""The changes of a case study, and those to be added: nobody's text replaces one that they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from storage.case_study_history import answer_of
from storage.case_study_rows import clean_value
from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.case_study_history import Change, Conflict
from storage.records.people import Person


def standing(study: CaseStudy) -> list[Change]:
    """The answers as changes that everybody has seen: all that a ledger needs of what was before."""
    answers = study.answers.values()
    return [Change(0, each.field_id, each.value, each.author, each.updated_at) for each in answers]


@dataclass(slots=True)
class Ledger:
    """The changes so far, and those that have been added to them."""

    changes: list[Change]
    last_number: int
    added: list[Change] = field(default_factory=list)

    @property
    def saved(self) -> list[FieldAnswer]:
        """The answers that were added."""
        return [answer_of(change) for change in self.added if change.kind == "saved"]

    def latest(self, field_id: str, upto: int | None = None) -> Change | None:
        """The field's newest saved change, or the newest of those numbered up to `upto`."""
        for change in reversed(self.changes):
            is_seen = upto is None or change.number <= upto
            if change.kind == "saved" and change.field_id == field_id and is_seen:
                return change
        return None

    def waiting(self) -> list[Change]:
        """What was set aside and has not been settled."""
        settled = {change.settles for change in self.changes}
        return [each for each in self.changes if each.kind == "set_aside" and each.number not in settled]

    def add(self, change: Change) -> Change:
        """Give a change the next number."""
        self.last_number += 1
        numbered = replace(change, number=self.last_number)
        self.changes.append(numbered)
        self.added.append(numbered)
        return numbered

    def merge(
        self, values: Mapping[str, FieldValue], author: Person, seen: Mapping[str, int], at: datetime
    ) -> tuple[Conflict, ...]:
        """Add what the author changed; what others have changed since it was `seen` stands beside it."""
        aside: list[Change] = []
        for field_id, given in values.items():
            mine = Change(0, field_id, clean_value(given), author, at)
            stands = self.latest(field_id)
            if _same(mine.value, stands.value if stands else ""):
                continue
            if stands and field_id in seen and stands.number > seen[field_id] and stands.author != author:
                base = self.latest(field_id, upto=seen[field_id])
                if not _same(mine.value, base.value if base else ""):
                    aside.append(self._set_aside(mine))
                continue
            self.add(mine)
        return tuple(map(self.conflict, aside))

    def conflict(self, change: Change) -> Conflict:
        """A waiting change beside what stands."""
        stands = self.latest(change.field_id)
        if stands is None:
            raise AssertionError("a text is only set aside for another")
        return Conflict(
            number=change.number,
            field_id=change.field_id,
            theirs=answer_of(stands),
            theirs_number=stands.number,
            mine=change.value,
            author=change.author,
            at=change.at,
        )

    def applied(self, before: CaseStudy, title_field: str, at: datetime) -> CaseStudy:
        """The case study with what was added, as it will be read back; `before` itself if nothing changed."""
        named = self.latest(title_field)
        title = named.value if named and isinstance(named.value, str) else before.title
        if not self.added and title == before.title:
            return before
        answers = dict(before.answers) | {each.field_id: each for each in self.saved}
        return replace(
            before,
            title=title,
            updated_at=at.astimezone(UTC) if self.saved or title != before.title else before.updated_at,
            last_change=self.last_number,
            answers={field_id: answer for field_id, answer in sorted(answers.items()) if answer.value},
        )

    def _set_aside(self, mine: Change) -> Change:
        """Keep a text for a choice; a newer one of the same person takes the place of the one before."""
        for before in self.waiting():
            if (before.field_id, before.author) == (mine.field_id, mine.author):
                if _same(before.value, mine.value):
                    return before
                return self.add(replace(mine, kind="set_aside", settles=before.number))
        return self.add(replace(mine, kind="set_aside"))


def _same(one: FieldValue, other: FieldValue) -> bool:
    """An empty text and no text are the same."""
    return (one or "") == (other or "")
