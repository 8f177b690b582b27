"""Pictures in blocks. Only files of the sandbox are loaded: the page asks nothing of other machines."""

from __future__ import annotations

from sandbox.pages.downloads import file_address
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag
from sandbox.state import Json


def show_image(holder: Json, viewer: Viewer, classes: str) -> None:
    """A picture from an image block or element; one from elsewhere is a box with its description."""
    description = str(holder.get("alt_text", ""))
    address = _address(holder, viewer)
    if address:
        Tag("img", classes, src=address, alt=description)
    else:
        Tag("div", "unknown", f"Picture: {description}", role="img", aria_label=description)


def _address(holder: Json, viewer: Viewer) -> str | None:
    source = holder.get("slack_file") or {}
    url = str(holder.get("image_url") or source.get("url") or "")
    files = viewer.workspace.files
    if source.get("id") in files:
        return file_address(files[source["id"]])
    return next((file_address(file) for file in files.values() if f"/{file.id}/" in url), None)
