"""The list of matches under a type-ahead field, under headings where its options come in groups."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from sandbox.pages import texts
from sandbox.pages.tags import Tag, button
from sandbox.state import Json

Groups = dict[str, list[Json]]
"""Options under their headings; those under no heading stand under an empty one."""


class OptionList:
    """What can be chosen now, or a note where that is nothing."""

    def __init__(self, choose: Callable[[Json], Awaitable[None]]) -> None:
        self._choose = choose
        self._groups: dict[str, Tag] = {}
        self._options: dict[tuple[str, str], Tag] = {}
        self.holder = Tag("div", "options", role="listbox", aria_label="Matches")
        with self.holder:
            self._note = Tag("div", "options-note")

    def show(self, groups: Groups, note: str) -> None:
        """Show these options; those that were there already stay, so that a click on one is not lost."""
        self._note.set_text(note)
        self._note.set_visibility(bool(note))
        wanted = {(heading, str(one["value"])) for heading, options in groups.items() for one in options}
        for key in self._options.keys() - wanted:
            self._options.pop(key).delete()
        for heading in self._groups.keys() - groups.keys():
            self._groups.pop(heading).delete()
        for place, (heading, options) in enumerate(groups.items()):
            group = self._group(heading)
            group.move(self.holder, place + 1)
            for index, option in enumerate(options):
                self._option(heading, option).move(group, index + bool(heading))

    def _group(self, heading: str) -> Tag:
        if heading not in self._groups:
            with self.holder:
                named = {"role": "group", "aria_label": heading} if heading else {}
                self._groups[heading] = Tag("div", "options-group", **named)
            if heading:
                with self._groups[heading]:
                    Tag("div", "options-heading", heading, aria_hidden="true")
        return self._groups[heading]

    def _option(self, heading: str, option: Json) -> Tag:
        key = heading, str(option["value"])
        if key not in self._options:
            with self._groups[heading]:
                self._options[key] = self._line(option)
        return self._options[key]

    def _line(self, option: Json) -> Tag:
        line = button(
            texts.plain(option["text"]),
            partial(self._choose, option),
            "option",
            text="",
            role="option",
            tabindex="-1",
            data_value=option["value"],
        )
        with line:
            Tag("span", text=texts.plain(option["text"]))
            if description := option.get("description"):
                Tag("span", "choice-detail", texts.plain(description))
        return line
