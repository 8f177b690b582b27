"""Setting a ranking up: the form, its draft, the rules, the preview, and Start."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.handover import RANK_STRATEGIES, theme_value
from bot.ranking import ids
from knowledge.model import Library
from storage.records.people import Person
from storage.records.rankings import Participant, Ranking, Rules
from storage.store import Store
from tests.slack import ANNA, CHANNEL, PIA, TEAM, Bot, Place, Slack, User, shown_message, shown_view, words_of

Json = dict[str, Any]

PEOPLE: dict[str, Json] = {
    "U0ANNA": {"team_id": TEAM},
    "U0BEN": {"team_id": TEAM},
    "U0PIA": {"team_id": "T0AWAY"},
    "U0BOT": {"team_id": TEAM, "is_bot": True},
    "U0GONE": {"team_id": TEAM, "deleted": True},
    "USLACKBOT": {"team_id": TEAM},
}
TYPED = "- Trust\n- Time\n- Money"


class Desk:
    """Anna at her forms: each is read from what the bot showed last."""

    def __init__(self, bot: Bot, slack: Slack, store: Store) -> None:
        self.bot, self.slack, self.store = bot, slack, store

    async def open(self, user: User = ANNA) -> Place:
        await self.bot.command("/rank", user=user)
        return self.shown("views.open")

    def shown(self, *methods: str) -> Place:
        return shown_view(self.slack.last(*methods)["view"])

    async def change(
        self, form: Place, field: str, value: Any, others: Mapping[str, Any] | None = None
    ) -> Json:
        """Make a choice that is told at once, with the other inputs as given."""
        block, element = next((b, b["element"]) for b in form.blocks if b.get("block_id") == field)
        state = {b["block_id"]: state_of(b, (others or {}).get(b["block_id"])) for b in inputs(form)}
        state[field] = state_of(block, value)
        action = {**state[field][element["action_id"]], "action_id": element["action_id"], "block_id": field}
        return await self.bot.act(form, action, state=state)

    async def preview(self, form: Place, values: Mapping[str, Any]) -> Place:
        answer = await self.bot.submit(form, values)
        assert answer.get("response_action") == "push", answer
        return shown_view(answer["view"])

    async def rankings(self) -> list[Ranking]:
        return await self.store.rankings.list_rankings(TEAM)

    async def draft(self) -> Json:
        found = await self.store.rankings.get_setup(TEAM, Person(TEAM, ANNA.id))
        assert found is not None
        setup = found["setup"]
        assert isinstance(setup, dict)
        return setup


def inputs(form: Place) -> list[Json]:
    return [block for block in form.blocks if block["type"] == "input"]


def state_of(block: Json, given: Any) -> Json:
    """One input's state: what was given, or what the form came with."""
    element = block["element"]
    kind, action_id = element["type"], element["action_id"]
    options = {option["value"]: option for option in element.get("options", [])}
    if kind in ("static_select", "radio_buttons"):
        chosen = options[given] if given else element.get("initial_option")
        return {action_id: {"type": kind, "selected_option": chosen}}
    if kind == "checkboxes":
        chosen = [options[one] for one in given] if given is not None else element.get("initial_options", [])
        return {action_id: {"type": kind, "selected_options": chosen}}
    if kind == "conversations_select":
        return {
            action_id: {"type": kind, "selected_conversation": given or element.get("initial_conversation")}
        }
    if kind == "multi_users_select":
        return {action_id: {"type": kind, "selected_users": given or element.get("initial_users", [])}}
    return {action_id: {"type": kind, "value": given or element.get("initial_value")}}


def as_it_comes(form: Place, **changed: Any) -> Json:
    """The form's values as somebody sends them who changes only these."""
    values: Json = {}
    for block in inputs(form):
        field, element = block["block_id"], block["element"]
        initial = element.get("initial_option") or {}
        values[field] = (
            initial.get("value")
            or [one["value"] for one in element.get("initial_options", [])]
            or element.get("initial_users")
            or element.get("initial_value")
            or element.get("initial_conversation")
        )
    return values | {"channel": CHANNEL} | changed if "channel" in values else values | changed


