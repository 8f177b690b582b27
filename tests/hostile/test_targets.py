"""Whatever reads what anybody could have written refuses it as it says, or reads it.

`python -m bench.fuzz.guided` looks for more; what it finds is kept here.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz.guided import NAMES
from bench.fuzz.targets import TARGETS

FOUND = [
    ("form", b'{"ecm_outcomes": {"at": {"type": "datetimepicker", "selected_date_time": 5}}}'),
    ("form", b'{"files": {"at": {"type": "datetimepicker", "selected_date_time": 5}}}'),
    ("form", b'{"files": {"at": {"type": "checkboxes", "selected_options": [{"value": "x"}]}}}'),
    ("value", b"theme:0:v\0" + b"\xe4" * 400),
    ("ballots", b";\x1c"),
    ("ballots", b",,\n,,"),
]
"""What was once a fault."""


def test_each_target_is_fuzzed() -> None:
    assert set(NAMES) == set(TARGETS)


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_once_a_fault_is_none(name: str, data: bytes) -> None:
    TARGETS[name].check(data)


@pytest.mark.parametrize("name", NAMES)
def test_any_bytes_are_refused_as_documented_or_read(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.binary(max_size=300), st.sampled_from(target.seeds), st.integers(0, 100), st.integers(0, 20))
    def read(data: bytes, seed: bytes, at: int, cut: int) -> None:
        target.check(data)
        target.check(seed[:at] + data + seed[at + cut :])

    read()


@pytest.mark.parametrize("name", NAMES)
def test_what_it_usually_gets_is_read(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].check(seed)
