"""Messages that were kept true for a person, and work that would have reached them."""

from storage.database import Script
from storage.erasure.people_in_json import like_user, names_user
from storage.records.people import Person

_MESSAGES = """
SELECT id, id || ' ' || subject || ' ' || channel_id AS about FROM messages
WHERE workspace_id = :workspace_id
    AND (id LIKE :pattern OR subject LIKE :pattern OR channel_id LIKE :pattern)
ORDER BY id
"""
_WORK = """
SELECT id, id || ' ' || subject AS about FROM work
WHERE workspace_id = :workspace_id AND id <> :kept AND (id LIKE :pattern OR subject LIKE :pattern)
ORDER BY id
"""


def erase_messages(workspace_id: str, person: Person, kept_work: str) -> Script[None]:
    """Remove the rows that name them; `kept_work` is the erasure's own."""
    values = {"workspace_id": workspace_id, "pattern": like_user(person.user_id), "kept": kept_work}
    for table, sql in (("messages", _MESSAGES), ("work", _WORK)):
        rows = yield sql, values
        found = [row["id"] for row in rows if names_user(row["about"], person.user_id)]
        yield (
            f"DELETE FROM {table} WHERE workspace_id = :workspace_id AND id = :id",
            [{"workspace_id": workspace_id, "id": each} for each in found],
        )
