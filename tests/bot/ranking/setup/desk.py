"""Somebody at the forms of the set-up: each is read from what the bot showed last."""

from collections.abc import Mapping
from typing import Any

from storage.records.people import Person
from storage.records.rankings import Ranking
from storage.store import Store
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Place, Slack, User, shown_view

Json = dict[str, Any]
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
