"""Case studies as rows: read back into records, written, kept in the search index."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.columns import clean, optional_time
from storage.database import Row, Script, Values, in_list, padded, values_lists
from storage.records.case_studies import CaseStudy, CaseStudySummary, FieldAnswer, FieldValue
from storage.records.people import Person
from storage.search import indexed
from storage.store import NotFoundError

COLUMNS = """workspace_id, id, template_id, owner_team, owner_user, status, title, created_at, updated_at,
    published_at, reviewer_team, reviewer_user, withdrawn_at, withdrawn_reason, last_change"""

# In the order of their ids: of two who hold the same ones, none waits for the other in a circle.
_LOCK = f"""
SELECT {COLUMNS} FROM case_studies WHERE workspace_id = :workspace_id AND id IN ({{ids}}) ORDER BY id
FOR NO KEY UPDATE
"""
_INSERT = f"""
INSERT INTO case_studies ({COLUMNS})
VALUES (:workspace_id, :id, :template_id, :owner_team, :owner_user, :status, :title, :created_at, :updated_at,
    :published_at, :reviewer_team, :reviewer_user, :withdrawn_at, :withdrawn_reason, :last_change)
ON CONFLICT (workspace_id, id) DO NOTHING
RETURNING id
"""
_PUT_ANSWERS = """
INSERT INTO case_study_answers
    (workspace_id, case_study_id, field_id, value, author_team, author_user, updated_at)
VALUES {rows}
ON CONFLICT (workspace_id, case_study_id, field_id) DO UPDATE
SET value = excluded.value, author_team = excluded.author_team,
    author_user = excluded.author_user, updated_at = excluded.updated_at
