"""Presses of buttons, heard for a whole message or view at once.

A button may be drawn anew in the moment in which it is pressed. What was pressed is therefore told by its
ids and value, and looked for among the blocks as they are now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.pages import confirm
from sandbox.pages.notice import show_notice
from sandbox.pages.surface import Control, Surface
from sandbox.pages.tags import Tag
from sandbox.state import Json

GONE = "This has changed in the meantime. Look again, then press."

_TELL = """(event) => {
  const pressed = event.target.closest('[data-press]');
  if (!pressed) return;
  event.currentTarget.setAttribute('aria-busy', 'true');
  const { actionId, value } = pressed.dataset;
  emit(pressed.closest('.bk').dataset.blockId, actionId, value ?? null);
}"""


@dataclass(frozen=True)
class Press:
    """The button that was pressed, as it stood on the page."""

    block_id: str
    action_id: str
    value: str | None


Pressed = tuple[str, Json]
"""The id of a block and the button in it."""


def listen_for_presses(holder: Tag, surface: Surface, find: Callable[[Press], Pressed | None]) -> None:
    """Tell the app of each press of a button inside `holder`, after the question that it may ask first.

    From the press until what came of it is on the page, `holder` says that it is busy.
    """

    async def act(block_id: str, action_id: str, value: str | None) -> None:
        press = Press(block_id, action_id, value)
        found = as_it_is_now(press)
        if found and (question := found[1].get("confirm")):
            be_done()
            if not await confirm.agreed(question, surface.viewer):
                return
            found = as_it_is_now(press)
        if found:
            await Control(surface, *found).press()
        else:
            show_notice(surface.viewer.client, GONE)
        be_done()

    def as_it_is_now(press: Press) -> Pressed | None:
        surface.viewer.updates.flush()
        return find(press)

    def be_done() -> None:
        surface.viewer.updates.flush()
        surface.viewer.client.run_javascript(f"getHtmlElement({holder.id})?.removeAttribute('aria-busy')")

    holder.on("click", lambda event: act(*event.args), js_handler=_TELL)


def find_pressed(blocks: list[Json], press: Press) -> Pressed | None:
    """The button as it is now: the very same, else one with its action and value, else one with its ids."""
    buttons = [
        (str(block.get("block_id")), element)
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("action_id") == press.action_id
    ]
    tests: tuple[Callable[[str, Json], bool], ...] = (
        lambda block_id, button: block_id == press.block_id and button.get("value") == press.value,
        lambda block_id, button: button.get("value") == press.value,
        lambda block_id, button: block_id == press.block_id,
    )
    matching = (button for test in tests for button in buttons if test(*button))
    return next(matching, None)
