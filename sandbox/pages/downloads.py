"""Where the browser gets the workspace's files."""

from __future__ import annotations

from urllib.parse import quote

from sandbox.state import StoredFile


def file_address(file: StoredFile) -> str:
    """The address of a file on this server."""
    return f"/sandbox/files/{file.id}/{quote(file.name, safe='')}"
