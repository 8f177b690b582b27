"""Case studies taken in and out: page by page, with all that an export has to hold."""

from dataclasses import replace

from storage import case_study_history as history_of
from storage import case_study_rows as rows_of
from storage.case_study_drafts import get_asked, set_asked
from storage.case_study_sections import list_sections, put_sections
from storage.case_study_touch import touch_study
from storage.database import Script
from storage.facets import given_facets, put_facets
from storage.records.case_studies import CaseStudy, CaseStudyStatus
from storage.records.case_study_history import CaseStudyHistory
from storage.records.published import GivenFacets

_PAGE = 100
# Of a history there is no telling how long it is.
_PAGE_OF_HISTORIES = 20


def insert(study: CaseStudy, history: CaseStudyHistory | None, facets: GivenFacets | None) -> Script[bool]:
    kept = history or history_of.first_history(study)
    last_change = max((change.number for change in kept.changes), default=0)
    if not (yield from rows_of.insert(study, last_change)):
        return False
    yield from history_of.insert_changes(study.workspace_id, {study.id: kept.changes})
    yield from history_of.insert_events(study.workspace_id, study.id, kept.events)
    yield from put_sections(
        [replace(each, workspace_id=study.workspace_id, case_study_id=study.id) for each in kept.sections]
    )
    if study.status == "published":
        yield from put_facets(study, kept.facets if facets is None else facets)
    if kept.asked_at is not None:
        yield from set_asked(study.workspace_id, study.id, kept.asked_at)
    yield from touch_study(study)
    return True


def page_after(
    workspace_id: str | None, status: CaseStudyStatus | None, last: CaseStudy | None, limit: int = _PAGE
) -> Script[list[CaseStudy]]:
    where = []
    values: dict[str, object] = {"limit": limit}
    if workspace_id is not None:
        where.append("workspace_id = :workspace_id")
        values["workspace_id"] = workspace_id
    if status is not None:
        where.append("status = :status")
        values["status"] = status
    if last is not None:
        where.append("(created_at, workspace_id, id) > (:last_at, :last_workspace, :last_id)")
        values |= {"last_at": last.created_at, "last_workspace": last.workspace_id, "last_id": last.id}
    rows = yield (
        f"SELECT {rows_of.COLUMNS} FROM case_studies {'WHERE ' if where else ''}{' AND '.join(where)} "
        "ORDER BY created_at, workspace_id, id LIMIT :limit",
        values,
    )
    return (yield from rows_of.with_answers(rows))


def histories_after(
    workspace_id: str | None, last: CaseStudy | None
) -> Script[list[tuple[CaseStudy, CaseStudyHistory]]]:
    page = []
    for study in (yield from page_after(workspace_id, None, last, _PAGE_OF_HISTORIES)):
        page.append((study, (yield from _get_history(study.workspace_id, study.id))))
    return page


def get_with_history(workspace_id: str, study_id: str) -> Script[tuple[CaseStudy, CaseStudyHistory] | None]:
    study = yield from rows_of.get(workspace_id, study_id)
    if study is None:
        return None
    return study, (yield from _get_history(workspace_id, study_id))


def _get_history(workspace_id: str, study_id: str) -> Script[CaseStudyHistory]:
    changes = yield from history_of.list_changes(workspace_id, study_id)
    events = yield from history_of.list_events(workspace_id, study_id)
    sections = yield from list_sections(workspace_id, study_id)
    facets = yield from given_facets(workspace_id, study_id)
    asked_at = yield from get_asked(workspace_id, study_id)
    return CaseStudyHistory(tuple(changes), tuple(events), tuple(sections), facets, asked_at)