@pytest.fixture
async def desk(bot: Bot, slack: Slack, store: Store) -> Desk:
    """Anna was asked for her agency before; the channel holds three people and what is no person."""
    await store.people.set_agency(TEAM, Person(TEAM, ANNA.id), "Hillside School")
    await store.people.set_agency(TEAM, Person("T0AWAY", PIA.id), "Harbour Trust")
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    slack.answers["conversations.members"] = {"members": list(PEOPLE)}
    slack.users.update({user_id: {"id": user_id, **user} for user_id, user in PEOPLE.items()})
    return Desk(bot, slack, store)


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


async def own_form(desk: Desk) -> Place:
    await desk.change(await desk.open(), ids.SOURCE_FIELD, "own")
    return desk.shown("views.update")


async def test_statements_of_ones_own_are_ranked(desk: Desk) -> None:
    form = await own_form(desk)
    preview = await desk.preview(form, as_it_comes(form, title="What helps", statements=TYPED))
    await desk.bot.submit(preview)
    (ranking,) = await desk.rankings()
    assert ranking.title == "What helps"
    assert [item.title for item in ranking.items] == ["Trust", "Time", "Money"]


async def test_each_fault_of_the_statements_is_named_and_nothing_typed_is_lost(desk: Desk) -> None:
    form = await own_form(desk)
    answer = await desk.bot.submit(form, as_it_comes(form, title="", statements="Trust\ntrust\nTime"))
    assert "so that everybody knows" in answer["errors"]["title"]
    assert "Line 2 (“trust”) is the same as line 1" in answer["errors"]["statements"]
    assert (await desk.draft())["statements"] == "Trust\ntrust\nTime"
    await desk.change(form, ids.SOURCE_FIELD, "task:outcomes", {"statements": TYPED})
    assert ids.STATEMENTS_FIELD not in as_it_comes(desk.shown("views.update"))
    await desk.change(desk.shown("views.update"), ids.SOURCE_FIELD, "own")
    assert as_it_comes(desk.shown("views.update"))["statements"] == TYPED


async def test_a_message_gives_its_list_to_the_form(desk: Desk) -> None:
    message = {
        "ts": "1700000000.000200",
        "text": "First:\n• Trust &amp; time\n• <@U0BEN> Money\n• Rooms",
    }
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, message)
    values = as_it_comes(desk.shown("views.open"))
    assert values["title"] == "First"
    assert values["statements"] == "Trust & time\nMoney\nRooms"


async def test_lines_that_a_form_cannot_hold_are_counted(desk: Desk) -> None:
    message = {"ts": "1700000000.000200", "text": "\n".join(f"- {'long ' * 40}{at}" for at in range(20))}
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, message)
    assert "Its last 6 lines are left out" in words_of(desk.shown("views.open").blocks)


@pytest.mark.parametrize("message", [{}, {"text": ""}, {"text": "<@U0BEN>"}, {"text": "-\n• "}])
async def test_a_message_without_words_says_what_to_do(desk: Desk, message: Json) -> None:
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, {"ts": "1700000000.000200", **message})
    assert "Type /rank" in words_of(desk.slack.last("response_url")["blocks"])
    assert desk.slack.called("views.open") == []


async def test_a_message_and_a_draft_are_a_choice_and_neither_is_lost(desk: Desk) -> None:
    await desk.change(await desk.open(), ids.NAMES_FIELD, "anonymous")
    await desk.bot.message_shortcut(ids.LIST_MESSAGE, {"ts": "1700000000.000200", "text": f"First:\n{TYPED}"})
    asked = desk.shown("views.open")
    assert "starts with “First”" in words_of(asked.blocks)
    await desk.bot.press(asked, "Begin afresh")
    assert as_it_comes(desk.shown("views.update"))["statements"] == "Trust\nTime\nMoney"


async def test_rank_these_in_a_modal_comes_on_top_of_it(desk: Desk) -> None:
    button = {"type": "button", "block_id": "b", "action_id": RANK_STRATEGIES, "value": theme_value("trust")}
    await desk.bot.act(shown_view({"type": "modal", "blocks": []}), button)
    assert as_it_comes(desk.shown("views.push"))["source"] == theme_value("trust")


