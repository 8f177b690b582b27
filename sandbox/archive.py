"""What survives a restart of the sandbox, in one SQLite file: channels, messages, Home tabs and files."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from sandbox.state import Channel, Message, StoredFile, View

FILE_NAME = "sandbox.db"


class Archive:
    """One JSON document a record. Used on the event loop's thread only.

    Ephemeral messages, modals and what people have half filled in are not kept: Slack loses them on a reload
    too.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = Database(folder / FILE_NAME)
        self._db.enable_wal()
        self._db.table("channels").create({"id": str, "document": str}, pk="id", if_not_exists=True)
        self._db.table("messages").create(
            {"channel_id": str, "ts": str, "document": str}, pk=("channel_id", "ts"), if_not_exists=True
        )
        self._db.table("homes").create({"user_id": str, "document": str}, pk="user_id", if_not_exists=True)
        self._db.table("files").create(
            {"id": str, "document": str, "content": bytes}, pk="id", if_not_exists=True
        )

    def close(self) -> None:
        self._db.close()

    def is_empty(self) -> bool:
        return self._db.table("channels").count == 0

    def keep_channel(self, channel: Channel) -> None:
        self._upsert("channels", {"id": channel.id, "document": json.dumps(asdict(channel))}, "id")

    def drop_channel(self, channel_id: str) -> None:
        """Its messages too."""
        self._db.table("channels").delete_where("id = ?", [channel_id])
        self._db.table("messages").delete_where("channel_id = ?", [channel_id])

    def keep_message(self, message: Message) -> None:
        document = asdict(message) | {"values": {}, "trouble": {}}
        row = {"channel_id": message.channel_id, "ts": message.ts, "document": json.dumps(document)}
        self._upsert("messages", row, ("channel_id", "ts"))

    def drop_message(self, message: Message) -> None:
        self._db.table("messages").delete_where("channel_id = ? and ts = ?", [message.channel_id, message.ts])

    def keep_home(self, view: View) -> None:
        document = asdict(view) | {"values": {}}
        self._upsert("homes", {"user_id": view.user_id, "document": json.dumps(document)}, "user_id")

    def keep_file(self, file: StoredFile, content: bytes) -> None:
        self._upsert("files", {"id": file.id, "document": json.dumps(asdict(file)), "content": content}, "id")

    def channels(self) -> Iterator[Channel]:
        for row in self._db.table("channels").rows:
            yield Channel(**json.loads(row["document"]))

    def messages(self) -> Iterator[Message]:
        for row in self._db.table("messages").rows_where(order_by="channel_id, ts"):
            yield Message(**json.loads(row["document"]))

    def homes(self) -> Iterator[View]:
        for row in self._db.table("homes").rows:
            yield View(**json.loads(row["document"]))

    def files(self) -> Iterator[tuple[StoredFile, bytes]]:
        for row in self._db.table("files").rows:
            yield StoredFile(**json.loads(row["document"])), row["content"]

    def _upsert(self, table: str, row: dict[str, Any], pk: str | tuple[str, ...]) -> None:
        self._db.table(table).upsert(row, pk=pk)


def empty(folder: Path) -> None:
    """Remove what an archive in `folder` has kept."""
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()
