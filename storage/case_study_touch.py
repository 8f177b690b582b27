"""Which messages a change of a case study makes dirty."""

from datetime import UTC, datetime

from storage.database import Script
from storage.messages import TOUCH, home_subject, touch
from storage.records.case_studies import CaseStudySummary
from storage.records.people import Person

_ASKED = f"""{TOUCH} (
    SELECT 'home:' || team_id || ':' || user_id FROM case_study_sections
    WHERE workspace_id = :workspace_id AND case_study_id = :case_study_id AND state = 'asked'
)
"""


def touch_study(study: CaseStudySummary, *others: Person) -> Script[None]:
    """Mark its cards as dirty, and the Home tabs of its owner, its reviewer, those asked, and `others`."""
    people = {study.owner, *others} | ({study.reviewer} if study.reviewer else set())
    yield from touch(study.workspace_id, f"case_study:{study.id}", *sorted(map(home_subject, people)))
    key = {"workspace_id": study.workspace_id, "case_study_id": study.id}
    yield _ASKED, key | {"now": datetime.now(UTC)}
