"""Every button and form about a ranking, pressed by the wrong person or at the wrong time.

A new id fails here until it has its line in the tables: who may use it, and when."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ranking import ids
from tests.bot.ranking.acting import MAY, MAY_NOT, Acting, assert_refused
from tests.bot.ranking.acts_table import (
    EVERY,
    FORMS,
    NOT_ABOUT_A_RANKING,
    PRESSES,
    Form,
    Press,
    name_of,
    right_of,
)
from tests.bot.ranking.running import RANKING, Run
from tests.slack import TEAM


@pytest.fixture
def acting(run: Run) -> Acting:
    return Acting(run)


def test_every_id_has_its_line() -> None:
    names = {value for value in vars(ids).values() if isinstance(value, str)}
    presses = {name for name in names if re.fullmatch(r"ranking\.\w+\.\w+", name)}
    told = {one.action_id for one in PRESSES} | {one.callback_id for one in FORMS} | NOT_ABOUT_A_RANKING
    assert presses == told


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_who_may_do_it_can(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    assert "reference" not in words
    changes = isinstance(one, Form) or not one.reads
    assert (await acting.state() != before) == changes


@pytest.mark.parametrize("one", [one for one in EVERY if right_of(one) != "anybody"], ids=name_of)
async def test_somebody_without_the_right_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    assert_refused(await acting.act(one, MAY_NOT[right_of(one)]))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_a_ranking_that_is_not_here_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    before = await acting.state()
    foreign = replace(acting.ref, ranking_id="elsewhere")
    assert_refused(await acting.act(one, MAY[right_of(one)], foreign))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_a_ranking_that_has_ended_is_only_read(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    snapshot = await acting.run.service.snapshot(TEAM, RANKING)
    await acting.run.service.end(snapshot, "cancelled", datetime.now(UTC))
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    if one.after_end:
        assert not words
        return
    assert_refused(words)
    assert await acting.state() == before


@pytest.mark.parametrize(
    "one",
    [one for one in EVERY if one.by_stage],
    ids=name_of,
)
async def test_what_is_stale_by_one_stage_is_refused(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    await acting.move_on()
    before = await acting.state()
    assert_refused(await acting.act(one, MAY[right_of(one)]))
    assert await acting.state() == before


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_the_second_time_changes_nothing_more(acting: Acting, one: Press | Form) -> None:
    await acting.prepare(one)
    await acting.act(one, MAY[right_of(one)])
    before = await acting.state()
    words = await acting.act(one, MAY[right_of(one)])
    assert "reference" not in words
    assert await acting.state() == before
