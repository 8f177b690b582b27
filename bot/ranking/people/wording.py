"""Who takes part, by agency, in lines short enough for a phone."""

from collections.abc import Sequence

from bot.blocks import escape
from bot.ranking.wording import MOST_NAMES, people_text
from storage.records.people import Person
from storage.records.rankings import Participant

NOT_TOLD = "Agency not told"


def people_lines(participants: Sequence[Participant], most: int = MOST_NAMES) -> list[str]:
    """A line an agency with its people, at most so many by name; those who have left in a last line."""
    active = [one for one in participants if one.left_at is None]
    lines = _agency_lines(active, most)
    gone = [one.person for one in participants if one.left_at is not None]
    return [*lines, f"*No longer taking part:* {people_text(gone, most)}"] if gone else lines


def _agency_lines(participants: Sequence[Participant], most: int) -> list[str]:
    by_agency: dict[str, list[Person]] = {}
    for one in participants:
        by_agency.setdefault(one.agency, []).append(one.person)
    if set(by_agency) == {""}:
        return [people_text(by_agency[""], most)]
    named = sorted((agency for agency in by_agency if agency), key=str.casefold)
    lines = [f"*{escape(agency)}:* {people_text(by_agency[agency], most)}" for agency in named]
    return [*lines, f"*{NOT_TOLD}:* {people_text(by_agency[''], most)}"] if "" in by_agency else lines
