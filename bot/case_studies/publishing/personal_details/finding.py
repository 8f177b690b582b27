"""All kinds of details in one text."""

from collections.abc import Callable, Iterator

from bot.case_studies.publishing.personal_details.births import births_in
from bot.case_studies.publishing.personal_details.detail import PersonalDetail
from bot.case_studies.publishing.personal_details.emails import emails_in
from bot.case_studies.publishing.personal_details.nhs_numbers import nhs_numbers_in
from bot.case_studies.publishing.personal_details.phones import phones_in
from bot.case_studies.publishing.personal_details.postcodes import postcodes_in

SEARCHES: tuple[Callable[[str], Iterator[PersonalDetail]], ...] = (
    births_in,
    nhs_numbers_in,
    phones_in,
    emails_in,
    postcodes_in,
)


def find_personal_details(text: str) -> tuple[PersonalDetail, ...]:
    """The likely personal details in `text`, first to last; no two overlap. Any text will do."""
    found = [detail for search in SEARCHES for detail in search(text)]
    # Of two that overlap the longer one explains more; of equals the kind that is checked more closely.
    found.sort(key=lambda detail: detail.start - detail.end)
    kept: list[PersonalDetail] = []
    taken = bytearray(len(text))
    for detail in found:
        if not any(taken[detail.start : detail.end]):
            taken[detail.start : detail.end] = b"\x01" * (detail.end - detail.start)
            kept.append(detail)
    return tuple(sorted(kept, key=lambda detail: detail.start))
