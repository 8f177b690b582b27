"""Who one is, the conversations one can open, the app with its workflow steps, and how its process is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby

from nicegui import ui

from sandbox.bot_process import BotProcess
from sandbox.pages.bot_status import BotStatus
from sandbox.pages.location import Location
from sandbox.pages.step_dialog import StepDialog
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import EMIT_VALUE, Tag, button, typed
from sandbox.state import Person

Go = Callable[[Location], None]

# A plain click stays on the page; with a modifier key the link opens a tab of its own.
_FOLLOW = """(event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  emit();
}"""
_MARKS = {"public": "tag", "private": "lock", "im": "person", "mpim": "group"}


def place_link(classes: str, to: Location, go: Go, **attributes: str) -> Tag:
    """A link to another place that keeps the page loaded."""
    link = Tag("a", classes, href=to.url, **attributes)
    link.on("click", lambda _: go(to), args=[], js_handler=_FOLLOW)
    return link


class Sidebar:
    """The left column."""

    def __init__(self, viewer: Viewer, location: Location, bot: BotProcess, go: Go) -> None:
        self._viewer = viewer
        self._location = location
        self._go = go
        self._read = {channel.id: self._newest(channel.id) for channel in viewer.workspace.channels.values()}
        self._links: dict[str, Tag] = {}
        workspace = viewer.workspace
        with Tag("nav", "sidebar", aria_label="Workspace"):
            with Tag("div", "sidebar-head"):
                Tag("div", "workspace-name", workspace.home_team.name)
                Tag("div", "workspace-detail", "Sandbox: nothing here leaves this computer")
            self._person_chooser()
            with Tag("div", "sidebar-scroll"):
                self._channels = self._group("Channels")
                self._direct = self._group("Direct messages")
                self._apps = self._group("Apps")
            self.bot = BotStatus(bot, viewer.client)
        self.update(location)
        self._steps()

    def update(self, location: Location) -> None:
        """Show where one is, what else there is, and what is new."""
        self._location = location
        if location.channel_id:
            self._read[location.channel_id] = self._newest(location.channel_id)
        wanted: list[tuple[str, Tag, Location]] = []
        for channel in self._viewer.workspace.channels_for(self._viewer.user_id):
            group = self._direct if channel.kind in ("im", "mpim") else self._channels
            wanted.append((channel.id, group, location.in_channel(channel.id)))
        if self._viewer.workspace.manifest.has_home:
            wanted.append(("home", self._apps, location.at_home()))
        for key in self._links.keys() - {key for key, _, _ in wanted}:
            self._links.pop(key).delete()
        for key, group, to in wanted:
            self._link(key, group, to)

    def _link(self, key: str, group: Tag, to: Location) -> None:
        if key not in self._links:
            with group, Tag("li"):
                self._links[key] = place_link("place", to, self._go, data_channel=key)
                with self._links[key]:
                    self._label(to)
        is_here = to.channel_id == self._location.channel_id
        is_new = self._newest(key) > self._read.get(key, "")
        classes = "place" + (" place-here" if is_here else "") + (" place-new" if is_new else "")
        self._links[key].classes(replace=classes)
        self._links[key].set(aria_current="page" if is_here else None)

    def _steps(self) -> None:
        """What a workflow can do with the app; like its shortcuts, not for people from elsewhere."""
        viewer = self._viewer
        if viewer.workspace.is_outside(viewer.user_id):
            return
        for step in viewer.workspace.manifest.steps:
            label = f"Workflow step: {step.title}"
            with self._apps, Tag("li"), button(label, partial(StepDialog, viewer, step), "place", text=""):
                ui.icon("bolt").classes("place-mark")
                Tag("span", text=label)

    def _newest(self, channel_id: str) -> str:
        messages = self._viewer.workspace.visible_messages(self._viewer.user_id, channel_id)
        return messages[-1].ts if messages else ""

    def _label(self, to: Location) -> None:
        workspace = self._viewer.workspace
        if to.channel_id is None:
            ui.icon("home").classes("place-mark")
            Tag("span", "place-name", f"{workspace.manifest.name} Home")
            return
        channel = workspace.channels[to.channel_id]
        ui.icon(_MARKS[channel.kind]).classes("place-mark")
        Tag("span", "place-name", workspace.channel_label(channel, self._viewer.user_id))
        if channel.is_ext_shared and channel.kind in ("public", "private"):
            Tag("span", "place-shared", "shared")

    def _group(self, title: str) -> Tag:
        with Tag("div", "sidebar-group"):
            heading = Tag("h2", "sidebar-title", title)
            return Tag("ul", "places", aria_labelledby=heading.html_id)

    def _person_chooser(self) -> None:
        workspace, me = self._viewer.workspace, self._viewer.user_id
        with Tag("div", "person"):
            label = Tag("label", "person-label", "You are")
            chooser = Tag("select", "person-select")
            label.set(for_=chooser.html_id)
            chooser.on("change", lambda event: self._become(typed(event)), js_handler=EMIT_VALUE)
            with chooser:
                for group, people in groupby(workspace.members(), self._group_of):
                    with Tag("optgroup", label=group):
                        for person in people:
                            Tag("option", text=person.real_name, value=person.id, selected=person.id == me)
            person = workspace.people[me]
            Tag("div", "person-detail", f"{person.title}, {person.agency}")
            if person.is_guest:
                Tag("div", "person-detail", f"Guest of {workspace.home_team.name}")
            if workspace.is_outside(me):
                team = workspace.teams[person.team_id].name
                Tag("div", "person-detail", f"Joins from the partner workspace {team}")

    def _group_of(self, person: Person) -> str:
        """People's agency, and their workspace too when each has its own."""
        workspace = self._viewer.workspace
        team = f"{workspace.teams[person.team_id].name}: " if len(workspace.bots) > 1 else ""
        return f"{team}{person.agency}"

    def _become(self, user_id: str) -> None:
        ui.navigate.to(Location(user_id, self._location.channel_id).url)
