"""Whether answers can be kept as they are: rules, and no more."""

from collections.abc import Mapping

from bot.case_studies.fields.long_texts import LONGEST_TEXT
from knowledge.model import Field
from storage.records.case_studies import FieldValue

LONGEST_LINE = 3_000


def check_values(values: Mapping[Field, FieldValue], *, published: bool) -> dict[str, str]:
    """What is wrong with these answers, by field id; what a draft may lack a published one may not."""
    faults: dict[str, str] = {}
    for field, value in values.items():
        longest = LONGEST_TEXT if field.kind == "text" else LONGEST_LINE
        if isinstance(value, str) and len(value) > longest:
            faults[field.id] = f"This is {len(value):,} characters long. Shorten it to {longest:,} or fewer."
        elif published and field.required and not value:
            faults[field.id] = "This case study has been published, so this cannot be left empty."
    return faults
