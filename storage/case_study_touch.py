"""Which messages a change of a case study makes dirty."""

from storage.database import Script, padded, values_list
from storage.messages import home_subject, touch_all
from storage.records.case_studies import CaseStudySummary
from storage.records.people import Person

_SUBJECTS = """
SELECT 'home:' || team_id || ':' || user_id FROM case_study_sections
WHERE workspace_id = :workspace_id AND case_study_id = :case_study_id AND state = 'asked'
UNION VALUES {named}
"""


def touch_study(study: CaseStudySummary, *others: Person) -> Script[None]:
    """Mark its cards as dirty, and the Home tabs of its owner, its reviewer, those asked, and `others`."""
    people = {study.owner, *others} | ({study.reviewer} if study.reviewer else set())
    subjects = [f"case_study:{study.id}", *sorted(map(home_subject, people))]
    named, values = values_list("subject", padded([(each,) for each in subjects]))
    yield from touch_all(
        study.workspace_id, _SUBJECTS.format(named=named), {"case_study_id": study.id, **values}
    )
