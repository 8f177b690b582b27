"""What is removed after a time that the admins of a workspace chose; a line of the audit log counts it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from storage.anonymity import groups_of
from storage.audit import record_audit
from storage.case_study_rows import get_many
from storage.case_study_touch import touch_study
from storage.columns import day
from storage.database import Database, Script, in_list
from storage.messages import touch
from storage.ranking_rows import rules_record
from storage.records.audit import NOBODY
from storage.records.people import Person
from storage.records.workspace_settings import RetentionKind
from storage.scrubbing import scrub
from storage.voters import list_participants

_STUDIES = """
SELECT id FROM case_studies
WHERE workspace_id = :workspace_id AND status = '{status}' AND {column} <= :before
ORDER BY {column}, id LIMIT :limit FOR UPDATE
"""
_PARTS_OF_STUDY = (
    "case_study_answers",
    "case_study_changes",
    "case_study_events",
    "case_study_sections",
    "case_study_facets",
    "case_study_words",
)
_NAMED_RANKINGS = """
SELECT id, rules FROM rankings r
WHERE workspace_id = :workspace_id AND status <> 'open' AND ended_at <= :before AND EXISTS (
    SELECT 1 FROM answers a
    WHERE a.workspace_id = r.workspace_id AND a.ranking_id = r.id AND (a.team_id <> '' OR a.reason <> '')
)
ORDER BY ended_at, id LIMIT :limit FOR NO KEY UPDATE
"""
_OF_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_VOTERS = f"""
SELECT DISTINCT team_id, user_id FROM answers WHERE {_OF_RANKING} AND team_id <> '' ORDER BY team_id, user_id
"""
_UNNAME = f"""
UPDATE answers SET team_id = '', user_id = :nameless, agency = :agency
WHERE {_OF_RANKING} AND team_id = :team_id AND user_id = :user_id
"""
_DROP_REASONS = f"UPDATE answers SET reason = '' WHERE {_OF_RANKING}"
_MISSES = """
DELETE FROM misses WHERE workspace_id = :workspace_id AND last_seen <= :day RETURNING words
"""
_AUDIT = "DELETE FROM audit WHERE workspace_id = :workspace_id AND at <= :before RETURNING id"


class SqlRetention:
    """`RetentionStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove_old(
        self, workspace_id: str, kind: RetentionKind, days: int, at: datetime, limit: int = 200
    ) -> int:
        return await self._database.write(_remove, workspace_id, kind, days, at, limit)

    async def scrub(self) -> None:
        await scrub(self._database)


def delete_studies(workspace_id: str, study_ids: Sequence[str]) -> Script[None]:
    """Remove case studies with all that hangs on them; messages about them say so."""
    if not study_ids:
        return
    for study in (yield from get_many(workspace_id, list(study_ids))):
        yield from touch_study(study)
    names, values = in_list("id", study_ids)
    key = {"workspace_id": workspace_id} | values
    for table in _PARTS_OF_STUDY:
        yield f"DELETE FROM {table} WHERE workspace_id = :workspace_id AND case_study_id IN ({names})", key
    yield f"DELETE FROM case_studies WHERE workspace_id = :workspace_id AND id IN ({names})", key


def _remove(workspace_id: str, kind: RetentionKind, days: int, at: datetime, limit: int) -> Script[int]:
    removed = yield from _REMOVERS[kind](workspace_id, at - timedelta(days=days), limit)
    if removed:
        yield from record_audit(
            workspace_id, "retention", NOBODY, at, kind, {"removed": removed, "days": days}
        )
    return removed


def _remove_drafts(workspace_id: str, before: datetime, limit: int) -> Script[int]:
    return (yield from _remove_studies("draft", "updated_at", workspace_id, before, limit))


def _remove_withdrawn(workspace_id: str, before: datetime, limit: int) -> Script[int]:
    return (yield from _remove_studies("withdrawn", "withdrawn_at", workspace_id, before, limit))


def _remove_studies(status: str, column: str, workspace_id: str, before: datetime, limit: int) -> Script[int]:
    rows = yield (
        _STUDIES.format(status=status, column=column),
        {"workspace_id": workspace_id, "before": before, "limit": limit},
    )
    yield from delete_studies(workspace_id, [row["id"] for row in rows])
    return len(rows)


def _unname_ballots(workspace_id: str, before: datetime, limit: int) -> Script[int]:
    """Take the people and the reasons from ballots; how they were counted stays as it was."""
    rankings = yield _NAMED_RANKINGS, {"workspace_id": workspace_id, "before": before, "limit": limit}
    for ranking in rankings:
        key = {"workspace_id": workspace_id, "ranking_id": ranking["id"]}
        participants = yield from list_participants(workspace_id, ranking["id"])
        agencies: Mapping[Person, str] = groups_of(participants)
        if rules_record(ranking["rules"]).weights == "agency":
            # Each agency counted once, so without it the count would come out otherwise.
            agencies = {each.person: each.agency for each in participants}
        voters = yield _VOTERS, key
        for row in voters:
            person = Person(row["team_id"], row["user_id"])
            yield (
                _UNNAME,
                key
                | {
                    "nameless": secrets.token_hex(32),
                    "agency": agencies.get(person, ""),
                    "team_id": person.team_id,
                    "user_id": person.user_id,
                },
            )
        yield _DROP_REASONS, key
        yield from touch(workspace_id, f"ranking:{ranking['id']}")
    return len(rankings)


def _remove_misses(workspace_id: str, before: datetime, _limit: int) -> Script[int]:
    return len((yield _MISSES, {"workspace_id": workspace_id, "day": day(before)}))


def _remove_audit(workspace_id: str, before: datetime, _limit: int) -> Script[int]:
    return len((yield _AUDIT, {"workspace_id": workspace_id, "before": before}))


_REMOVERS: Mapping[RetentionKind, Callable[[str, datetime, int], Script[int]]] = {
    "drafts": _remove_drafts,
    "ballots": _unname_ballots,
    "withdrawn": _remove_withdrawn,
    "misses": _remove_misses,
    "audit": _remove_audit,
}
