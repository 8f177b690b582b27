"""The message, modal or Home tab that an element stands on, as one person has it before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import Client

from sandbox.acts import Acts
from sandbox.pages.live import LiveUpdates
from sandbox.pages.notice import show_notice
from sandbox.pages.texts import plain
from sandbox.state import Json, MessagePlace, Place, Values
from sandbox.workspace import Workspace

Value = str | list[str] | int | None
"""What a person puts into an element, in the form `Acts.press` takes."""

_DEFAULT_ZONE = "Europe/London"


@dataclass(frozen=True)
class Viewer:
    """The person a browser tab is for; the `Reader` of its texts."""

    workspace: Workspace
    acts: Acts
    client: Client
    updates: LiveUpdates
    user_id: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.workspace.people[self.user_id].tz or _DEFAULT_ZONE)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.workspace.clock(), UTC).astimezone(self.zone)

    def moment(self, ts: str) -> datetime:
        """When a message was written, by the person's own clock."""
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self.zone)

    def user_name(self, user_id: str) -> str | None:
        person = self.workspace.people.get(user_id)
        return person.real_name if person else None

    def channel_name(self, channel_id: str) -> str | None:
        channel = self.workspace.channels.get(channel_id)
        return self.workspace.channel_label(channel, self.user_id) if channel else None

    def channel_id(self, name: str) -> str | None:
        found = (channel.id for channel in self.workspace.channels.values() if channel.name == name)
        return next(found, None)


@dataclass(frozen=True)
class Surface:
    """Where the elements of one message or view report what the person does with them."""

    viewer: Viewer
    place: Place

    @property
    def values(self) -> Values:
        """What the person has put into the elements so far."""
        workspace, place = self.viewer.workspace, self.place
        if isinstance(place, MessagePlace):
            message = workspace.message(place.channel_id, place.ts)
            return message.values.get(self.viewer.user_id, {}) if message else {}
        view = workspace.view(place.view_id)
        return view.values if view else {}

    @property
    def trouble(self) -> str | None:
        """What the message or view itself already says went wrong."""
        workspace, place = self.viewer.workspace, self.place
        if isinstance(place, MessagePlace):
            message = workspace.message(place.channel_id, place.ts)
            return message.trouble.get(self.viewer.user_id) if message else None
        view = workspace.view(place.view_id)
        return view.trouble if view else None

    @property
    def errors(self) -> dict[str, str]:
        """What is said beside input blocks, by block id."""
        view = (
            None if isinstance(self.place, MessagePlace) else self.viewer.workspace.view(self.place.view_id)
        )
        return view.errors if view else {}


@dataclass(frozen=True)
class Control:
    """One interactive element in its block; `in_form` when it stands in an input block."""

    surface: Surface
    block_id: str
    element: Json
    in_form: bool = False
    dispatches: bool = False

    @property
    def viewer(self) -> Viewer:
        return self.surface.viewer

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def state(self) -> Json:
        """Slack's state object for the element, empty when nothing is known of it."""
        return self.surface.values.get(self.block_id, {}).get(self.action_id, {})

    def chosen(self, key: str) -> Any:
        """What `state` says under `key` (`selected_option`, `value`), else the element's `initial_` value."""
        state = self.state
        return state[key] if key in state else self.element.get(f"initial_{key.removeprefix('selected_')}")

    @property
    def name(self) -> str:
        """What a screen reader calls the element when it has no label of its own."""
        placeholder = self.element.get("placeholder", {}).get("text")
        return str(self.element.get("accessibility_label") or placeholder or "Choose")

    @property
    def hooks(self) -> dict[str, str]:
        """Attributes by which tests and the focus keeper find the element again."""
        return {"data_block_id": self.block_id, "data_action_id": self.action_id}

    async def change(self, value: Value) -> None:
        """Fill the element in when it belongs to a form, else use it at once."""
        act = self.viewer.acts.set_input if self.in_form else self.viewer.acts.press
        words = await act(self.viewer.user_id, self.surface.place, self.block_id, self.action_id, value)
        self._say(words)

    async def press(self, value: Value = None) -> None:
        """Use the element at once."""
        place = self.surface.place
        press = self.viewer.acts.press
        self._say(await press(self.viewer.user_id, place, self.block_id, self.action_id, value))

    def _say(self, words: str | None) -> None:
        if words != self.surface.trouble:
            show_notice(self.viewer.client, words)

    async def suggest(self, text: str) -> dict[str, list[Json]]:
        """The options that the app offers for what was typed, under their headings."""
        place = self.surface.place
        answer = await self.viewer.acts.suggest(
            self.viewer.user_id, place, self.block_id, self.action_id, text
        )
        return grouped_options(answer)


def grouped_options(holder: Json) -> dict[str, list[Json]]:
    """The options of an element or an app's answer, under their headings or else under an empty one."""
    groups: dict[str, list[Json]] = {"": holder["options"]} if holder.get("options") else {}
    for group in holder.get("option_groups") or []:
        groups.setdefault(plain(group["label"]), []).extend(group["options"])
    return groups
