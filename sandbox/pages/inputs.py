"""Elements one types into: text, numbers, dates, times and files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from nicegui import events, ui

from sandbox.pages import texts
from sandbox.pages.surface import Control, Value
from sandbox.pages.tags import EMIT_VALUE, Tag, typed

_ENTER = "(event) => { event.preventDefault(); emit(event.target.value); }"
COUNTED_FROM = 0.8
"""The share of a field's length from which on its characters are counted; before that it is noise."""
_KINDS = {"email_text_input": "email", "url_text_input": "url"}


def show_text_input(control: Control) -> Tag:
    """A field for words; of a rich text field only the words are asked for."""
    element = control.element
    is_long = bool(element.get("multiline")) or element["type"] == "rich_text_input"
    value = _plain_value(control)
    field = _field(control, "textarea" if is_long else "input", value, rows=4 if is_long else None)
    if not is_long:
        field.set(type=_KINDS.get(element["type"], "text"))
    counter = _counter(element.get("max_length"), len(value))

    async def typing(text: str) -> None:
        if counter is not None:
            _count(counter, element["max_length"], len(text))
        await control.change(text)

    field.on("input", lambda event: typing(typed(event)), js_handler=EMIT_VALUE)
    if _dispatches_on_enter(control):
        field.on("keydown.enter", lambda event: control.press(typed(event)), js_handler=_ENTER)
    return field


def show_number_input(control: Control) -> Tag:
    """A field for a number; what is not a number can be typed too, so that the app's refusal can be seen."""
    value = control.chosen("value")
    field = _field(control, "input", "" if value is None else str(value), type="text", inputmode="decimal")
    field.on("input", lambda event: control.change(typed(event) or None), js_handler=EMIT_VALUE)
    if _dispatches_on_enter(control):
        field.on("keydown.enter", lambda event: control.press(typed(event)), js_handler=_ENTER)
    return field


def show_datepicker(control: Control) -> Tag:
    """A date, `YYYY-MM-DD`."""
    return _moment(control, "date", control.chosen("selected_date") or "", lambda text: text or None)


def show_timepicker(control: Control) -> Tag:
    """A time of day, `HH:MM`."""
    return _moment(control, "time", control.chosen("selected_time") or "", lambda text: text or None)


def show_datetimepicker(control: Control) -> Tag:
    """A date and time in the person's own zone, kept as Unix seconds."""
    zone = control.viewer.zone
    seconds = control.element.get("initial_date_time")
    seconds = control.state.get("selected_date_time", seconds)
    shown = f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%dT%H:%M}" if seconds else ""

    def in_seconds(text: str) -> Value:
        return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()) if text else None

    return _moment(control, "datetime-local", shown, in_seconds)


def show_file_input(control: Control) -> Tag:
    """Files from the person's device."""
    chosen: list[str] = [str(file["id"]) for file in control.state.get("files") or []]

    async def take(event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        chosen.append(await control.viewer.acts.upload(control.viewer.user_id, event.file.name, content))
        await control.change(list(chosen))

    most = int(control.element.get("max_files", 10))
    with Tag("div", "files", role="group", **control.hooks) as holder:
        upload = ui.upload(on_upload=take, multiple=most > 1, max_files=most, auto_upload=True)
        upload.props["flat"] = True
        upload.props["label"] = "Choose a file" if most == 1 else "Choose files"
        if kinds := control.element.get("filetypes"):
            upload.props["accept"] = ",".join(f".{kind}" for kind in kinds)
    return holder


def _plain_value(control: Control) -> str:
    if control.element["type"] != "rich_text_input":
        return str(control.chosen("value") or "")
    rich = control.state.get("rich_text_value") or control.element.get("initial_value") or {}
    runs = [run for section in rich.get("elements", []) for run in section.get("elements", [])]
    return "".join(str(run.get("text", "")) for run in runs)


def _dispatches_on_enter(control: Control) -> bool:
    triggers = control.element.get("dispatch_action_config", {}).get(
        "trigger_actions_on", ["on_enter_pressed"]
    )
    return control.dispatches and "on_enter_pressed" in triggers


def _field(control: Control, tag: str, value: str, **attributes: Any) -> Tag:
    # `defaultValue` rather than `value`: what the person types then belongs to the browser, and an update
    # of the page cannot take it away or move the cursor.
    field = Tag(
        tag,
        "field-box",
        placeholder=texts.plain(control.element.get("placeholder")) or None,
        aria_label=None if control.in_form else control.name,
        autofocus=control.element.get("focus_on_load") or None,
        autocomplete="off",
        **control.hooks,
        **attributes,
    )
    field.props["defaultValue"] = value
    return field


def _moment(control: Control, kind: str, value: str, read: Callable[[str], Value]) -> Tag:
    field = _field(control, "input", value, type=kind)
    field.classes("field-moment")
    field.on("change", lambda event: control.change(read(typed(event))), js_handler=EMIT_VALUE)
    return field


def _counter(limit: int | None, length: int) -> Tag | None:
    if limit is None:
        return None
    counter = Tag("div", "counter")
    _count(counter, limit, length)
    return counter


def _count(counter: Tag, limit: int, length: int) -> None:
    is_near = length > limit * COUNTED_FROM
    counter.set_text(f"{length} of {limit} characters" if is_near else "")
    counter.classes(replace="counter counter-over" if length > limit else "counter")
