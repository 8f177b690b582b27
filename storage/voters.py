"""Under which name answers are kept: the person's own, or a hash of it while the ranking's key exists."""

from collections.abc import Mapping

from storage.anonymity import groups_of, new_secret, voter_hash
from storage.database import Script
from storage.ranking_rows import participant_record
from storage.records.people import Person
from storage.records.rankings import Participant

_OF_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_KEEP_SECRET = """
INSERT INTO ranking_keys (workspace_id, ranking_id, secret) VALUES (:workspace_id, :ranking_id, :secret)
"""
_SECRET = f"SELECT secret FROM ranking_keys WHERE {_OF_RANKING}"
_DESTROY = f"DELETE FROM ranking_keys WHERE {_OF_RANKING}"
_PARTICIPANTS = f"""
SELECT team_id, user_id, agency, left_at, added_at FROM participants WHERE {_OF_RANKING} ORDER BY place
"""
_GROUP = f"UPDATE answers SET agency = :agency WHERE {_OF_RANKING} AND team_id = '' AND user_id = :user_id"


def voter(secret: str | None, person: Person) -> Person:
    """Whose name this person's answers carry."""
    return person if secret is None else Person("", voter_hash(secret, person))


def keep_secret(workspace_id: str, ranking_id: str) -> Script[None]:
    """Make the key of an anonymous ranking."""
    yield _KEEP_SECRET, _key(workspace_id, ranking_id) | {"secret": new_secret()}


def get_secret(workspace_id: str, ranking_id: str) -> Script[str | None]:
    """The key of an anonymous ranking that is open; None for any other."""
    rows = yield _SECRET, _key(workspace_id, ranking_id)
    return rows[0]["secret"] if rows else None


def list_participants(workspace_id: str, ranking_id: str) -> Script[list[Participant]]:
    rows = yield _PARTICIPANTS, _key(workspace_id, ranking_id)
    return [participant_record(row) for row in rows]


def voter_groups(workspace_id: str, ranking_id: str, secret: str) -> Script[Mapping[Person, str]]:
    """The group of each name that answers may carry."""
    participants = yield from list_participants(workspace_id, ranking_id)
    return {voter(secret, person): group for person, group in groups_of(participants).items()}


def forget_voters(workspace_id: str, ranking_id: str) -> Script[bool]:
    """Write each answer's group beside it and destroy the key; False when there is none."""
    secret = yield from get_secret(workspace_id, ranking_id)
    if secret is None:
        return False
    key = _key(workspace_id, ranking_id)
    groups = yield from voter_groups(workspace_id, ranking_id, secret)
    # In the order of the hashes, so that the order of writing says nothing either.
    yield _GROUP, [key | {"user_id": each.user_id, "agency": groups[each]} for each in sorted(groups)]
    yield _DESTROY, key
    return True


def _key(workspace_id: str, ranking_id: str) -> dict[str, object]:
    return {"workspace_id": workspace_id, "ranking_id": ranking_id}
