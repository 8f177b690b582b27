"""Which button a press means, when the blocks have changed since it was drawn."""

from typing import Any

import pytest

from sandbox.pages.presses import Press, find_pressed
from tests.sandbox.pages.blocks import actions, button, plain

BLOCKS: list[dict[str, Any]] = [
    {"type": "context", "elements": [plain("No button")]},
    {"type": "section", "block_id": "s", "text": plain("x"), "accessory": button("Add", "add", value="one")},
    actions(button("Add", "add", value="two"), button("Close", "close"), block_id="a"),
]


@pytest.mark.parametrize(
    ("press", "block_id", "label"),
    [
        (Press("a", "add", "two"), "a", "two"),
        (Press("old", "add", "two"), "a", "two"),
        (Press("s", "add", "two"), "a", "two"),
        (Press("s", "add", "newer"), "s", "one"),
        (Press("a", "close", None), "a", None),
        (Press("old", "close", None), "a", None),
    ],
)
def test_a_press_finds_its_button_again(press: Press, block_id: str, label: str | None) -> None:
    found = find_pressed(BLOCKS, press)
    assert found is not None
    assert (found[0], found[1].get("value")) == (block_id, label)


@pytest.mark.parametrize("press", [Press("old", "add", "newer"), Press("a", "gone", None)])
def test_a_press_of_what_is_gone_finds_nothing(press: Press) -> None:
    assert find_pressed(BLOCKS, press) is None
