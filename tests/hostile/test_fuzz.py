"""Thousands of hostile requests: none is a fault of the server, and none changes what is not the sender's.

`python -m bench.fuzz` sends a hundred thousand to the bot as it runs.
"""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz.requests import attack
from bench.fuzz.rows import damage
from tests.hostile.conftest import Target

REQUESTS = 1_500


def test_hostile_requests_change_nothing_and_are_no_fault_of_the_server(target: Target) -> None:
    before, began = target.inside.rows(), len(target.inside.faults)

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )
    @given(st.randoms(use_true_random=False))
    def send(rng: random.Random) -> None:
        sent = attack(rng, target.inside.corpus)
        status = target.send(sent)
        assert status < 500
        assert status == 401 or not sent.forged
        assert target.inside.faults[began:] == []

    send()
    assert damage(before, target.inside.rows()) == []
