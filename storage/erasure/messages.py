"""Messages that were kept true for a person, and work that would have reached them.

A message to somebody else that names the person in its id is kept true, with what stands in their place.
"""

import re
from datetime import UTC, datetime

from storage.database import Script
from storage.erasure.people_in_json import like_user, names_user
from storage.records.people import Person

_MESSAGES = """
SELECT id, subject || ' ' || channel_id AS about FROM messages
WHERE workspace_id = :workspace_id
    AND (id LIKE :pattern OR subject LIKE :pattern OR channel_id LIKE :pattern)
ORDER BY id
"""
_RENAME = """
UPDATE messages SET id = :name, version = version + 1, dirty_at = COALESCE(dirty_at, :now)
WHERE workspace_id = :workspace_id AND id = :id
"""
_WORK = """
SELECT id, id || ' ' || subject AS about FROM work
WHERE workspace_id = :workspace_id AND id <> :kept AND (id LIKE :pattern OR subject LIKE :pattern)
ORDER BY id
"""


def erase_messages(workspace_id: str, person: Person, other: Person, kept_work: str) -> Script[None]:
    """Remove the rows that name them; `kept_work` is the erasure's own."""
    values = {"workspace_id": workspace_id, "pattern": like_user(person.user_id), "kept": kept_work}
    for table, sql in (("messages", _MESSAGES), ("work", _WORK)):
        rows = yield sql, values
        found = [row["id"] for row in rows if names_user(row["about"], person.user_id)]
        yield (
            f"DELETE FROM {table} WHERE workspace_id = :workspace_id AND id = :id",
            [{"workspace_id": workspace_id, "id": each} for each in found],
        )
    now = datetime.now(UTC)
    for row in (yield _MESSAGES, values):
        # What is left tells somebody else of them: a message's id is all that says of whom.
        name = _named_anew(row["id"], person, other)
        if name != row["id"]:
            yield _RENAME, {"workspace_id": workspace_id, "id": row["id"], "name": name, "now": now}


def _named_anew(name: str, person: Person, other: Person) -> str:
    pair = rf"{re.escape(person.team_id)}([|:]){re.escape(person.user_id)}(?![A-Za-z0-9])"
    return re.sub(pair, rf"{other.team_id}\g<1>{other.user_id}", name)
