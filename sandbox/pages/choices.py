"""Elements with all options in sight or in the browser's own list: selects, radio buttons, checkboxes."""

from __future__ import annotations

from sandbox.conversations import offered_conversations
from sandbox.pages import confirm, texts
from sandbox.pages.surface import Control
from sandbox.pages.tags import EMIT_CHECKED, EMIT_VALUE, Tag, typed
from sandbox.state import Json


def show_select(control: Control) -> Tag:
    """A menu of one choice with the browser's own list."""
    chosen = control.chosen("selected_option")
    picked = chosen["value"] if chosen else ""
    select = _select(control, picked, bool(chosen))
    with select:
        for option in control.element.get("options") or []:
            _option(option, picked)
        for group in control.element.get("option_groups") or []:
            with Tag("optgroup", label=texts.plain(group["label"])):
                for option in group["options"]:
                    _option(option, picked)
    return select


def show_people_select(control: Control) -> Tag:
    """A menu of one person, channel or conversation."""
    noun = noun_of(control.element)
    picked = control.chosen(f"selected_{noun}") or ""
    select = _select(control, picked, bool(picked))
    with select:
        for option in named_options(control):
            _option(option, picked)
    return select


def show_radio_buttons(control: Control) -> Tag:
    """A group of radio buttons."""
    chosen = control.chosen("selected_option")
    group = Tag("div", "choices", role="radiogroup", **control.hooks)
    with group:
        for option in control.element["options"]:
            is_on = chosen is not None and chosen["value"] == option["value"]
            mark = _choice(control, option, "radio", is_on, group.html_id)
            mark.on("change", lambda event: control.change(typed(event)), js_handler=EMIT_VALUE)
    return group


def show_checkboxes(control: Control) -> Tag:
    """A group of checkboxes."""
    picked = {option["value"] for option in control.chosen("selected_options") or []}
    every = [option["value"] for option in control.element["options"]]
    group = Tag("div", "choices", role="group", **control.hooks)

    async def set_one(value: str, is_on: bool) -> None:
        (picked.add if is_on else picked.discard)(value)
        await control.change([one for one in every if one in picked])

    with group:
        for option in control.element["options"]:
            value = option["value"]
            mark = _choice(control, option, "checkbox", value in picked, group.html_id)
            mark.on(
                "change",
                lambda event, value=value: set_one(value, bool(event.args)),
                js_handler=EMIT_CHECKED,
            )
    return group


def named_options(control: Control) -> list[Json]:
    """The people, channels or conversations an element offers, as options."""
    workspace, viewer, noun = control.viewer.workspace, control.viewer, noun_of(control.element)
    options: list[tuple[str, str]] = []
    if noun in ("channel", "conversation"):
        for channel in offered_conversations(workspace, viewer.user_id, control.element):
            label = workspace.channel_label(channel, viewer.user_id)
            options.append((channel.id, f"#{label}" if channel.kind in ("public", "private") else label))
    else:
        people = [*workspace.members(), workspace.people[workspace.bot_user_id]]
        options.extend((person.id, person.real_name) for person in people)
    return [{"text": {"type": "plain_text", "text": text}, "value": value} for value, text in options]


def noun_of(element: Json) -> str:
    """`user`, `channel` or `conversation`, after the element's type."""
    return str(element["type"]).removeprefix("multi_").removesuffix("s_select")


def _select(control: Control, picked: str, has_choice: bool) -> Tag:
    select = Tag("select", "field-box", aria_label=None if control.in_form else control.name, **control.hooks)

    async def choose(value: str) -> None:
        if await confirm.agreed(control.element.get("confirm"), control.viewer):
            await control.change(value or None)

    select.on("change", lambda event: choose(typed(event)), js_handler=EMIT_VALUE)
    with select:
        placeholder = texts.plain(control.element.get("placeholder")) or "Choose an option"
        Tag("option", text=placeholder, value="", selected=not has_choice or None)
    return select


def _option(option: Json, picked: str) -> None:
    Tag(
        "option",
        text=texts.plain(option["text"]),
        value=option["value"],
        data_value=option["value"],
        selected=option["value"] == picked or None,
    )


def _choice(control: Control, option: Json, kind: str, is_on: bool, name: str) -> Tag:
    with Tag("label", "choice"):
        mark = Tag(
            "input", type=kind, name=name, value=option["value"], data_value=option["value"], **control.hooks
        )
        mark.props["defaultChecked"] = is_on
        with Tag("span", "choice-text"):
            texts.show(option["text"], control.viewer, tag="span")
            if description := option.get("description"):
                texts.show(description, control.viewer, "choice-detail", tag="span")
    return mark
