"""A workflow that consists of one step of the app's: its inputs are asked for, its outputs shown."""

from __future__ import annotations

import json
from typing import Any

from nicegui import ui

from sandbox.manifest import Step
from sandbox.pages import rich_text
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import EMIT_CHECKED, EMIT_VALUE, Tag, button, html, typed
from sandbox.parameters import Parameter
from sandbox.state import Json
from sandbox.steps import StepOutcome

_NUMBERS = {"integer": int, "number": float}
_ENTER = "(event) => { if (!event.shiftKey) { event.preventDefault(); emit(); } }"


class StepDialog:
    """One step in a dialog, which can be run again with other inputs."""

    def __init__(self, viewer: Viewer, step: Step) -> None:
        self._viewer = viewer
        self._step = step
        self._inputs: Json = {}
        title = f"Workflow step: {step.title}"
        with viewer.client, ui.dialog() as self._dialog:
            self._dialog.props["aria-label"] = title
            self._frame = Tag("div", "dialog")
        self._dialog.on("hide", self._dialog.delete, args=[])
        with self._frame:
            with Tag("header", "dialog-head"):
                Tag("h2", "dialog-title", title)
                button("Close dialog", self._dialog.close, "icon-button", text="×")
            with Tag("div", "dialog-body step"):
                Tag("p", text=step.description)
                for parameter in step.inputs:
                    self._field(parameter)
                self._trouble = Tag("div", "trouble", role="alert")
                self._outcome = Tag("div", role="status")
            with Tag("footer", "dialog-footer"):
                button("Close", self._dialog.close)
                self._run_button = button("Run step", self._run, "button button-primary")
        self._trouble.set_visibility(False)
        self._dialog.open()

    def _field(self, parameter: Parameter) -> None:
        with Tag("div", "field"):
            with Tag("label", "field-label") as label:
                Tag("span", text=parameter.title)
                if not parameter.is_required:
                    Tag("span", "field-optional", " (optional)")
            field = self._control(parameter)
            hint = Tag("div", "field-hint", parameter.description)
            hint.set_visibility(bool(parameter.description))
        label.set(for_=field.html_id)
        field.set(aria_describedby=hint.html_id)

    def _control(self, parameter: Parameter) -> Tag:
        def keep(value: Any) -> None:
            self._inputs[parameter.name] = value

        if parameter.type == "boolean":
            mark = Tag("input", type="checkbox")
            mark.on("change", lambda event: keep(bool(event.args)), js_handler=EMIT_CHECKED)
            return mark
        if (choices := self._choices(parameter.type)) is not None:
            select = Tag("select", "field-box")
            select.on("change", lambda event: keep(typed(event)), js_handler=EMIT_VALUE)
            with select:
                Tag("option", text="Choose an option", value="")
                for value, name in choices.items():
                    Tag("option", text=name, value=value)
            return select
        field = (
            Tag("textarea", "field-box", rows=1)
            if parameter.type == "string"
            else Tag("input", "field-box", type="text", autocomplete="off")
        )
        field.on("input", lambda event: keep(_read(parameter.type, typed(event))), js_handler=EMIT_VALUE)
        field.on("keydown.enter", lambda _: self._run(), args=[], js_handler=_ENTER)
        return field

    def _choices(self, kind: str) -> dict[str, str] | None:
        """Names by id, for an input that is one of the people or conversations."""
        viewer = self._viewer
        workspace = viewer.workspace
        if kind == "slack#/types/user_id":
            return {person.id: person.real_name for person in workspace.members()}
        if kind == "slack#/types/channel_id":
            channels = workspace.channels_for(viewer.user_id)
            return {channel.id: workspace.channel_label(channel, viewer.user_id) for channel in channels}
        return None

    async def _run(self) -> None:
        if self._run_button.props.get("disabled"):
            return
        self._run_button.set(disabled=True)
        self._show(None)
        outcome = await self._viewer.acts.run_step(
            self._viewer.user_id, self._step.callback_id, dict(self._inputs)
        )
        if not self._frame.is_deleted:
            self._show(outcome)
            self._run_button.set(disabled=False)

    def _show(self, outcome: StepOutcome | None) -> None:
        """Show what came of the step, or that it runs."""
        trouble = outcome.trouble if outcome else None
        self._trouble.set_text(trouble or "")
        self._trouble.set_visibility(trouble is not None)
        self._outcome.clear()
        with self._outcome:
            if outcome is None:
                Tag("p", text="The step is running.")
            elif trouble is None:
                Tag("h3", "bk-heading", "Outputs" if outcome.outputs else "Done, without outputs")
                for parameter in self._step.outputs:
                    if parameter.name in outcome.outputs:
                        self._output(parameter, outcome.outputs[parameter.name])

    def _output(self, parameter: Parameter, value: Any) -> None:
        with Tag("section", "step-output", aria_label=parameter.title):
            Tag("h4", "field-label", parameter.title)
            if isinstance(value, dict) and value.get("type") == "rich_text":
                html(rich_text.render(value, self._viewer), "rich-text")
            elif isinstance(value, list):
                with Tag("ul"):
                    for one in value:
                        Tag("li", text=_words(one))
            else:
                Tag("p", text=_words(value))


def _read(kind: str, text: str) -> Any:
    """The value that was typed; as it is when it is none, so that the refusal can be seen."""
    try:
        return _NUMBERS[kind](text) if kind in _NUMBERS and text else text
    except ValueError:
        return text


def _words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
