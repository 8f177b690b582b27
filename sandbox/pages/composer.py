"""Where messages and slash commands are written.

What is being written belongs to the browser; nothing the server does touches it until it is sent.
"""

from __future__ import annotations

import json
from functools import partial

from nicegui import ui

from sandbox.pages.menu import Item, menu
from sandbox.pages.notice import show_notice
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import EMIT_VALUE, Tag, button, typed

_SEND = """(event) => {
  if (event.shiftKey || event.isComposing) return;
  event.preventDefault();
  const text = event.target.value;
  event.target.value = '';
  if (text.trim()) emit(text);
}"""
_SEND_FROM_BUTTON = """(event) => {
  const field = event.target.closest('.composer').querySelector('textarea');
  const text = field.value;
  field.value = '';
  field.focus();
  if (text.trim()) emit(text);
}"""
_IN_THREAD = "Slash commands do not run in threads. Send this one in the channel instead."


class Composer:
    """A text field with the app's commands and the people to mention offered while one types."""

    def __init__(self, viewer: Viewer, channel_id: str, label: str, thread_ts: str | None = None) -> None:
        self._viewer = viewer
        self._channel_id = channel_id
        self._thread_ts = thread_ts
        with Tag("div", "composer"):
            self._offers = Tag("div", "offers", role="listbox", aria_label="Suggestions")
            self._field = Tag("textarea", "composer-field", rows=1, placeholder=label, aria_label=label)
            self._field.on("keydown.enter", lambda event: self._send(typed(event)), js_handler=_SEND)
            self._field.on("input", lambda event: self._offer(typed(event)), js_handler=EMIT_VALUE)
            self._field.on("dismiss", lambda _: self._hide(), args=[])
            with Tag("div", "composer-bar"):
                if thread_ts is None:
                    self._shortcuts()
                self._note = Tag("span", "composer-note", self._joining(), role="status")
                send = Tag("button", "button button-primary", "Send", type="button")
                send.on("click", lambda event: self._send(typed(event)), js_handler=_SEND_FROM_BUTTON)
        self._hide()

    def _joining(self) -> str:
        members = self._viewer.workspace.channels[self._channel_id].members
        return "" if self._viewer.user_id in members else "Your first message joins this channel."

    async def _send(self, text: str) -> None:
        self._hide()
        self._note.set_text("")
        viewer, is_command = self._viewer, text.lstrip().startswith("/")
        if is_command and self._thread_ts:
            self._note.set_text(_IN_THREAD)
        elif is_command:
            await viewer.acts.run_command(viewer.user_id, self._channel_id, text.strip())
        else:
            await viewer.acts.say(viewer.user_id, self._channel_id, text, self._thread_ts)

    def _shortcuts(self) -> None:
        viewer = self._viewer
        shortcuts = [
            shortcut for shortcut in viewer.workspace.manifest.shortcuts if shortcut.type == "global"
        ]
        if shortcuts and not viewer.workspace.is_outside(viewer.user_id):
            items = [
                Item(
                    shortcut.name,
                    partial(self._run, shortcut.callback_id),
                    shortcut.description,
                )
                for shortcut in shortcuts
            ]
            menu("Shortcuts", items, "button", text="Shortcuts")

    async def _run(self, callback_id: str) -> None:
        viewer = self._viewer
        show_notice(viewer.client, await viewer.acts.shortcut(viewer.user_id, callback_id))

    def _offer(self, text: str) -> None:
        self._hide()
        if text.startswith("/") and " " not in text and self._thread_ts is None:
            self._offer_commands(text)
        elif (start := text.rfind("@")) >= 0 and (start == 0 or text[start - 1].isspace()):
            self._offer_people(text[:start], text[start + 1 :].casefold())

    def _offer_commands(self, text: str) -> None:
        workspace = self._viewer.workspace
        if workspace.is_outside(self._viewer.user_id):
            home = workspace.home_team.name
            self._show_note(f"The app's commands work for people of {home} only. You can press its buttons.")
            return
        for command in workspace.manifest.commands:
            if command.name.startswith(text.lower()):
                hint = f"{command.name} {command.usage_hint}".strip()
                self._show_offer(hint, command.description, f"{command.name} ")

    def _offer_people(self, before: str, start: str) -> None:
        workspace = self._viewer.workspace
        people = [workspace.people[workspace.bot_user_id], *workspace.members()]
        for person in people:
            if person.real_name.casefold().startswith(start) and person.id != self._viewer.user_id:
                self._show_offer(person.real_name, person.agency or "App", f"{before}@{person.real_name} ")

    def _show_offer(self, label: str, detail: str, text: str) -> None:
        with self._offers:
            offer = button(label, partial(self._take, text), "option", text="", role="option", tabindex="-1")
            with offer:
                Tag("span", "option-label", label)
                Tag("span", "choice-detail", detail)
        self._offers.set_visibility(True)

    def _show_note(self, text: str) -> None:
        with self._offers:
            Tag("div", "options-note", text)
        self._offers.set_visibility(True)

    def _take(self, text: str) -> None:
        self._hide()
        field = f"getHtmlElement({self._field.id})"
        ui.run_javascript(f"{field}.value = {json.dumps(text)}; {field}.focus();")

    def _hide(self) -> None:
        self._offers.clear()
        self._offers.set_visibility(False)
