"""Agency against agency: each one's own order, and what divides them.

In an anonymous ranking nothing is told that fewer than three people stand behind, nor anything from
which that could be worked out by subtracting what is told from the whole group's count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.ranking.counting.division import Division, divisions
from bot.ranking.results import GroupOrder, as_ballots, count_order
from storage.records.rankings import Answer

FEWEST_TOLD = 3


class Withheld(StrEnum):
    """Why an agency's order is not told."""

    TOO_FEW = "too_few"
    """Fewer than three ballots."""
    WOULD_TELL = "would_tell"
    """With it, the few ballots of another agency could be worked out."""


@dataclass(frozen=True, slots=True)
class AgencyOrder:
    """One agency's order and how many ballots it is from; both None where `withheld` says why.

    `agency` is "" for those whose agency is not known.
    """

    agency: str
    ballots: int | None
    order: GroupOrder | None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class AgencyComparison:
    """The agencies by name, those not known last, and how each item divides the group and its agencies.

    In an anonymous ranking `divisions` compares only agencies whose orders are told.
    """

    agencies: tuple[AgencyOrder, ...]
    divisions: dict[str, Division]

    @property
    def dividing_agencies(self) -> tuple[str, ...]:
        """Items that divide the agencies but not the people inside them, the clearest first."""
        found = [item for item, division in self.divisions.items() if division.divides == "agencies"]
        return tuple(sorted(found, key=lambda item: -(self.divisions[item].between or 0)))


def compare_agencies(
    answers: Sequence[Answer], items: Sequence[str], *, anonymous: bool
) -> AgencyComparison | None:
    """The ballots of a ranking stage, agency by agency; None when there are none."""
    given = [answer for answer in answers if answer.choice]
    if not given:
        return None
    agencies = sorted({answer.agency for answer in given}, key=lambda agency: (not agency, agency))
    by_agency = {agency: [answer for answer in given if answer.agency == agency] for agency in agencies}
    counts = {agency: len(theirs) for agency, theirs in by_agency.items()}
    withheld = withheld_agencies(counts) if anonymous else {}
    orders = tuple(
        AgencyOrder(
            agency,
            None if agency in withheld else len(theirs),
            None if agency in withheld else count_order(theirs, items),
            withheld.get(agency),
        )
        for agency, theirs in by_agency.items()
    )
    compared = [replace(answer, agency="") if answer.agency in withheld else answer for answer in given]
    return AgencyComparison(orders, divisions(as_ballots(compared), items))


def withheld_agencies(ballots: Mapping[str, int]) -> dict[str, Withheld]:
    """The agencies whose order would tell what fewer than three people think, by itself or by subtraction.

    `ballots` is how many each agency gave. Of two that gave as many, always the same one is withheld: else
    two tellings could be set against each other.
    """
    found = {agency: Withheld.TOO_FEW for agency, count in ballots.items() if count < FEWEST_TOLD}
    others = sorted(set(ballots).difference(found), key=lambda agency: (ballots[agency], agency))
    while found and others and sum(ballots[agency] for agency in found) < FEWEST_TOLD:
        found[others.pop(0)] = Withheld.WOULD_TELL
    return found
