"""Who takes part and who runs a ranking, changed while it is open, through the real app."""

import pytest

from bot.ranking import ids
from storage.records.rankings import Participant
from tests.bot.ranking.control.conftest import told
from tests.bot.ranking.running import CARA, DAN, RANKING, Run, person, said
from tests.slack import ANNA, BEN, PIA, TEAM, User, labels_of, shown_view


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
