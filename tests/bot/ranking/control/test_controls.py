"""The facilitator's menu: the end of a step, reminders and pauses, through the real app."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.ranking import ids
from bot.ranking.stages import Move
from tests.bot.ranking.control.conftest import NOW, told
from tests.bot.ranking.running import RANKING, Run, person, said
from tests.slack import ANNA, BEN, PIA, TEAM, labels_of, words_of


async def test_the_menu_has_the_next_step_first_and_the_rest_behind_more(run: Run) -> None:
    await run.begin_discard()
    menu = await run.menu()
    assert labels_of(menu.blocks) == ["End step", "More"]
    assert [block["accessory"].get("style") for block in menu.blocks if "accessory" in block] == [
        "primary",
        None,
    ]
    more = await run.menu(ANNA, "More")
    assert labels_of(more.blocks) == [
        "Set an end", "Remind now", "Pause", "Add people", "Somebody has left", "Name helpers", "Hand over",
        "Export", "Stop the ranking", "Back",
    ]  # fmt: skip
    assert labels_of((await run.menu(ANNA, "More", "Back")).blocks) == labels_of(menu.blocks)


async def test_the_end_of_a_step_is_set_moved_and_taken_away(run: Run) -> None:
    await run.begin_discard()
    first, second = NOW + timedelta(hours=5), NOW + timedelta(days=3)
    for seconds in (int(first.timestamp()), int(second.timestamp()), None):
        label = "Move the end" if (await run.stage()).deadline else "Set an end"
        form = await run.form(label)
        assert await run.bot.submit(form, {ids.DEADLINE_FIELD: seconds}) == {"response_action": "clear"}
        deadline = (await run.stage()).deadline
        assert (int(deadline.timestamp()) if deadline else None) == seconds
        board = await run.text(ids.board_id(RANKING))
        stage = await run.text(ids.stage_id(RANKING, 2))
        assert ("This step ends <!date^" in board) is ("This step ends <!date^" in stage) is bool(deadline)
    early = f"<!date^{int(first.timestamp())}^{{date_short_pretty}} at {{time}}|2 March 2026, 14:30 UTC>"
    late = f"<!date^{int(second.timestamp())}^{{date_short_pretty}} at {{time}}|5 March 2026, 09:30 UTC>"
    assert await run.notes() == [
        f"<@U0ANNA> set the end of this step to {early}.",
        f"<@U0ANNA> moved the end of this step from {early} to {late}.",
        "<@U0ANNA> took away the end of this step. It ends when the facilitator says so.",
    ]


@pytest.mark.parametrize("minutes", [-60, 4, 60 * 24 * 400])
async def test_a_time_that_cannot_be_is_refused(run: Run, minutes: int) -> None:
    await run.begin_discard()
    form = await run.form("Set an end")
    at = int((NOW + timedelta(minutes=minutes)).timestamp())
    answer = await run.bot.submit(form, {ids.DEADLINE_FIELD: at})
    assert "at least five minutes from now" in said(answer["view"]["blocks"])
    assert (await run.stage()).deadline is None


async def test_the_end_that_is_set_already_is_refused(run: Run) -> None:
    await run.begin_discard()
    form = await run.form("Set an end")
    answer = await run.bot.submit(form, {ids.DEADLINE_FIELD: None})
    assert "The step has no end already" in said(answer["view"]["blocks"])
    at = NOW + timedelta(hours=5, microseconds=7)
    await run.store.rankings.set_deadline(TEAM, RANKING, 2, at, actor=person(ANNA), at=NOW)
    answer = await run.bot.submit(form, {ids.DEADLINE_FIELD: int(at.timestamp())})
    assert "That is when the step ends already" in said(answer["view"]["blocks"])
    assert len(await run.events()) == 1


async def test_comparing_has_no_end_to_set(run: Run) -> None:
    await run.begin_discard()
    stage = await run.stage()
    await run.store.rankings.open_stage(TEAM, RANKING, 2, replace(stage, seq=3, kind="rank"), [])
    await run.answer(ANNA)
    await run.move(Move.COMPARE)
    assert "Set an end" not in labels_of((await run.menu(ANNA, "More")).blocks)
    action = {"type": "button", "block_id": "b", "action_id": ids.OPEN_DEADLINE, "value": f"{RANKING}|4||0"}
    await run.bot.act(await run.menu(), action)
    assert "This step has no end to move" in told(run)


async def test_who_has_not_answered_is_reminded_once_an_hour(run: Run, clock: Any) -> None:
    await run.begin_discard()
    await run.answer(BEN)
    await run.menu(ANNA, "More", "Remind now")
    assert "2 people will get a direct message" in told(run)
    await run.due()
    assert set(await run.direct_messages(ids.REMINDER_KIND)) == {ANNA.id, PIA.id}
    clock.tick(timedelta(minutes=20))
    await run.menu(ANNA, "More", "Remind now")
    assert "can go out in 40 minutes" in told(run)
    clock.tick(timedelta(minutes=40))
    await run.answer(PIA)
    await run.menu(ANNA, "More", "Remind now")
    assert "One person will get" in told(run)
    assert [event.kind for event in await run.events()] == ["reminded", "reminded"]
    assert await run.notes() == []


async def test_nobody_is_reminded_when_all_have_answered_or_nothing_is_asked(run: Run) -> None:
    await run.begin()
    action = {"type": "button", "block_id": "b", "action_id": ids.REMIND, "value": f"{RANKING}|1||0"}
    await run.bot.act(await run.menu(), action)
    assert "There is nothing to answer at the moment" in told(run)
    await run.move(Move.START_DISCARD)
    await run.answer(ANNA, BEN, PIA)
    await run.menu(ANNA, "More", "Remind now")
    assert "Everybody has answered" in told(run)
    assert await run.events() == []


async def test_nobody_can_answer_while_it_is_paused_and_is_told_who_resumes_it(run: Run, clock: Any) -> None:
    await run.begin_discard()
    board = await run.board()
    form = await run.form("Set an end")
    await run.bot.submit(form, {ids.DEADLINE_FIELD: int((NOW + timedelta(hours=5)).timestamp())})
    menu = await run.menu(ANNA, "More", "Pause")
    assert labels_of(menu.blocks) == ["Resume", "More"]
    assert "Name one to drop" not in labels_of((await run.board()).blocks)
    assert "*Paused.* Nobody can answer until <@U0ANNA> resumes it." in words_of((await run.board()).blocks)
    await run.bot.press(board, "Name one to drop", BEN)
    assert "This ranking is paused" in told(run)
    assert "<@U0ANNA>" in told(run)
    action = {"type": "button", "block_id": "b", "action_id": ids.PLACE, "value": f"{RANKING}|2|s-1|1"}
    await run.bot.act(menu, action, BEN)
    assert "This ranking is paused" in told(run)
    assert await run.store.rankings.get_answer(TEAM, RANKING, 2, person(BEN)) is None
    action = {"type": "button", "block_id": "b", "action_id": ids.MOVE, "value": f"{RANKING}|2|close|0"}
    await run.bot.act(menu, action)
    assert "This ranking is paused" in told(run)
    clock.tick(timedelta(hours=48))
    await run.bot.press(menu, "Resume")
    assert (await run.stage()).deadline == NOW + timedelta(hours=53)
    await run.bot.press(menu, "Resume")
    assert "is not paused" in told(run)
    paused, resumed = (await run.notes())[1:]
    assert paused.startswith("<@U0ANNA> paused the ranking.")
    assert resumed.startswith("<@U0ANNA> resumed the ranking. This step now ends <!date^")


async def test_a_paused_ranking_can_be_stopped(run: Run) -> None:
    await run.begin_discard()
    await run.menu(ANNA, "More", "Pause")
    await run.menu(ANNA, "More", "Stop the ranking")
    assert (await run.ranking()).status == "cancelled"
