"""A type-ahead list of one or many choices: external selects and every multi-select.

The list stands under the field, in the page's own flow, so nothing can cut it off on a narrow screen.
Arrow keys and Escape are handled in `assets/client.js`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from sandbox.pages import texts
from sandbox.pages.choices import named_options, noun_of
from sandbox.pages.option_list import Groups, OptionList
from sandbox.pages.surface import Control, grouped_options
from sandbox.pages.tags import EMIT_VALUE, Tag, button, typed
from sandbox.state import Json

Search = Callable[[str], Awaitable[Groups]]


def show_picker(control: Control) -> Tag:
    """Put the field for an external select or a multi-select on the page and return its text field."""
    kind = str(control.element["type"])
    if kind.endswith("external_select"):
        return Picker(control, control.suggest).field
    groups = (
        grouped_options(control.element) if kind.endswith("static_select") else {"": named_options(control)}
    )

    async def among(text: str) -> Groups:
        return _only(groups, lambda option: text.casefold() in texts.plain(option["text"]).casefold())

    known = [option for options in groups.values() for option in options]
    return Picker(control, among, known).field


def _only(groups: Groups, is_wanted: Callable[[Json], bool]) -> Groups:
    """The options that are wanted, without the groups that are empty then."""
    left = {heading: [one for one in options if is_wanted(one)] for heading, options in groups.items()}
    return {heading: options for heading, options in left.items() if options}


class Picker:
    """What is chosen as removable chips, a text field and the list of matches."""

    def __init__(self, control: Control, search: Search, known: list[Json] | None = None) -> None:
        self._control = control
        self._search = search
        self._is_many = str(control.element["type"]).startswith("multi_")
        self._chosen = self._already_chosen(known or [])
        self._asked = 0
        placeholder = texts.plain(control.element.get("placeholder")) or "Type to search"
        with Tag("div", "picker", **control.hooks):
            self._chips = Tag("div", "chips")
            self.field = Tag(
                "input",
                "field-box",
                type="text",
                role="combobox",
                autocomplete="off",
                placeholder=placeholder,
                aria_label=None if control.in_form else control.name,
                aria_autocomplete="list",
                aria_expanded="false",
                data_action_id=control.action_id,
            )
            self._list = OptionList(self._choose)
        self.field.set(aria_controls=self._list.holder.html_id)
        for event in ("input", "click", "keydown.down"):
            self.field.on(event, lambda event: self._look_up(typed(event)), js_handler=EMIT_VALUE)
        self.field.on("dismiss", lambda _: self._hide(), args=[])
        self._list.holder.set_visibility(False)
        self._show_chips()

    def _already_chosen(self, known: list[Json]) -> list[Json]:
        if (noun := noun_of(self._control.element)) in ("user", "channel", "conversation"):
            ids = self._control.chosen(f"selected_{noun}s") or []
            return [option for option in known if option["value"] in ids]
        if self._is_many:
            return list(self._control.chosen("selected_options") or [])
        one = self._control.chosen("selected_option")
        return [one] if one else []

    async def _look_up(self, text: str) -> None:
        self._asked += 1
        asked = self._asked
        found = await self._search(text)
        if asked != self._asked or self._list.holder.is_deleted:
            return
        taken = {option["value"] for option in self._chosen} if self._is_many else set()
        self._offer(_only(found, lambda option: option["value"] not in taken), text)
        self._list.holder.set_visibility(True)
        self.field.set(aria_expanded="true")
        ui.run_javascript(f"getHtmlElement({self._list.holder.id}).scrollIntoView({{block: 'nearest'}})")

    def _offer(self, groups: Groups, text: str) -> None:
        limit = f"You can choose at most {self._limit}." if self._is_full else ""
        note = limit or ("" if groups else self._nothing_found(text))
        self._list.show({} if limit else groups, note)

    def _nothing_found(self, text: str) -> str:
        least = self._control.element.get("min_query_length", 3)
        if self._control.element["type"].endswith("external_select") and len(text) < least:
            return f"Type at least {least} letters."
        return "Nothing found."

    @property
    def _limit(self) -> int:
        return int(self._control.element.get("max_selected_items", 0))

    @property
    def _is_full(self) -> bool:
        return self._is_many and 0 < self._limit <= len(self._chosen)

    async def _choose(self, option: Json) -> None:
        self._chosen = [*self._chosen, option] if self._is_many else [option]
        self._hide()
        self._show_chips()
        await self._report()

    async def _drop(self, option: Json) -> None:
        self._chosen = [one for one in self._chosen if one["value"] != option["value"]]
        self._show_chips()
        await self._report()

    async def _report(self) -> None:
        values = [str(option["value"]) for option in self._chosen]
        await self._control.change(values if self._is_many else (values[0] if values else None))

    def _hide(self) -> None:
        self._asked += 1
        self._list.show({}, "")
        self._list.holder.set_visibility(False)
        self.field.set(aria_expanded="false")

    def _show_chips(self) -> None:
        self._chips.clear()
        self._chips.set_visibility(bool(self._chosen))
        with self._chips:
            for option in self._chosen:
                label = texts.plain(option["text"])
                with Tag("span", "chip", data_value=option["value"]):
                    Tag("span", "chip-label", label)
                    button(f"Remove {label}", partial(self._drop, option), "chip-remove", text="×")