"""
_DELETE_ANSWER = """
DELETE FROM case_study_answers
WHERE workspace_id = :workspace_id AND case_study_id = :case_study_id AND field_id = :field_id
"""
_PUT_WORDS = """
INSERT INTO case_study_words (workspace_id, case_study_id, title, body)
VALUES (:workspace_id, :case_study_id, :title, :body)
ON CONFLICT (workspace_id, case_study_id) DO UPDATE SET title = excluded.title, body = excluded.body
"""
_DROP_WORDS = """
DELETE FROM case_study_words WHERE workspace_id = :workspace_id AND case_study_id = :case_study_id
"""


def insert(study: CaseStudy, last_change: int) -> Script[bool]:
    """Keep a case study as it is; False, and nothing changed, when its id is known."""
    rows = yield (
        _INSERT,
        {
            "workspace_id": study.workspace_id,
            "id": study.id,
            "template_id": study.template_id,
            "owner_team": study.owner.team_id,
            "owner_user": study.owner.user_id,
            "status": study.status,
            "title": study.title,
            "created_at": study.created_at,
            "updated_at": study.updated_at,
            "published_at": study.published_at,
            "reviewer_team": study.reviewer.team_id if study.reviewer else None,
            "reviewer_user": study.reviewer.user_id if study.reviewer else None,
            "withdrawn_at": study.withdrawn_at,
            "withdrawn_reason": study.withdrawn_reason,
            "last_change": last_change,
        },
    )
    if not rows:
        return False
    yield from put_answers(study.workspace_id, {study.id: study.answers.values()})
    if study.status == "published":
        yield from put_words(study)
    return True


def put_answers(workspace_id: str, answers: Mapping[str, Iterable[FieldAnswer]]) -> Script[None]:
    """Keep these answers by case study; one with an empty value is removed."""
    given: list[tuple[object, ...]] = []
    emptied: list[Values] = []
    for study_id, of_study in answers.items():
        for answer in of_study:
            if clean_value(answer.value):
                author = answer.author
                # In a list of its own, so that one text and one mark differ.
                said = [answer.value], author.team_id, author.user_id, answer.updated_at
                given.append((workspace_id, study_id, answer.field_id, *said))
            else:
                key = {"workspace_id": workspace_id, "case_study_id": study_id}
                emptied.append(key | {"field_id": answer.field_id})
    for rows, values in values_lists("answer", given):
        yield _PUT_ANSWERS.format(rows=rows), values
    if emptied:
        yield _DELETE_ANSWER, emptied


def put_words(study: CaseStudy) -> Script[None]:
    """Make a published case study found by its newest words."""
    # In the order in which answers are read back, so that a word that is found can be shown in its answer.
    texts = [text for _, answer in sorted(study.answers.items()) for text in texts_of(answer.value)]
    yield (
        _PUT_WORDS,
        {
            "workspace_id": study.workspace_id,
            "case_study_id": study.id,
            "title": indexed([study.title]),
            "body": indexed(texts),
        },
    )


def drop_words(study: CaseStudySummary) -> Script[None]:
    """Have a case study found no more."""
    yield _DROP_WORDS, {"workspace_id": study.workspace_id, "case_study_id": study.id}


def texts_of(value: FieldValue) -> Sequence[str]:
    """The texts of an answer, as they are put into the search index."""
    return [value] if isinstance(value, str) else value


def lock(workspace_id: str, study_id: str) -> Script[CaseStudy]:
    """Hold a case study until the end of the transaction; :raises NotFoundError: there is none."""
    found = yield from lock_many(workspace_id, [study_id])
    if not found:
        raise NotFoundError(f"no case study {study_id}")
    return found[study_id]


def lock_many(workspace_id: str, study_ids: Sequence[str]) -> Script[dict[str, CaseStudy]]:
    """Hold those of these case studies that there are, by id."""
    names, values = in_list("id", padded(study_ids))
    rows = yield _LOCK.format(ids=names), {"workspace_id": workspace_id} | values
    return {study.id: study for study in (yield from with_answers(rows))}


def existing(workspace_id: str, study_id: str) -> Script[CaseStudy]:
    """:raises NotFoundError: there is no such case study."""
    study = yield from get(workspace_id, study_id)
    if study is None:
        raise NotFoundError(f"no case study {study_id}")
    return study


def get(workspace_id: str, study_id: str) -> Script[CaseStudy | None]:
    found = yield from get_many(workspace_id, [study_id])
    return found[0] if found else None


def get_many(workspace_id: str, study_ids: list[str]) -> Script[list[CaseStudy]]:
    """The case studies with these ids, in the order of the ids."""
    return (yield from with_answers((yield from rows_with_ids(workspace_id, study_ids))))


def rows_with_ids(workspace_id: str, study_ids: Sequence[str]) -> Script[list[Row]]:
    """Rows of `case_studies`, in the order of the ids."""
    if not study_ids:
        return []
    names, values = in_list("id", study_ids)
    rows = yield (
        f"SELECT {COLUMNS} FROM case_studies WHERE workspace_id = :workspace_id AND id IN ({names})",
        {"workspace_id": workspace_id} | values,
    )
    place = {study_id: place for place, study_id in enumerate(study_ids)}
    return sorted(rows, key=lambda row: place[row["id"]])


def with_answers(rows: list[Row]) -> Script[list[CaseStudy]]:
    """Read the answers to rows of `case_studies`, whatever their workspaces."""
    answers: dict[tuple[str, str], dict[str, FieldAnswer]] = {
        (row["workspace_id"], row["id"]): {} for row in rows
    }
    for workspace_id in sorted({workspace_id for workspace_id, _ in answers}):
        names, values = in_list("id", [study_id for owner, study_id in answers if owner == workspace_id])
        for row in (
            yield (
                "SELECT case_study_id, field_id, value, author_team, author_user, updated_at "
                "FROM case_study_answers "
                f"WHERE workspace_id = :workspace_id AND case_study_id IN ({names}) "
                "ORDER BY case_study_id, field_id",
                {"workspace_id": workspace_id} | values,
            )
        ):
            answers[workspace_id, row["case_study_id"]][row["field_id"]] = _field_answer(row)
    return [case_study(row, answers[row["workspace_id"], row["id"]]) for row in rows]


def clean_value(value: FieldValue) -> FieldValue:
    """A value as it will be read back."""
    return clean(value) if isinstance(value, str) else tuple(clean(each) for each in value)


def _field_answer(row: Row) -> FieldAnswer:
    (value,) = json.loads(row["value"])
    return FieldAnswer(
        field_id=row["field_id"],
        value=value if isinstance(value, str) else tuple(value),
        author=Person(row["author_team"], row["author_user"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
    )


def summary(row: Row) -> CaseStudySummary:
    return CaseStudySummary(**plain_columns(row))


def case_study(row: Row, answers: Mapping[str, FieldAnswer]) -> CaseStudy:
    return CaseStudy(**plain_columns(row), answers=answers, last_change=row["last_change"])


def plain_columns(row: Row) -> dict[str, Any]:
    """The fields that every record of a case study has."""
    is_reviewed = row["reviewer_user"] is not None
    return {
        "workspace_id": row["workspace_id"],
        "id": row["id"],
        "template_id": row["template_id"],
        "owner": Person(row["owner_team"], row["owner_user"]),
        "status": row["status"],
        "title": row["title"],
        "created_at": datetime.fromisoformat(row["created_at"]),
        "updated_at": datetime.fromisoformat(row["updated_at"]),
        "published_at": optional_time(row["published_at"]),
        "reviewer": Person(row["reviewer_team"], row["reviewer_user"]) if is_reviewed else None,
        "withdrawn_at": optional_time(row["withdrawn_at"]),
        "withdrawn_reason": row["withdrawn_reason"],
    }
