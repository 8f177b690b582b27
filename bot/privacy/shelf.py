"""What App Home shows of one's own data, and of what people who were erased have left to one's decision."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import actions, button, day, section
from bot.caller import Caller
from bot.privacy import ids
from bot.privacy.offers.messages import decision_buttons
from bot.privacy.taking_on.messages import take_on_button
from bot.privacy.titles import title_words
from bot.sections import Shelf
from storage.privacy_store import PrivacyStore
from storage.records.privacy import WaitingOffer

WORDS = "See what Common Ground keeps about you, have a copy sent, or be erased."
SHOWN = 5
TEXTS = (
    "Somebody who wrote in it has been erased. Does their text stay, without a name? Decide by {until}, or "
    "their text is removed."
)
STUDY = (
    "Whoever owned it has been erased, and you wrote in it too. If nobody takes it on by {until}, it is "
    "removed, or withdrawn where it is published."
)


class PrivacyShelf:
    """Read anew each time."""

    def __init__(self, privacy: PrivacyStore) -> None:
        self._privacy = privacy

    async def blocks(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        """Blocks by heading."""
        waiting = await self._privacy.list_waiting_offers(caller.workspace_id, caller.person)
        return {
            Shelf.WAITING: [block for offer in waiting[:SHOWN] for block in _waiting(offer)],
            Shelf.PRIVACY: [section(WORDS, accessory=button("My data", ids.OPEN_MINE))],
        }


def _waiting(offer: WaitingOffer) -> list[Block]:
    ref = ids.OfferRef(offer.study_id, offer.left_by)
    words = (TEXTS if offer.kind == "texts" else STUDY).format(until=day(offer.until))
    buttons = decision_buttons(ref) if offer.kind == "texts" else [take_on_button(ref)]
    return [section(f"{title_words(offer.title)}\n{words}"), actions(*buttons)]
