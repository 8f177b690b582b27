"""The facilitator's menu: every change of time and people, and every refusal, through the real app."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from bot.ranking import ids
from bot.ranking.stages import Move
from storage.records.rankings import Participant
from tests.bot.ranking.running import CARA, DAN, RANKING, Run, person, said
from tests.slack import ANNA, BEN, PIA, TEAM, Place, User, labels_of, shown_view, words_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


def told(run: Run) -> str:
    """What the last refusal or notice said, wherever it was shown."""
    calls = [
        call
        for call in run.slack.calls
        if call.method in ("views.open", "views.push", "response_url", "answer")
    ]
    arguments = calls[-1].arguments
    return said((arguments.get("view") or arguments)["blocks"])


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


async def test_people_are_added_with_their_agency(run: Run) -> None:
    await run.begin_discard()
    await run.store.people.set_agency(TEAM, person(CARA), "Health")
    answer = await run.bot.submit(await run.form("Add people"), {ids.PEOPLE_FIELD: [CARA.id, DAN.id]})
    assert answer == {"response_action": "clear"}
    assert (await run.ranking()).participants[-2:] == (
        Participant(person(CARA), "Health"),
        Participant(person(DAN)),
    )
    await run.answer(CARA)
    assert await run.notes() == ["<@U0ANNA> added <@U0CARA> and <@U0DAN> to the people who take part."]


@pytest.mark.parametrize(
    ("user_id", "user", "words"),
    [
        (BEN.id, {}, "<@U0BEN> already takes part"),
        (CARA.id, {"is_bot": True}, "<@U0CARA> is an app, not a person"),
        ("USLACKBOT", {}, "is an app"),
        (CARA.id, {"deleted": True}, "<@U0CARA> is no longer in Slack"),
        ("U0ELSEWHERE", {}, "<@U0ELSEWHERE> must be in the channel first"),
    ],
)
async def test_who_cannot_be_added_is_said(run: Run, user_id: str, user: dict[str, bool], words: str) -> None:
    await run.begin_discard()
    run.slack.users[user_id] = user
    form = await run.form("Add people")
    answer = await run.bot.submit(form, {ids.PEOPLE_FIELD: [DAN.id, user_id]})
    assert words in said(answer["view"]["blocks"])
    assert len((await run.ranking()).participants) == 3
    assert await run.events() == []


async def test_no_more_than_the_most_people_are_added(run: Run) -> None:
    await run.begin([User(f"U{number}") for number in range(99)])
    answer = await run.bot.submit(await run.form("Add people"), {ids.PEOPLE_FIELD: [CARA.id, DAN.id]})
    assert "at most 100 people" in said(answer["view"]["blocks"])


async def test_who_has_left_is_not_waited_for_and_their_answer_stands(run: Run) -> None:
    await run.begin_discard()
    await run.answer(PIA)
    form = await run.form("Somebody has left")
    assert await run.bot.submit(form, {ids.PERSON_FIELD: PIA.id}) == {"response_action": "clear"}
    assert (await run.ranking()).active == (person(ANNA), person(BEN))
    assert (await run.stage()).answered == 1
    assert await run.notes() == [
        "<@U0ANNA> recorded that <@U0PIA> no longer takes part. What they answered so far stands."
    ]
    answer = await run.bot.submit(form, {ids.PERSON_FIELD: PIA.id})
    assert "does not take part" in said(answer["view"]["blocks"])
    await run.bot.submit(form, {ids.PERSON_FIELD: BEN.id})
    answer = await run.bot.submit(form, {ids.PERSON_FIELD: ANNA.id})
    assert "Nobody would be left" in said(answer["view"]["blocks"])


async def test_a_ranking_is_handed_over(run: Run) -> None:
    await run.begin_discard()
    form = await run.form("Hand over")
    answer = await run.bot.submit(form, {ids.PERSON_FIELD: ANNA.id})
    assert "facilitates this ranking already" in said(answer["view"]["blocks"])
    assert await run.bot.submit(form, {ids.PERSON_FIELD: PIA.id}) == {"response_action": "clear"}
    assert (await run.ranking()).facilitator == person(PIA)
    assert await run.notes() == ["<@U0PIA> facilitates this ranking from now on. <@U0ANNA> handed it over."]
    await run.menu(PIA)
    await run.bot.press(await run.board(), "For the facilitator", ANNA)
    assert "Only the facilitator, <@U0PIA>, can do this" in told(run)


async def test_helpers_may_do_what_the_facilitator_may(run: Run) -> None:
    await run.begin_discard()
    form = await run.form("Name helpers")
    answer = await run.bot.submit(form, {ids.PEOPLE_FIELD: [ANNA.id]})
    assert "needs no helper's rights" in said(answer["view"]["blocks"])
    answer = await run.bot.submit(form, {ids.PEOPLE_FIELD: [f"U{number}" for number in range(11)]})
    assert "at most 10 helpers" in said(answer["view"]["blocks"])
    assert await run.bot.submit(form, {ids.PEOPLE_FIELD: [BEN.id, CARA.id]}) == {"response_action": "clear"}
    answer = await run.bot.submit(form, {ids.PEOPLE_FIELD: [CARA.id, BEN.id]})
    assert "These are the helpers already" in said(answer["view"]["blocks"])
    await run.answer(ANNA)
    await run.menu(CARA, "End step")
    assert (await run.stage()).closed_at is not None
    await run.bot.press(await run.board(), "For the facilitator", PIA)
    assert "<@U0ANNA> or one of the helpers (<@U0BEN>, <@U0CARA>), can do this" in told(run)
    await run.bot.submit(await run.form("Name helpers"), {ids.PEOPLE_FIELD: []})
    assert (await run.ranking()).deputies == ()
    named, taken = await run.notes()
    assert named.endswith("who may do all that the facilitator may: <@U0BEN> and <@U0CARA>.")
    assert taken.startswith("<@U0ANNA> took back the helpers' rights.")


async def test_a_helper_takes_over_only_when_the_facilitator_is_gone(run: Run) -> None:
    await run.begin_discard()
    await run.bot.submit(await run.form("Name helpers"), {ids.PEOPLE_FIELD: [BEN.id]})
    menu = await run.menu(BEN)
    action = {"type": "button", "block_id": "b", "action_id": ids.TAKE_OVER, "value": f"{RANKING}|0||0"}
    await run.bot.act(menu, action, BEN)
    assert "<@U0ANNA> still facilitates this ranking" in told(run)
    run.slack.users[ANNA.id] = {"deleted": True}
    await run.bot.act(menu, action, BEN)
    assert (await run.ranking()).facilitator == person(BEN)
    await run.bot.act(menu, action, BEN)
    assert "You facilitate this ranking already" in told(run)
    assert (await run.notes())[1:] == [
        "<@U0ANNA>, who facilitates this ranking, is no longer here. One of the helpers, or an admin of the "
        "workspace, can take over. Answers so far are kept.",
        "<@U0BEN> facilitates this ranking from now on.",
    ]


async def test_an_admin_may_only_hand_over_and_only_when_the_facilitator_is_gone(run: Run) -> None:
    run.slack.users[DAN.id] = {"is_admin": True}
    await run.begin_discard()
    await run.bot.press(await run.board(), "For the facilitator", DAN)
    assert "Only the facilitator" in told(run)
    run.slack.users[ANNA.id] = {"deleted": True}
    menu = await run.menu(DAN)
    assert labels_of(menu.blocks) == ["Take over", "Hand over"]
    for action_id in (ids.SHOW_MORE, ids.PAUSE, ids.OPEN_ADDING, ids.OPEN_HELPERS, ids.REMIND):
        action = {"type": "button", "block_id": "b", "action_id": action_id, "value": f"{RANKING}|2||0"}
        await run.bot.act(menu, action, DAN)
        assert "Only the facilitator" in told(run)
    await run.bot.press(menu, "Hand over", DAN)
    form = shown_view(run.slack.last("views.push")["view"])
    await run.bot.submit(form, {ids.PERSON_FIELD: CARA.id}, DAN)
    assert (await run.ranking()).facilitator == person(CARA)
    answer = await run.bot.submit(form, {ids.PERSON_FIELD: DAN.id}, DAN)
    assert "Only the facilitator, <@U0CARA>" in said(answer["view"]["blocks"])
    await run.bot.press(menu, "Take over", DAN)
    assert (await run.ranking()).facilitator == person(CARA)


async def test_the_note_of_a_facilitator_who_is_gone_has_a_button_until_somebody_takes_over(run: Run) -> None:
    run.slack.users = {DAN.id: {"is_admin": True}, ANNA.id: {"deleted": True}}
    await run.begin_discard()
    await run.menu(DAN)
    note_id = f"{ids.note_id(RANKING)}:1"
    note = await run.place(note_id)
    await run.bot.press(note, "Take over", BEN)
    assert "Only the facilitator" in told(run)
    await run.bot.press(note, "Take over", DAN)
    assert (await run.ranking()).facilitator == person(DAN)
    assert labels_of((await run.place(note_id)).blocks) == []


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
