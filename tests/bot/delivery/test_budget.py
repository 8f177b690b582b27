"""The budget: never more calls in a minute than the tier, whatever is asked when."""

from collections import deque
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.budget import FLOW, PER_MINUTE, Bucket, Budget


@given(
    per_minute=st.sampled_from(sorted(set(PER_MINUTE.values()))),
    pauses=st.lists(st.floats(0, 100), max_size=2000),
)
def test_no_minute_has_more_calls_than_the_tier(per_minute: int, pauses: list[float]) -> None:
    bucket, now, made = Bucket(per_minute), 0.0, deque[float](maxlen=per_minute)
    for pause in pauses:
        now += pause / 100
        if bucket.take(now):
            assert len(made) < per_minute or now - made[0] >= 60
            made.append(now)


@pytest.mark.parametrize("per_minute", sorted(set(PER_MINUTE.values())))
def test_who_asks_all_the_time_gets_most_of_the_tier_and_never_more(per_minute: int) -> None:
    bucket = Bucket(per_minute)
    made = [tick / 10 for tick in range(3000) if bucket.take(tick / 10)]
    assert 0.75 * per_minute <= len([at for at in made if 120 <= at < 180]) <= per_minute
    assert len([at for at in made if at < 60]) <= per_minute


def test_a_change_after_a_quiet_time_goes_out_at_once() -> None:
    bucket = Bucket(50)
    assert [bucket.take(1000.0) for _ in range(6)] == [True] * 5 + [False]
    assert 0 < bucket.wait(1000.0) <= 1.5


def test_waiting_as_long_as_it_says_is_long_enough() -> None:
    bucket, now = Bucket(20), 0.0
    for _ in range(100):
        now += bucket.wait(now)
        assert bucket.take(now)


def test_a_pause_lets_nothing_through_and_then_no_burst() -> None:
    bucket = Bucket(50)
    bucket.pause(100.0, 30)
    assert bucket.wait(101.0) == 29
    assert not bucket.take(129.9)
    assert [bucket.take(130.0), bucket.take(130.1)] == [True, False]


def test_what_was_not_called_is_given_back() -> None:
    bucket = Bucket(10)
    assert bucket.take(0.0)
    assert not bucket.take(0.0)
    bucket.give_back()
    assert bucket.take(0.0)


def test_each_method_of_each_workspace_has_its_own() -> None:
    budget = Budget()
    while budget.of("T0HARBOUR", "chat.update").take(0.0):
        pass
    assert budget.of("T0HARBOUR", "views.publish").take(0.0)
    assert budget.of("T0MOOR", "chat.update").take(0.0)


def test_the_docs_have_the_budget_as_it_is() -> None:
    docs = (Path(__file__).parents[3] / "docs/delivery.md").read_text("utf-8")
    rows = [line.split("|") for line in docs.splitlines() if line.startswith("| `")]
    told = {
        method.strip(" `"): [int(cell) for cell in (most.split()[-1], burst, flow)]
        for _, method, most, burst, flow, _ in rows
    }
    assert told == {method: [most, Bucket(most).capacity, most * FLOW] for method, most in PER_MINUTE.items()}
