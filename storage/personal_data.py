"""All that is kept of one person in a workspace, read for themselves."""

import json
from typing import Any

from storage.case_study_history import list_changes, list_events
from storage.database import Row, Script
from storage.erasure.people_in_json import like_user, names_user
from storage.people import get_agency
from storage.records.people import Person
from storage.setups import get_setup
from storage.voters import get_secret, voter
from storage.workspace_settings import get_settings

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
_SAVED = (
    f"SELECT strategy_id, saved_at FROM saved_strategies WHERE {_OF_PERSON} ORDER BY saved_at, strategy_id"
)
_RANKINGS = """
SELECT r.id, r.title, r.channel_id, r.status, r.created_at, r.ended_at, r.rules, r.items,
    r.facilitator_team, r.facilitator_user, p.agency, p.left_at, p.added_at, p.place,
    d.place AS deputy
FROM rankings r
LEFT JOIN participants p ON p.workspace_id = r.workspace_id AND p.ranking_id = r.id
    AND p.team_id = :team_id AND p.user_id = :user_id
LEFT JOIN deputies d ON d.workspace_id = r.workspace_id AND d.ranking_id = r.id
    AND d.team_id = :team_id AND d.user_id = :user_id
WHERE r.workspace_id = :workspace_id AND (
    p.place IS NOT NULL OR d.place IS NOT NULL
    OR (r.facilitator_team = :team_id AND r.facilitator_user = :user_id)
)
ORDER BY r.created_at, r.id
"""
_ANSWERS = """
SELECT s.seq, s.kind, a.choice, a.complete, a.answered_at, a.reason FROM answers a
JOIN stages s ON s.workspace_id = a.workspace_id AND s.ranking_id = a.ranking_id AND s.seq = a.seq
WHERE a.workspace_id = :workspace_id AND a.ranking_id = :ranking_id
    AND a.team_id = :team_id AND a.user_id = :user_id
ORDER BY s.seq
"""
_SETUPS_OF_OTHERS = """
SELECT setup FROM ranking_setups
WHERE workspace_id = :workspace_id AND setup LIKE :pattern
    AND NOT (team_id = :team_id AND user_id = :user_id)
"""
_RANKING_EVENTS = """
SELECT ranking_id, number, at, kind, actor_team, actor_user, detail FROM ranking_events
WHERE workspace_id = :workspace_id
    AND ((actor_team = :team_id AND actor_user = :user_id) OR detail LIKE :pattern)
ORDER BY at, ranking_id, number
"""
_STUDIES = """
SELECT id, template_id, owner_team, owner_user, reviewer_team, reviewer_user, status, title,
    created_at, updated_at, published_at, withdrawn_at, withdrawn_reason FROM case_studies s
WHERE workspace_id = :workspace_id AND (
    (owner_team = :team_id AND owner_user = :user_id)
    OR (reviewer_team = :team_id AND reviewer_user = :user_id)
    OR id IN (
        SELECT case_study_id FROM case_study_changes
        WHERE workspace_id = :workspace_id AND author_team = :team_id AND author_user = :user_id
    )
    OR id IN (
        SELECT case_study_id FROM case_study_events
        WHERE workspace_id = :workspace_id
            AND ((actor_team = :team_id AND actor_user = :user_id)
            OR (person_team = :team_id AND person_user = :user_id))
    )
)
ORDER BY created_at, id
"""
_SECTIONS = """
SELECT case_study_id, section_id, team_id, user_id, asked_by_team, asked_by_user, asked_at, state, note
FROM case_study_sections
WHERE workspace_id = :workspace_id AND (
    (team_id = :team_id AND user_id = :user_id)
    OR (asked_by_team = :team_id AND asked_by_user = :user_id)
)
ORDER BY asked_at, case_study_id, section_id
"""
_DIGESTS = """
SELECT channel_id, since, next_at FROM digests
WHERE workspace_id = :workspace_id AND subscribed_team = :team_id AND subscribed_user = :user_id
ORDER BY channel_id
"""
_AUDIT = """
SELECT at, kind, actor_team, actor_user, subject, detail FROM audit
WHERE workspace_id = :workspace_id
    AND ((actor_team = :team_id AND actor_user = :user_id) OR detail LIKE :pattern)
ORDER BY at, id
"""
_INSTALLED = """
SELECT installed_at FROM installations WHERE workspace_id = :workspace_id AND installed_by = :user_id
"""
_MESSAGES = """
SELECT id, kind, subject, channel_id FROM messages
WHERE workspace_id = :workspace_id
    AND (id LIKE :pattern OR subject LIKE :pattern OR channel_id LIKE :pattern)
ORDER BY id
"""
_WORK = """
SELECT id, kind, subject, due_at FROM work
WHERE workspace_id = :workspace_id AND (id LIKE :pattern OR subject LIKE :pattern)
ORDER BY due_at, id
"""
NOT_TOLD = (
    "This ranking was anonymous and has ended. Its key has been destroyed, so nobody can say which answers "
    "are yours, and they are not in this file."
)


