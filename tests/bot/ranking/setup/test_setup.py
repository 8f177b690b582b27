"""Setting a ranking up: the form, its draft, the preview, and Start."""

import pytest

from bot.ranking import ids
from knowledge.model import Library
from storage.records.people import Person
from storage.records.rankings import Participant, Rules
from tests.bot.ranking.setup.desk import Desk, Json, as_it_comes, inputs
from tests.slack import ANNA, CHANNEL, TEAM, User, shown_message, words_of


async def test_two_presses_start_the_task_with_everybody_in_the_channel(desk: Desk, library: Library) -> None:
    form = await desk.open()
    preview = await desk.preview(form, as_it_comes(form))
    said = words_of(preview.blocks)
    assert all(statement.title in said for statement in library.tasks[0].statements)
    assert "*Harbour Trust:* <@U0PIA>" in said
    assert "*Hillside School:* <@U0ANNA>" in said
    assert "*Agency not told:* <@U0BEN>" in said
    assert "U0GONE" not in said
    assert "One block stops a proposal." in said
    assert await desk.rankings() == []
    assert await desk.bot.submit(preview) == {"response_action": "clear"}
    (ranking,) = await desk.rankings()
    assert ranking.participants == (
        Participant(Person("T0AWAY", "U0PIA"), "Harbour Trust"),
        Participant(Person(TEAM, "U0ANNA"), "Hillside School"),
        Participant(Person(TEAM, "U0BEN"), ""),
    )
    assert ranking.rules == Rules()
    assert ranking.facilitator == Person(TEAM, ANNA.id)
    assert await desk.store.rankings.get_setup(TEAM, Person(TEAM, ANNA.id)) is None


async def test_start_pressed_twice_starts_one_ranking(desk: Desk) -> None:
    form = await desk.open()
    preview = await desk.preview(form, as_it_comes(form))
    await desk.bot.submit(preview)
    again = await desk.bot.submit(preview)
    assert "Nothing was started" in words_of(again["view"]["blocks"])
    assert len(await desk.rankings()) == 1


async def test_what_changed_since_the_preview_is_not_started(desk: Desk) -> None:
    form = await desk.open()
    preview = await desk.preview(form, as_it_comes(form))
    await desk.change(form, ids.NAMES_FIELD, "anonymous", {"channel": CHANNEL})
    refused = await desk.bot.submit(preview)
    assert refused["response_action"] == "update"
    assert "has changed since" in words_of(refused["view"]["blocks"])
    assert await desk.rankings() == []


async def test_every_choice_is_kept_at_once_and_offered_again(desk: Desk) -> None:
    form = await desk.open()
    await desk.change(form, ids.CHANNEL_FIELD, CHANNEL)
    await desk.change(form, ids.PEOPLE_FIELD, ["U0BEN", "U0PIA"], {"channel": CHANNEL})
    await desk.change(form, ids.NAMES_FIELD, "anonymous", {"channel": CHANNEL, "people": ["U0BEN", "U0PIA"]})
    draft = await desk.draft()
    assert (draft["channel_id"], draft["user_ids"]) == (CHANNEL, ["U0BEN", "U0PIA"])
    asked = await desk.open()
    assert "What you entered is kept" in words_of(asked.blocks)
    await desk.bot.press(asked, "Go on with it")
    again = desk.shown("views.update")
    values = as_it_comes(again)
    assert values["people"] == ["U0BEN", "U0PIA"]
    assert values["names"] == "anonymous"


async def test_beginning_afresh_forgets_what_was_entered(desk: Desk) -> None:
    await desk.change(await desk.open(), ids.NAMES_FIELD, "anonymous")
    await desk.bot.press(await desk.open(), "Begin afresh")
    assert as_it_comes(desk.shown("views.update"))["names"] == "named"
    assert as_it_comes(await desk.open())["names"] == "named"


async def test_a_form_opened_without_a_change_is_no_draft(desk: Desk) -> None:
    await desk.open()
    assert inputs(await desk.open())


@pytest.mark.parametrize(
    ("answers", "refuse", "field", "words"),
    [
        ({"conversations.info": {"channel": {"is_member": False}}}, {}, "channel", "/invite @Common Ground"),
        ({"conversations.info": {"channel": {"is_archived": True}}}, {}, "channel", "archived"),
        ({}, {"conversations.info": "channel_not_found"}, "channel", "/invite @Common Ground"),
        (
            {"conversations.members": {"members": ["U0ANNA"], "response_metadata": {"next_cursor": "x"}}},
            {},
            "channel",
            "more than 100 people",
        ),
        ({"conversations.members": {"members": ["U0ANNA", "U0BOT", "U0GONE"]}}, {}, "people", "at least two"),
    ],
)
async def test_a_channel_or_people_that_do_not_do_are_named_beside_their_field(
    desk: Desk, answers: Json, refuse: Json, field: str, words: str
) -> None:
    desk.slack.answers |= answers
    desk.slack.refuse |= refuse
    form = await desk.open()
    answer = await desk.bot.submit(form, as_it_comes(form))
    assert words in answer["errors"][field]
    assert (await desk.draft())["channel_id"] == CHANNEL


async def test_a_draft_of_another_shape_is_as_good_as_none(desk: Desk) -> None:
    await desk.store.rankings.save_setup(TEAM, Person(TEAM, ANNA.id), {"setup": {"old": 1}, "fresh": None})
    assert inputs(await desk.open())


async def test_what_is_open_in_the_channel_is_said_in_one_line(desk: Desk) -> None:
    form = await desk.open()
    assert "Open in this channel already" not in words_of(form.blocks)
    await desk.bot.submit(await desk.preview(form, as_it_comes(form)))
    form = await desk.open()
    assert "Open in this channel already: *" in words_of(form.blocks)
    await desk.change(form, ids.SOURCE_FIELD, "own")
    assert "Open in this channel already: *" in words_of(desk.shown("views.update").blocks)


async def test_a_press_on_a_form_whose_draft_is_gone_begins_a_new_one(desk: Desk) -> None:
    form = await desk.open()
    await desk.store.rankings.drop_setup(TEAM, Person(TEAM, ANNA.id))
    await desk.change(form, ids.NAMES_FIELD, "anonymous")
    assert (await desk.draft())["rules"]["anonymous"] is True
    await desk.store.rankings.drop_setup(TEAM, Person(TEAM, ANNA.id))
    await desk.bot.act(
        form, {"type": "button", "block_id": "b", "action_id": ids.RESTART_SETUP, "value": None}
    )
    assert inputs(desk.shown("views.update"))


async def test_words_after_the_command_that_mean_nothing_are_refused(desk: Desk) -> None:
    answer = await desk.bot.command("/rank", "dance")
    assert "I only know the word list" in words_of(answer["blocks"])


async def test_the_message_of_somebody_elses_press_is_never_the_draft_of_another(desk: Desk) -> None:
    await desk.store.people.set_agency(TEAM, Person(TEAM, "U0BEN"), "")
    await desk.change(await desk.open(), ids.NAMES_FIELD, "anonymous")
    form = await desk.open(User("U0BEN"))
    assert as_it_comes(form)["names"] == "named"
    await desk.bot.press(shown_message({"blocks": _start_button()}), "Start a ranking", User("U0BEN"))
    assert as_it_comes(desk.shown("views.open"))["names"] == "named"


def _start_button() -> list[Json]:
    press = {"type": "button", "text": {"type": "plain_text", "text": "Start a ranking"}}
    return [{"type": "actions", "elements": [{**press, "action_id": ids.OPEN_SETUP}]}]
