"""The file that is in use: whether it is still where it was, and what is done when it is not.

On Unix a file that has been deleted lives on, without a name, in the programs that have it open.
What is committed to it then would be gone with the process, so nothing of it is acknowledged. A
file that was deleted is written again from what is still open. Where another file was put in its
place, that one is used from then on.
"""

import logging
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias

from storage import migrations, sqlite_schema
from storage.sqlite_connection import MEMORY, PRESS_SECONDS, connect, in_words
from storage.store import UnavailableError

log = logging.getLogger(__name__)

Identity: TypeAlias = tuple[int, int]
"""Device and inode."""
_WHAT = {True: "deleted while in use, and was written again", False: "replaced by another file while in use"}


class FileInUse:
    """The file at a path, as it was when this object was made."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._identity = _identity(path)
        self._log_identities: dict[str, Identity] = {}

    def is_in_place(self) -> bool:
        """Whether the path still leads to it; asked after each commit."""
        if self._path == MEMORY:
            return True
        if _identity(self._path) != self._identity:
            return False
        if not self._log_identities:
            found = {
                f"{self._path}{ending}": _identity(f"{self._path}{ending}") for ending in ("-wal", "-shm")
            }
            self._log_identities = {path: identity for path, identity in found.items() if identity}
        return True

    def reopen(self, connection: sqlite3.Connection) -> tuple[sqlite3.Connection, bool]:
        """A connection to what is at the path now, and whether that holds what `connection` held.

        :raises UnavailableError: another file was put there that cannot be used, or none can be written
        """
        is_written_again = _identity(self._path) is None and self._write_again(connection)
        if not is_written_again:
            self._look_at_another()
        opened = connect(self._path, create=False, patience=PRESS_SECONDS)
        self._identity = _identity(self._path)
        log.error("The database %s had been %s.", self._path, _WHAT[is_written_again])
        return opened, is_written_again

    def _look_at_another(self) -> None:
        """Refuse a file that cannot be used; our logs would spoil it, and come back for our own file then."""
        aside = [Path(path) for path, identity in self._log_identities.items() if _identity(path) == identity]
        for path in aside:
            path.rename(f"{path}.aside")
        try:
            with closing(connect(self._path, query_only=True, patience=PRESS_SECONDS)) as other:
                migrations.refuse_pending(sqlite_schema.pending(self._path, other))
        except BaseException:
            for path in aside:
                Path(f"{path}.aside").rename(path)
            raise
        for path in aside:
            Path(f"{path}.aside").unlink()
        self._log_identities = {}

    def _remove_logs(self) -> None:
        """What belongs to a file that has gone would be taken for the log of the next."""
        for path, identity in self._log_identities.items():
            if _identity(path) == identity:
                with suppress(OSError):
                    Path(path).unlink()
        self._log_identities = {}

    def _write_again(self, connection: sqlite3.Connection) -> bool:
        """Returns whether it was us: another process may have been quicker, and its file is used then."""
        path = Path(self._path).absolute()
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            with in_words(self._path):
                connection.execute("VACUUM INTO ?", [str(part)])
            with part.open("rb") as file:
                os.fsync(file.fileno())
            self._remove_logs()
            try:
                os.link(part, path)
            except FileExistsError:
                return False
            _keep_name(path.parent)
            return True
        except OSError as error:
            raise UnavailableError(
                f"The database {self._path} has been deleted and cannot be written again: {error.strerror}."
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """See to it that the folder is on the disk with what it holds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _identity(path: str) -> Identity | None:
    """Which file a path leads to; None when to none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
