"""What somebody wants exported, and how far it has come: kept as work until it is made."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.case_studies.library.wanted import Wanted
from bot.delivery.files import Uploaded
from bot.plurals import joined
from storage.records.people import Person

Form: TypeAlias = Literal["word", "markdown", "csv", "json"]
FORM_NAMES: Mapping[Form, str] = {"word": "Word", "markdown": "Markdown", "csv": "CSV", "json": "JSON"}
FORMS_OF_ONE: tuple[Form, ...] = ("word", "markdown", "json")
FORMS_OF_MANY: tuple[Form, ...] = ("csv", "json", "markdown", "word")


@dataclass(frozen=True, slots=True)
class StudyOrder:
    """One case study in these forms, for whoever asked.

    `history`: what is read and printed tells it too. `unnamed`: nobody's name or id is in any file.
    """

    asked_by: Person
    study_id: str
    forms: tuple[Form, ...]
    history: bool = False
    unnamed: bool = False

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, subject: str) -> "StudyOrder":
        found = json.loads(subject)
        return cls(
            Person(**found["asked_by"]),
            found["study_id"],
            tuple(found["forms"]),
            bool(found.get("history")),
            bool(found.get("unnamed")),
        )


@dataclass(frozen=True, slots=True)
class CanvasOrder:
    """One case study as a canvas in a channel."""

    asked_by: Person
    study_id: str
    channel_id: str

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, subject: str) -> "CanvasOrder":
        found = json.loads(subject)
        return cls(Person(**found["asked_by"]), found["study_id"], found["channel_id"])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export has come: `done` of the case studies are in parts of the form at `form_at`.

    `last_id` is the last of them, `parts` how many parts this form has so far, and `uploaded` the parts of
    all forms, which Slack has and nobody sees yet. `channel_id` and `ts` name the message that tells of it.
    """

    form_at: int = 0
    done: int = 0
    last_id: str = ""
    parts: int = 0
    uploaded: tuple[Uploaded, ...] = ()
    channel_id: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class LibraryOrder:
    """What was wanted of the library in these forms; `total` is how many there were at `ordered_at`."""

    asked_by: Person
    wanted: Wanted
    forms: tuple[Form, ...]
    total: int
    ordered_at: datetime
    progress: Progress = field(default_factory=Progress)

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self) | {"ordered_at": self.ordered_at.isoformat()}, ensure_ascii=False)

    @classmethod
    def decode(cls, subject: str) -> "LibraryOrder":
        found = json.loads(subject)
        return cls(
            asked_by=Person(**found["asked_by"]),
            wanted=Wanted(**found["wanted"]),
            forms=tuple(found["forms"]),
            total=found["total"],
            ordered_at=datetime.fromisoformat(found["ordered_at"]),
            progress=_progress(found["progress"]),
        )


def forms_in(chosen: Collection[str], offered: tuple[Form, ...]) -> tuple[Form, ...]:
    """Those of the offered forms that were ticked, in the order in which they are offered."""
    return tuple(form for form in offered if form in chosen)


def form_list(forms: tuple[Form, ...]) -> str:
    """Such as "CSV, JSON and Word"."""
    return joined([FORM_NAMES[form] for form in forms])


def _progress(found: dict[str, Any]) -> Progress:
    return Progress(**found | {"uploaded": tuple(Uploaded(**file) for file in found["uploaded"])})