async def test_every_source_can_be_chosen_and_says_what_it_is(desk: Desk, library: Library) -> None:
    form = await desk.open()
    options = [one["value"] for one in inputs(form)[0]["element"]["options"]]
    assert options[:2] == ["task:outcomes", "own"]
    for value in options[2:]:
        await desk.change(form, ids.SOURCE_FIELD, value)
        assert f"{library.theme(value.partition(':')[2]).title}: " in words_of(  # type: ignore[union-attr]  # listed
            desk.shown("views.update").blocks
        )


async def open_rules(desk: Desk, form: Place) -> Place:
    await desk.bot.press(form, "Change the rules")
    rules = desk.shown("views.push")
    assert rules.view is not None
    assert form.view is not None
    rules.view["previous_view_id"] = form.view["id"]
    return rules


async def test_every_rule_can_be_changed_and_is_said_in_the_form_and_kept_in_the_ranking(desk: Desk) -> None:
    form = await desk.open()
    rules = await open_rules(desk, form)
    changed = {
        "steps": ["read"],
        "weights": "agency",
        "quorum": "two_thirds",
        "blocks": "2",
        "hours": "72",
        "remind": "24",
        "pin": ["yes"],
    }
    assert await desk.bot.submit(rules, changed) == {}
    update = desk.slack.last("views.update")
    assert form.view is not None
    assert update["view_id"] == form.view["id"]
    said = words_of(update["view"]["blocks"])
    assert "Left out: drop one, compare, choose five by consent" in said
    assert "at least two thirds of the people. Two blocks stop a proposal." in said
    preview = await desk.preview(shown_view(update["view"]), as_it_comes(form, names="anonymous"))
    await desk.bot.submit(preview)
    (ranking,) = await desk.rankings()
    assert ranking.rules == Rules(True, "agency", "two_thirds", 2, ("read",), 72, 24, pin=True)


@pytest.mark.parametrize(
    ("field", "value", "rule", "kept"),
    [
        ("steps", [], "steps", []),
        ("weights", "agency", "weights", "agency"),
        ("quorum", "all", "quorum", "all"),
        ("blocks", "3", "blocks_needed", 3),
        ("hours", "1", "stage_hours", 1),
        ("remind", "4", "remind_hours", 4),
        ("pin", ["yes"], "pin", True),
    ],
)
async def test_a_rule_is_kept_as_soon_as_it_is_chosen(
    desk: Desk, field: str, value: Any, rule: str, kept: Any
) -> None:
    rules = await open_rules(desk, await desk.open())
    await desk.change(rules, field, value)
    assert (await desk.draft())["rules"][rule] == kept


async def test_the_form_says_what_is_hidden_from_whom(desk: Desk) -> None:
    said = words_of((await desk.open()).blocks)
    assert "nobody, not the facilitator and not an admin, can see who answered what" in said
    assert "Agencies with fewer than three people count together" in said
    assert "Names shown: while a step is open everybody sees who has answered, and nobody sees what" in said


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


async def test_a_list_of_strategies_that_became_too_short_is_told_in_the_form(desk: Desk) -> None:
    await desk.store.rankings.save_setup(
        TEAM, Person(TEAM, ANNA.id), {"setup": _saved_setup(), "fresh": None}
    )
    await desk.bot.press(await desk.open(), "Go on with it")
    form = desk.shown("views.update")
    assert "Save more strategies" in words_of(form.blocks)
    answer = await desk.bot.submit(form, as_it_comes(form))
    assert "Save more strategies" in answer["errors"]["source"]


def _saved_setup() -> Json:
    rules = {"anonymous": False, "weights": "person", "quorum": "half", "blocks_needed": 1, "steps": []}
    return {
        "source": "saved",
        "title": "",
        "statements": "",
        "left_out": 0,
        "channel_id": "",
        "user_ids": [],
        "rules": {**rules, "stage_hours": None, "remind_hours": None, "pin": False},
        "people": [],
    }


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
