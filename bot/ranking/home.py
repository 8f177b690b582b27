"""What App Home shows of rankings: what waits for a person, what they run, what was decided, their agency."""

from collections.abc import Mapping, Sequence

from slackblocks import Block

from bot.blocks import actions, button, escape, section
from bot.caller import Caller
from bot.ranking import ids
from bot.ranking.listing.listing import Listing, Standing
from bot.ranking.listing.views import answer_button, standing_text
from bot.ranking.people.rights import runs
from bot.sections import Shelf
from storage.store import PeopleStore

WAITING_SHOWN = 10
RUNNING_SHOWN = 8
OPEN_SHOWN = 5
ENDED_SHOWN = 3


class RankingHome:
    """Reads a person's rankings and their agency."""

    def __init__(self, listing: Listing, people: PeopleStore) -> None:
        self._listing = listing
        self._people = people

    async def blocks(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        """Blocks by heading; each ranking has its button."""
        standings = await self._listing.open_of(caller)
        agency = await self._people.get_agency(caller.workspace_id, caller.person)
        running = [one for one in standings if runs(one.ranking, caller.person)]
        others = [one for one in standings if not one.waits and one not in running]
        start = actions(button("Start a ranking", ids.OPEN_SETUP))
        return {
            Shelf.WAITING: _waiting(standings),
            Shelf.RUNNING: [_running(one) for one in running[:RUNNING_SHOWN]],
            Shelf.AGREED: _agreed(others, await self._listing.ended_of(caller, ENDED_SHOWN)),
            Shelf.START: [start],
            Shelf.AGENCY: [_agency(agency)],
        }


def _waiting(standings: Sequence[Standing]) -> list[Block]:
    return [
        section(standing_text(one), accessory=press)
        for one in standings[:WAITING_SHOWN]
        if (press := answer_button(one)) is not None
    ]


def _running(standing: Standing) -> Block:
    ref = ids.Ref(standing.ranking.id).encode()
    return section(standing_text(standing), accessory=button("Go on", ids.OPEN_CONTROLS, ref))


def _agreed(others: Sequence[Standing], ended: Sequence[Standing]) -> list[Block]:
    """What is open and waits for others, then the newest outcomes; the rest is a button away."""
    shown = [*others[:OPEN_SHOWN], *ended]
    if not shown:
        return []
    blocks: list[Block] = []
    for one in shown:
        ref = ids.Ref(one.ranking.id).encode()
        blocks.append(section(standing_text(one), accessory=button("Statements", ids.OPEN_STATEMENTS, ref)))
    return [*blocks, actions(button("All my rankings", ids.LIST_ALL, ids.list_value("", 0)))]


def _agency(agency: str | None) -> Block:
    said = (
        f"You answer for *{escape(agency)}*." if agency else "You have not said which agency you answer for."
    )
    return section(said, accessory=button("Change" if agency else "Say which", ids.CHANGE_AGENCY))
