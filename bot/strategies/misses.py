"""Questions that led nobody to a strategy, counted for whoever edits the content."""

import logging
from datetime import datetime

from bot.strategies.anonymous import Anonymiser
from knowledge.model import Library
from storage.records.lookups import MissKind
from storage.store import LookupStore, StoreError

log = logging.getLogger(__name__)


class Misses:
    """Keeps words and counts, never who asked, or where."""

    def __init__(self, lookups: LookupStore, library: Library) -> None:
        self._lookups = lookups
        self._anonymiser = Anonymiser(library)

    async def count(self, workspace_id: str, question: str, kind: MissKind, at: datetime) -> None:
        """Count it once more. Whoever asked gets their answer even when it cannot be counted."""
        words = self._anonymiser.words(question)
        if not words:
            return
        try:
            await self._lookups.record_miss(workspace_id, words, kind, at)
        except StoreError as error:
            log.warning("A miss could not be counted: %s", type(error).__name__)
