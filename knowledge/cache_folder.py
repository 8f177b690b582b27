"""Where files are kept that can be made again: `commonground` in the user's cache folder."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache_folder() -> Path:
    """By the XDG rules, `$XDG_CACHE_HOME` or `~/.cache`. It need not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "commonground"


def written_whole(file: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a new file, then put it in place, so that nobody ever reads half of it.

    Raises OSError when that cannot be done.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        new = Path(folder) / file.name
        write(new)
        new.replace(file)
