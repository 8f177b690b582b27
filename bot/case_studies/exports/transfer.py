"""All case studies out of the store and into it, for whoever looks after the installation.

Drafts are among them, and people are their Slack ids: no name is kept, and none is asked for here.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Literal, TypeAlias

from bot.case_studies.exports.archive import Kept, archive_chunks
from bot.case_studies.exports.csv_table import csv_chunks
from bot.case_studies.library.facets import facets_of
from knowledge.model import Template
from storage.case_study_store import CaseStudyStore
from storage.records.audit import COMMAND_LINE, AuditEntry
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyHistory
from storage.store import Store

Format: TypeAlias = Literal["csv", "json"]


AT_ONCE = 20
"""Case studies that are kept side by side, so that the store commits them together."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many case studies were kept, and how many were left alone because their id was known."""

    added: int
    known: int

    @property
    def words(self) -> str:
        """Both numbers in a sentence."""
        return f"Imported: {self.added:,}. Known already and left as they were: {self.known:,}."


def export_case_studies(
    store: CaseStudyStore, templates: Sequence[Template], form: Format
) -> AsyncIterator[str]:
    """Every case study of every workspace as text, piece by piece; as JSON with all of its history."""
    if form == "csv":
        return csv_chunks(store.all_case_studies(), templates, {})
    return archive_chunks(store.all_with_history())


async def import_case_studies(store: Store, templates: Sequence[Template], kept: Iterator[Kept]) -> Imported:
    """Keep what an archive holds; a case study whose id is known stays as it is.

    Each is kept whole or not at all: should the store fail in between, the archive can be imported again.
    However it ends, the audit log of each workspace counts what has come into it.
    """
    known = {template.id: template for template in templates}
    added: Counter[str] = Counter()
    left = 0
    try:
        while some := list(islice(kept, AT_ONCE)):
            are_new = await asyncio.gather(*(_keep(store.case_studies, known, *each) for each in some))
            new = [study.workspace_id for (study, _), is_new in zip(some, are_new, strict=True) if is_new]
            added.update(new)
            left += len(some) - len(new)
    finally:
        now = datetime.now(UTC)
        for workspace_id, count in sorted(added.items()):
            await store.audit.record(
                AuditEntry(workspace_id, now, "imported", COMMAND_LINE, "", {"count": count})
            )
    return Imported(added.total(), left)


async def _keep(
    store: CaseStudyStore,
    templates: Mapping[str, Template],
    study: CaseStudy,
    history: CaseStudyHistory | None,
) -> bool:
    # What comes without filters was written before there were any, or without its history.
    known = bool(history and history.facets)
    facets = None if known else facets_of(templates.get(study.template_id), study.answers)
    return await store.import_case_study(study, history, facets)
