"""Any text is safe: nothing raises, spans are right, and no text takes long to search."""

import subprocess
import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.case_studies.publishing.personal_details import find_personal_details

PIECES = (
    "0", "1 ", "07", "07700 900123 ", "+", "+44", "+1 212 555 99 ", "0049 30 9999 9999 ", "(", "(0", "-",
    "\n", "@", "a@", "a.", "a@b.", "a dot ", "a at ", "at dot ", "a at b dot ", "[at]", "[dot]", "{ at }",
    "m1 ", "m11", "M1 1AE ", "SW1A", "999 560 3209 ", "999", "isbn 999 560 3209 ", "ref ", "for a ",
    "1/1/", "01/01/2020 ", "3 March 2011 ", "1 May ", "born ", "born in ", "born 3 March 2011 ", "aged 7, ",
    "dob ", "DOB is as of ", "birthday on the ", "b. ", "it it turned 7 on 3 May 2011 ", "children ",
    "date of birth (x) 1/1/11 ", "é", "İ", "😀", "٣",
    "\u0301", "\u200d", "\x00",
)  # fmt: skip
"""Beginnings of details, which a search that goes back and forth would try in ever more ways."""

LENGTH = 12_000
HANGS_AFTER = 120
"""Seconds; the whole search takes about two."""

SEARCH_ALL = f"""
from bot.case_studies.publishing.personal_details import find_personal_details
from tests.bot.case_studies.publishing.personal_details.test_any_text import PIECES
for piece in PIECES:
    find_personal_details((piece * {LENGTH})[:{LENGTH}])
print(len(PIECES))
"""


def _check(text: str) -> None:
    details = find_personal_details(text)
    assert all(text[detail.start : detail.end] == detail.words != "" for detail in details)
    assert all(first.end <= second.start for first, second in pairwise(details))


@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    _check(text)


@given(
    st.lists(st.sampled_from(PIECES) | st.text("0123456789 .-/()+@[]abdnortMLS\n", max_size=8), max_size=40)
)
def test_any_mix_of_beginnings_is_safe(pieces: list[str]) -> None:
    _check("".join(pieces))


def test_a_detail_is_found_at_the_end_of_a_long_text() -> None:
    text = "We met 14 times in 2024-2025, 61% came. " * 300
    assert [detail.words for detail in find_personal_details(f"{text}Ring 07700 900123")] == ["07700 900123"]


def test_no_repeated_beginning_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEARCH_ALL], timeout=HANGS_AFTER, check=True, capture_output=True, text=True
    )
    assert int(done.stdout) == len(PIECES)
