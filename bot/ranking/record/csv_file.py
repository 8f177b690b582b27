"""The ballots of one round as CSV, in the form that `python -m bot tally` counts."""

from bot.exports.spreadsheet import BYTE_ORDER_MARK, csv_row
from bot.ranking.counting.ballots import Ballot
from bot.ranking.record.record import Round


def csv_file(counted: Round) -> str:
    """Columns `voter`, `agency` where one may be told, and each statement with its place or nothing."""
    items = counted.order.tally.items
    tells_agency = any(ballot.agency for ballot in counted.ballots)
    agency = ["agency"] if tells_agency else []
    rows = [["voter", *agency, *items]]
    for ballot in counted.ballots:
        places = places_of(ballot)
        own = [ballot.agency or ""] if tells_agency else []
        rows.append([ballot.voter, *own, *(str(places.get(item, "")) for item in items)])
    return BYTE_ORDER_MARK + "".join(csv_row(row) for row in rows)


def places_of(ballot: Ballot) -> dict[str, int]:
    """The place of each item that has one; items that tie share the best place of their tie."""
    places = {}
    place = 1
    for tier in ballot.ranking:
        places.update(dict.fromkeys(tier, place))
        place += len(tier)
    return places
