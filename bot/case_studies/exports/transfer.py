"""All case studies out of the store and into it, for whoever looks after the installation.

Drafts are among them, and people are their Slack ids: no name is kept, and none is asked for here.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.case_studies.exports.archive import archive_chunks
from bot.case_studies.exports.csv_table import csv_chunks
from bot.case_studies.library.facets import facets_of
from knowledge.model import Template
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy

Format: TypeAlias = Literal["csv", "json"]


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
    """Every case study of every workspace as text, piece by piece."""
    everything = store.all_case_studies()
    return csv_chunks(everything, templates, {}) if form == "csv" else archive_chunks(everything)


async def import_case_studies(
    store: CaseStudyStore, templates: Sequence[Template], found: Sequence[CaseStudy]
) -> Imported:
    """Keep what `read_archive` found; a case study whose id is known stays as it is."""
    added = 0
    known = {template.id: template for template in templates}
    for study in found:
        added += await store.import_case_study(
            study, facets=facets_of(known.get(study.template_id), study.answers)
        )
    return Imported(added, len(found) - added)
