"""What somebody else, or a menu that is behind the ranking, cannot do."""

import pytest

from bot.ranking import ids
from bot.ranking.stages import Move
from tests.bot.ranking.control.conftest import NOW, told
from tests.bot.ranking.running import CARA, RANKING, Run, said
from tests.slack import ANNA, BEN, PIA, Place, words_of

CHANGES: list[tuple[str, str, dict[str, object]]] = [
    (ids.OPEN_DEADLINE, ids.SEND_DEADLINE, {ids.DEADLINE_FIELD: int(NOW.timestamp()) + 9_000}),
    (ids.OPEN_ADDING, ids.SEND_ADDING, {ids.PEOPLE_FIELD: [CARA.id]}),
    (ids.OPEN_LEAVING, ids.SEND_LEAVING, {ids.PERSON_FIELD: BEN.id}),
    (ids.OPEN_HANDOVER, ids.SEND_HANDOVER, {ids.PERSON_FIELD: BEN.id}),
    (ids.OPEN_HELPERS, ids.SEND_HELPERS, {ids.PEOPLE_FIELD: [BEN.id]}),
]

PRESSES = [ids.SHOW_MORE, ids.SHOW_FIRST, ids.REMIND, ids.PAUSE, ids.RESUME, ids.TAKE_OVER]

LABELS = {
    ids.OPEN_DEADLINE: "Set an end",
    ids.OPEN_ADDING: "Add people",
    ids.OPEN_LEAVING: "Somebody has left",
    ids.OPEN_HANDOVER: "Hand over",
    ids.OPEN_HELPERS: "Name helpers",
}


@pytest.mark.parametrize(("opens", "_sends", "values"), CHANGES)
async def test_a_form_sent_by_somebody_else_or_after_the_end_changes_nothing(
    run: Run, opens: str, _sends: str, values: dict[str, object]
) -> None:
    await run.begin_discard()
    form = await run.form(LABELS[opens])
    before = await run.ranking(), await run.stage()
    answer = await run.bot.submit(form, values, PIA)
    assert "Only the facilitator" in said(answer["view"]["blocks"])
    assert (await run.ranking(), await run.stage()) == before
    await run.move(Move.CANCEL)
    ended = await run.ranking(), await run.stage()
    answer = await run.bot.submit(form, values)
    assert "This ranking has ended" in said(answer["view"]["blocks"])
    assert (await run.ranking(), await run.stage()) == ended
    assert await run.events() == []


@pytest.mark.parametrize("action_id", [*PRESSES, *LABELS])
async def test_a_press_by_somebody_else_or_after_the_end_changes_nothing(run: Run, action_id: str) -> None:
    await run.begin_discard()
    menu = await run.menu()
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": f"{RANKING}|2||0"}
    before = await run.ranking()
    await run.bot.act(menu, action, PIA)
    assert "Only the facilitator" in told(run)
    assert await run.ranking() == before
    await run.move(Move.CANCEL)
    ended = await run.ranking()
    await run.bot.act(menu, action)
    shown = words_of(run.slack.last("views.push", "views.update")["view"]["blocks"])
    assert "This ranking has ended" in shown or "Nothing was decided" in shown
    assert await run.ranking() == ended
    assert await run.events() == []


@pytest.mark.parametrize("action_id", [ids.REMIND, ids.PAUSE, ids.OPEN_DEADLINE])
async def test_a_press_that_is_stale_by_one_stage_changes_nothing(run: Run, action_id: str) -> None:
    await run.begin_discard()
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": f"{RANKING}|1||0"}
    await run.bot.act(await run.menu(), action)
    assert "The ranking has moved on" in told(run)
    assert await run.events() == []


async def test_a_form_stale_by_one_stage_sets_no_end(run: Run) -> None:
    await run.begin()
    form = await run.form("Set an end")
    await run.move(Move.START_DISCARD)
    answer = await run.bot.submit(form, {ids.DEADLINE_FIELD: int(NOW.timestamp()) + 9_000})
    assert "The ranking has moved on" in said(answer["view"]["blocks"])
    assert (await run.stage()).deadline is None


async def test_a_second_press_on_pause_says_that_it_is_paused(run: Run) -> None:
    await run.begin_discard()
    more: Place = await run.menu(ANNA, "More")
    await run.bot.press(more, "Pause")
    await run.bot.press(more, "Pause")
    assert "This ranking is paused" in told(run)
    assert len(await run.events()) == 1
