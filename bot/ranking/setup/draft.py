"""What somebody has entered to set up a ranking: a draft, kept until the ranking is started.

Plain values; a form's inputs come as they are, by the form's field ids.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.ranking import ids
from bot.ranking.rules_wording import BLOCKS, QUORUMS, REMIND_HOURS, STAGE_HOURS
from bot.ranking.setup.topics import Topic
from bot.values import Entered, number, one_of
from storage.records.people import Person
from storage.records.rankings import Rules, Weights

WEIGHTS: tuple[Weights, ...] = ("person", "agency")
NONE = "0"
"""The choice of no time limit, or of no reminders."""
ANONYMOUS = "anonymous"
NAMED = "named"
PINNED = "yes"


@dataclass(frozen=True, slots=True)
class Setup:
    """One ranking as it is being set up.

    `source` says what is ranked: `task:<id>`, `own`, or what a button of look-up hands over. `left_out` are
    lines of a message that the form could not hold. `user_ids` are the people named, none for everybody in
    the channel; `people` is the list as the preview showed it.
    """

    source: str
    title: str = ""
    statements: str = ""
    left_out: int = 0
    channel_id: str = ""
    user_ids: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    people: tuple[Person, ...] = ()

    def with_form(self, values: Entered) -> "Setup":
        """After the form was used; what it does not show stays as it was."""
        rules = self.rules
        if values.get(ids.NAMES_FIELD):
            rules = replace(rules, anonymous=values[ids.NAMES_FIELD] == ANONYMOUS)
        return replace(
            self,
            source=values.text(ids.SOURCE_FIELD) or self.source,
            title=values.text(ids.TITLE_FIELD) if ids.TITLE_FIELD in values else self.title,
            statements=values.text(ids.STATEMENTS_FIELD)
            if ids.STATEMENTS_FIELD in values
            else self.statements,
            channel_id=values.text(ids.CHANNEL_FIELD) if ids.CHANNEL_FIELD in values else self.channel_id,
            user_ids=tuple(values.texts(ids.PEOPLE_FIELD)) if ids.PEOPLE_FIELD in values else self.user_ids,
            rules=rules,
            people=(),
        )

    def with_rules(self, values: Entered) -> "Setup":
        """After the form of the rules was used."""
        steps = tuple(step for step in Rules().steps if step in values.texts(ids.STEPS_FIELD))
        rules = replace(
            self.rules,
            steps=steps,
            weights=one_of(values[ids.WEIGHTS_FIELD], WEIGHTS),
            quorum=one_of(values[ids.QUORUM_FIELD], tuple(QUORUMS)),
            blocks_needed=one_of(number(values[ids.BLOCKS_FIELD]), BLOCKS),
            stage_hours=one_of(number(values[ids.HOURS_FIELD]), (0, *STAGE_HOURS)) or None,
            remind_hours=one_of(number(values[ids.REMIND_FIELD]), (0, *REMIND_HOURS)) or None,
            pin=PINNED in values.texts(ids.PIN_FIELD),
        )
        return replace(self, rules=rules)


@dataclass(frozen=True, slots=True)
class Draft:
    """A set-up begun earlier, and the one asked for now where that is another; the person chooses."""

    setup: Setup
    fresh: Setup | None = None

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Draft | None":
        """None for what an older version has kept in another shape."""
        try:
            fresh = values["fresh"]
            return cls(_setup(values["setup"]), _setup(fresh) if fresh else None)
        except (KeyError, TypeError):
            return None


def fingerprint(setup: Setup, topic: Topic) -> str:
    """Equal while nothing has changed of what a preview shows."""
    shown = json.dumps([asdict(setup), asdict(topic)])
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _setup(values: Mapping[str, Any]) -> Setup:
    rules = Rules(**{**values["rules"], "steps": tuple(values["rules"]["steps"])})
    people = tuple(Person(**one) for one in values["people"])
    return Setup(**{**values, "user_ids": tuple(values["user_ids"]), "rules": rules, "people": people})
