"""What a round of ballots has in common, and where it differs: for the group to talk about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ranking.counting.division import divisions
from bot.ranking.counting.likeness import Likeness, alike_pairs
from bot.ranking.results import as_ballots
from storage.records.rankings import Answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """Items that people put close together, the closest first, and far apart, the widest first.

    `alike` are the pairs of items that people rank most alike, each with its chance level.
    """

    agreed: tuple[str, ...]
    contested: tuple[str, ...]
    alike: tuple[Likeness, ...]


def compare_ballots(answers: Sequence[Answer], items: Sequence[str]) -> Comparison:
    """The ballots of a ranking stage, person by person; below two ballots nothing is agreed or contested."""
    ballots = as_ballots(answers)
    found = divisions(ballots, items)
    apart = {item: division.total or 0.0 for item, division in found.items()}
    return Comparison(
        agreed=tuple(sorted((item for item in items if found[item].agreed), key=lambda item: apart[item])),
        contested=tuple(
            sorted((item for item in items if found[item].contested), key=lambda item: -apart[item])
        ),
        alike=alike_pairs(ballots, items),
    )
