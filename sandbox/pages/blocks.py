"""Lists of Block Kit blocks on the page, kept in step with the app by changing only what changed."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.pages.block_kinds import show_block
from sandbox.pages.field import Field
from sandbox.pages.presses import Press, Pressed, find_pressed, listen_for_presses
from sandbox.pages.surface import Surface
from sandbox.pages.tags import Tag
from sandbox.state import Json


@dataclass
class _Shown:
    """A block as it stands on the page."""

    block: Json
    holder: Tag
    field: Field | None = None


class BlockList:
    """The blocks of one message or view, inside the element that was open when this was made."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._shown: dict[str, _Shown] = {}
        self._holder = Tag("div", "blocks")
        listen_for_presses(self._holder, surface, self._find)

    def _find(self, press: Press) -> Pressed | None:
        return find_pressed([shown.block for shown in self._shown.values()], press)

    def update(self, blocks: list[Json]) -> None:
        """Show these blocks: what is the same stays untouched, input blocks keep what is typed."""
        keys = [str(block.get("block_id") or index) for index, block in enumerate(blocks)]
        self._adopt(dict(zip(keys, blocks, strict=True)))
        for key in [key for key in self._shown if key not in keys]:
            self._shown.pop(key).holder.delete()
        for index, (key, block) in enumerate(zip(keys, blocks, strict=True)):
            self._show(key, block)
            holder = self._shown[key].holder
            if self._holder.default_slot.children.index(holder) != index:
                holder.move(self._holder, index)

    def _adopt(self, wanted: dict[str, Json]) -> None:
        """Keep blocks that only got another id, which apps give anew with each change of a message."""
        gone = [key for key in self._shown if key not in wanted]
        for key in [key for key in wanted if key not in self._shown]:
            block = wanted[key]
            twin = next((old for old in gone if _is_twin(self._shown[old].block, block)), None)
            if twin is not None:
                gone.remove(twin)
                self._shown[key] = self._shown.pop(twin)
                self._shown[key].block = block
                self._shown[key].holder.set(data_block_id=key)

    def _show(self, key: str, block: Json) -> None:
        shown = self._shown.get(key)
        if shown and shown.field and block["type"] == "input":
            shown.field.update(block)
        elif shown and shown.block == block:
            return
        elif shown:
            shown.holder.clear()
            shown.holder.classes(replace=_classes(block))
            shown.field = self._draw(block, shown.holder)
        else:
            with self._holder:
                holder = Tag("div", _classes(block), data_block_id=block.get("block_id"))
            shown = self._shown[key] = _Shown(block, holder)
            shown.field = self._draw(block, holder)
        shown.block = block

    def _draw(self, block: Json, holder: Tag) -> Field | None:
        with holder:
            if block["type"] == "input":
                return Field(self._surface, block)
            show_block(block, self._surface)
        return None


def _classes(block: Json) -> str:
    return f"bk bk-{str(block['type']).replace('_', '-')}"


def _is_twin(old: Json, new: Json) -> bool:
    """Whether two blocks differ in their ids only, and hold nothing that reports under its block's id."""
    elements = [*new.get("elements", []), new.get("accessory") or {}, new.get("element") or {}]
    is_free = all(element.get("type") == "button" or "action_id" not in element for element in elements)
    return is_free and old | {"block_id": ""} == new | {"block_id": ""}
