"""What an admin has entered in the settings: read, checked, and told what is wrong with it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from bot.blocks import cut
from bot.governance import ids
from bot.slack_people import SlackPeople
from bot.values import Entered
from storage.records.people import Person
from storage.records.workspace_settings import RETENTION_KINDS, WorkspaceSettings

FEWEST_DAYS, MOST_DAYS, MOST_DAYS_ASKED = 1, 36_500, 365
MOST_PEOPLE = 100
NAME_LENGTH = 80
WHOLE_DAYS = f"Type a whole number of days from {FEWEST_DAYS} to {MOST_DAYS_ASKED}."
DAYS_OR_NEVER = (
    f"Type a whole number of days from {FEWEST_DAYS} to {MOST_DAYS:,}, or leave it empty for never."
)
NOT_A_PERSON = "One of them is an app, or is no longer in Slack. Take them out of the list."
GUESTS_START_NOTHING = (
    "{name} is a guest here. Guests take part and start nothing: take them out of the list."
)
GUESTS_DO_NOT_CURATE = (
    "{name} is a guest here. Curators look after what belongs to the whole workspace: choose one of its "
    "members."
)
PARTNERS_DO_NOT_CURATE = (
    "{name} is from a partner's workspace. Curators look after what belongs to this one: choose one of its "
    "members. People from a partner can still write and own case studies."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was entered; `faults` are the words for each field that cannot be kept as it is."""

    decide: Callable[[WorkspaceSettings], WorkspaceSettings]
    faults: Mapping[str, str]


def fingerprint(settings: WorkspaceSettings) -> str:
    """Stands for the settings that a form shows, so that two admins do not undo each other unseen."""
    return hashlib.sha256(repr(asdict(settings)).encode()).hexdigest()[:16]


class Reader:
    """Asks Slack about the people who were named."""

    def __init__(self, people: SlackPeople) -> None:
        self._people = people

    async def read(self, workspace_id: str, entered: Entered) -> Answers:
        """:raises OutdatedError: the form is not one of ours"""
        faults: dict[str, str] = {}
        starters: tuple[Person, ...] | None = None
        if entered[ids.WHO_FIELD] == ids.NAMED:
            starters = await self._named(workspace_id, entered, ids.STARTERS_FIELD, faults)
        curators = await self._named(workspace_id, entered, ids.CURATORS_FIELD, faults)
        days = str(entered[ids.DAYS_FIELD] or "")
        if not _is_day_count(days, MOST_DAYS_ASKED):
            faults[ids.DAYS_FIELD] = WHOLE_DAYS
        kept = {kind: str(entered[kind] or "") for kind in RETENTION_KINDS}
        for kind, typed in kept.items():
            if typed and not _is_day_count(typed, MOST_DAYS):
                faults[kind] = DAYS_OR_NEVER
        required = ids.REQUIRED in entered[ids.APPROVAL_FIELD]

        def decide(before: WorkspaceSettings) -> WorkspaceSettings:
            return replace(
                before,
                approval_required=required,
                ask_about_drafts_after_days=int(days),
                starters=starters,
                curators=curators,
                retention={kind: int(typed) for kind, typed in kept.items() if typed},
            )

        return Answers(decide, faults)

    async def _named(
        self, workspace_id: str, entered: Entered, field: str, faults: dict[str, str]
    ) -> tuple[Person, ...]:
        found: list[Person] = []
        for user_id in entered[field] or []:
            user = await self._people.find(workspace_id, user_id)
            if user is None or user.is_gone or user.is_bot:
                faults[field] = NOT_A_PERSON
                continue
            name = cut(user.name, NAME_LENGTH)
            if user.is_guest:
                of_guest = GUESTS_START_NOTHING if field == ids.STARTERS_FIELD else GUESTS_DO_NOT_CURATE
                faults[field] = of_guest.format(name=name)
            elif field == ids.CURATORS_FIELD and user.person.team_id != workspace_id:
                faults[field] = PARTNERS_DO_NOT_CURATE.format(name=name)
            found.append(user.person)
        return tuple(found)


def _is_day_count(typed: str, most: int) -> bool:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    return is_number and FEWEST_DAYS <= int(typed) <= most
