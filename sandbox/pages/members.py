"""Who is in a channel, and the means to add somebody or to leave."""

from __future__ import annotations

from nicegui import ui

from sandbox.pages.avatar import show_avatar
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import EMIT_VALUE, Tag, button, typed
from sandbox.state import Channel


class MembersDialog:
    """The members of one channel, in a dialog."""

    def __init__(self, viewer: Viewer, channel: Channel) -> None:
        self._viewer = viewer
        self._channel = channel
        # The button that led here is drawn anew when somebody joins; the dialog must outlive it.
        with viewer.client, ui.dialog() as self._dialog:
            self._dialog.props["aria-label"] = "Members"
            self._frame = Tag("div", "dialog dialog-small")
        self._dialog.on("hide", self._dialog.delete, args=[])
        self._dialog.open()
        self._show()

    def _show(self) -> None:
        channel = self._channel
        self._frame.clear()
        with self._frame:
            with Tag("header", "dialog-head"):
                Tag("h2", "dialog-title", f"Members of #{channel.name}")
            with Tag("div", "dialog-body"):
                self._trouble = Tag("div", "trouble", role="alert")
                self._trouble.set_visibility(False)
                with Tag("ul", "members"):
                    for user_id in channel.members:
                        self._member(user_id)
                self._adder()
            with Tag("footer", "dialog-footer"):
                if self._viewer.user_id in channel.members:
                    button("Leave channel", self._leave)
                button("Done", self._dialog.close, "button button-primary")

    def _member(self, user_id: str) -> None:
        person = self._viewer.workspace.people[user_id]
        with Tag("li", "member"):
            show_avatar(person, "avatar-small")
            Tag("span", "member-name", person.real_name)
            Tag("span", "member-detail", "App" if person.is_bot else person.agency)
            if person.is_guest:
                Tag("span", "tag", "Guest")
            if self._viewer.workspace.is_outside(person.id):
                Tag("span", "tag", self._viewer.workspace.teams[person.team_id].name)

    def _adder(self) -> None:
        workspace = self._viewer.workspace
        people = [*workspace.members(), workspace.people[workspace.bot_user_id]]
        others = [person for person in people if person.id not in self._channel.members]
        if not others:
            return
        label = Tag("label", "field-label", "Add somebody")
        select = Tag("select", "field-box")
        label.set(for_=select.html_id)
        with select:
            Tag("option", text="Choose a person or the app", value="", selected=True)
            for person in others:
                Tag("option", text=person.real_name, value=person.id)
        select.on("change", lambda event: self._add(typed(event)), js_handler=EMIT_VALUE)

    async def _add(self, invited_id: str) -> None:
        if not invited_id:
            return
        me = self._viewer.user_id
        self._report(await self._viewer.acts.invite(me, self._channel.id, invited_id))

    async def _leave(self) -> None:
        self._report(await self._viewer.acts.leave(self._viewer.user_id, self._channel.id))

    def _report(self, trouble: str | None) -> None:
        self._show()
        self._trouble.set_text(trouble or "")
        self._trouble.set_visibility(trouble is not None)
