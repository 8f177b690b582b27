"""The one place that every door asks, so that the same question gets the same answer at each."""

from dataclasses import replace
from datetime import datetime

from bot.caller import Caller
from bot.strategies.misses import Misses
from bot.strategies.results import (
    Card,
    CardRef,
    Found,
    NothingFound,
    NotNeeded,
    Place,
    RelatedList,
    Result,
    UnknownStrategy,
)
from bot.strategies.saved import SavedStrategies
from bot.strategies.service import Lookup
from storage.published_store import PublishedStore

SAVED_WORD = "saved"


class Desk:
    """Looking up, with what is kept of it: a person's own list, and the questions that found nothing."""

    def __init__(
        self, lookup: Lookup, saved: SavedStrategies, misses: Misses, published: PublishedStore
    ) -> None:
        self.lookup = lookup
        self.library = lookup.library
        self._saved = saved
        self._misses = misses
        self._published = published

    async def ask(self, caller: Caller, text: str, at: datetime) -> Result:
        """The answer to typed words; one that finds nothing is counted."""
        if text.strip().casefold() == SAVED_WORD:
            return await self._saved.page(caller)
        result = self.lookup.answer(text)
        if isinstance(result, NothingFound):
            await self._misses.count(caller.workspace_id, result.query, "nothing", at)
        return await self._own(caller, result)

    async def visit(self, caller: Caller, place: Place) -> Result:
        """What that place shows now; coming back to a question does not count it again."""
        if place.kind == "saved":
            return await self._saved.page(caller, place.page)
        return await self._own(caller, self.lookup.visit(place))

    async def card(self, caller: Caller, ref: CardRef) -> Card | UnknownStrategy:
        card = self.lookup.card(ref)
        return await self._own_card(caller, card) if isinstance(card, Card) else card

    def related(self, ref: CardRef) -> RelatedList | UnknownStrategy:
        return self.lookup.related(ref)

    def not_needed(self, question: str) -> NotNeeded:
        """The themes that the matches of a question came from."""
        result = self.lookup.answer(question)
        matches = result.matches if isinstance(result, Found) else ()
        themes = (self.library.theme_of(match.strategy) for match in matches)
        return NotNeeded(question, tuple(dict.fromkeys(themes)))

    async def count_not_needed(self, caller: Caller, question: str, at: datetime) -> None:
        """Somebody said that the matches do not help."""
        await self._misses.count(caller.workspace_id, question, "unhelpful", at)

    async def save(self, caller: Caller, ref: CardRef, at: datetime) -> Card | UnknownStrategy:
        """Put the strategy on the person's list; :raises UserError: the list is full."""
        card = self.lookup.card(ref)
        if not isinstance(card, Card):
            return card
        await self._saved.save(caller, card.strategy.id, at)
        return await self._own_card(caller, card)

    async def unsave(self, caller: Caller, ref: CardRef) -> Card | UnknownStrategy:
        """Take the strategy off the person's list."""
        await self._saved.remove(caller, ref.strategy_id)
        return await self.card(caller, ref)

    async def _own(self, caller: Caller, result: Result) -> Result:
        return await self._own_card(caller, result) if isinstance(result, Card) else result

    async def _own_card(self, caller: Caller, card: Card) -> Card:
        is_saved = await self._saved.holds(caller, card.strategy.id)
        return replace(card, is_saved=is_saved, uses=await self._uses(caller, card.strategy.id))

    async def _uses(self, caller: Caller, strategy_id: str) -> int:
        """None that people of other workspaces could list."""
        if caller.person.team_id != caller.workspace_id:
            return 0
        return (await self._published.count_using(caller.workspace_id, [strategy_id])).get(strategy_id, 0)
