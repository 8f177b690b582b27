"""The budget: never more calls in a minute than the tier, whatever is asked when."""

from collections import deque
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.budget import TIERS, Bucket, Budget, Tier

STRICT = [tier for method, tier in TIERS.items() if method != "views.update"]


@given(
    tier=st.sampled_from(STRICT),
    pauses=st.lists(st.floats(0, 100), max_size=2000),
)
def test_no_minute_has_more_calls_than_the_tier(tier: Tier, pauses: list[float]) -> None:
    bucket, now, made = Bucket(tier), 0.0, deque[float](maxlen=tier.per_minute)
    for pause in pauses:
        now += pause / 100
        if bucket.take(now):
            assert len(made) < tier.per_minute or now - made[0] >= 60
            made.append(now)


@pytest.mark.parametrize("tier", STRICT)
def test_who_asks_all_the_time_gets_most_of_the_tier_and_never_more(tier: Tier) -> None:
    bucket = Bucket(tier)
    made = [tick / 10 for tick in range(3000) if bucket.take(tick / 10)]
    assert 0.9 * tier.flow_a_minute <= len([at for at in made if 120 <= at < 180]) <= tier.per_minute
    assert len([at for at in made if at < 60]) <= tier.per_minute


def test_a_change_after_a_quiet_time_goes_out_at_once() -> None:
    bucket = Bucket(Tier(50))
    assert [bucket.take(1000.0) for _ in range(6)] == [True] * 5 + [False]
    assert 0 < bucket.wait(1000.0) <= 1.5


def test_waiting_as_long_as_it_says_is_long_enough() -> None:
    bucket, now = Bucket(Tier(20)), 0.0
    for _ in range(100):
        now += bucket.wait(now)
        assert bucket.take(now)


def test_a_pause_lets_nothing_through_and_then_no_burst() -> None:
    bucket = Bucket(Tier(50))
    bucket.pause(100.0, 30)
    assert bucket.wait(101.0) == 29
    assert not bucket.take(129.9)
    assert [bucket.take(130.0), bucket.take(130.1)] == [True, False]


def test_what_was_not_called_is_given_back() -> None:
    bucket = Bucket(Tier(10))
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
    assert told == {
        method: [tier.per_minute, tier.capacity, tier.flow_a_minute] for method, tier in TIERS.items()
    }