def read_all(workspace_id: str, person: Person) -> Script[dict[str, Any]]:
    """As JSON: each part a list of plain objects; people are `[team, user]`, times ISO text."""
    key = _key(workspace_id, person) | {"pattern": like_user(person.user_id)}
    settings = yield from get_settings(workspace_id)
    return {
        "workspace": workspace_id,
        "person": [person.team_id, person.user_id],
        "agency": (yield from get_agency(workspace_id, person)),
        "saved_strategies": _plain((yield _SAVED, key)),
        "ranking_set_up": (yield from get_setup(workspace_id, person)),
        "rankings": (yield from _rankings(workspace_id, person, key)),
        "named_in_set_ups_of_others": len(_naming(person, (yield _SETUPS_OF_OTHERS, key))),
        "ranking_events": _with_json(_naming(person, (yield _RANKING_EVENTS, key))),
        "case_studies": (yield from _studies(workspace_id, person, key)),
        "sections_asked": _plain((yield _SECTIONS, key)),
        "digests": _plain((yield _DIGESTS, key)),
        "named_as_starter_of_rankings": person in (settings.starters or ()),
        "named_as_curator": person in settings.curators,
        "installed_the_app": bool((yield _INSTALLED, key)),
        "audit_log": _with_json(_naming(person, (yield _AUDIT, key))),
        "messages_kept_up_to_date": _plain(_naming(person, (yield _MESSAGES, key))),
        "work_that_waits": _plain(_naming(person, (yield _WORK, key))),
    }


def _rankings(workspace_id: str, person: Person, key: dict[str, object]) -> Script[list[dict[str, Any]]]:
    found = []
    for row in (yield _RANKINGS, key):
        ranking_id, rules = row["id"], json.loads(row["rules"])
        name = voter((yield from get_secret(workspace_id, ranking_id)), person)
        of_voter = {"team_id": name.team_id, "user_id": name.user_id, "ranking_id": ranking_id}
        answers = yield _ANSWERS, key | of_voter
        titles = {item[0]: item[1] for item in json.loads(row["items"])}
        facilitator = Person(row["facilitator_team"], row["facilitator_user"])
        hidden = bool(rules.get("anonymous")) and row["status"] != "open"
        found.append(
            {
                "id": ranking_id,
                "title": row["title"],
                "channel": row["channel_id"],
                "status": row["status"],
                "started": row["created_at"],
                "ended": row["ended_at"],
                "anonymous": bool(rules.get("anonymous")),
                "you_facilitate": facilitator == person,
                "you_help": row["deputy"] is not None,
                "you_take_part": row["place"] is not None,
                "statements": list(titles.values()),
                "agency": row["agency"],
                "added": row["added_at"],
                "left": row["left_at"],
                "answers": [_answer(each, titles) for each in answers],
                "answers_note": NOT_TOLD if hidden else "",
            }
        )
    return found


def _answer(row: Row, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "stage": row["seq"],
        "kind": row["kind"],
        "choice": [titles.get(each, each) for each in json.loads(row["choice"])],
        "complete": bool(row["complete"]),
        "given": row["answered_at"],
        "reason": row["reason"],
    }


def _studies(workspace_id: str, person: Person, key: dict[str, object]) -> Script[list[dict[str, Any]]]:
    found = []
    for row in (yield _STUDIES, key):
        changes = yield from list_changes(workspace_id, row["id"])
        events = yield from list_events(workspace_id, row["id"])
        own = (row["owner_team"], row["owner_user"]) == (person.team_id, person.user_id)
        reviews = (row["reviewer_team"], row["reviewer_user"]) == (person.team_id, person.user_id)
        found.append(
            {
                "id": row["id"],
                "template": row["template_id"],
                # What others wrote is theirs; a title tells which case study it is.
                "title": row["title"],
                "status": row["status"],
                "you_own_it": own,
                "you_review_it": reviews,
                "created": row["created_at"],
                "changed": row["updated_at"],
                "published": row["published_at"],
                "withdrawn": row["withdrawn_at"],
                "you_wrote": [
                    {
                        "number": change.number,
                        "field": change.field_id,
                        "value": change.value,
                        "at": change.at.isoformat(),
                        "kind": change.kind,
                    }
                    for change in changes
                    # Of what somebody chose in place of their own, the words are another's.
                    if change.author == person and change.kind != "kept"
                ],
                "chose_the_text_of_another": [
                    {"number": change.number, "field": change.field_id, "at": change.at.isoformat()}
                    for change in changes
                    if change.author == person and change.kind == "kept"
                ],
                "history": [
                    {
                        "number": event.number,
                        "kind": event.kind,
                        "at": event.at.isoformat(),
                        "by_you": event.actor == person,
                        "about_you": event.person == person,
                        "note": event.note if event.actor == person else "",
                    }
                    for event in events
                    if person in (event.actor, event.person)
                ],
            }
        )
    return found


def _naming(person: Person, rows: list[Row]) -> list[Row]:
    """Without those in which the id is only a part of a longer one."""
    return [row for row in rows if any(names_user(str(cell), person.user_id) for cell in dict(row).values())]


def _plain(rows: list[Row]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def _with_json(rows: list[Row]) -> list[dict[str, Any]]:
    return [dict(row) | {"detail": json.loads(row["detail"])} for row in rows]


def _key(workspace_id: str, person: Person) -> dict[str, object]:
    return {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
