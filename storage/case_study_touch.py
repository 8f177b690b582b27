"""Which messages a change of a case study makes dirty."""

from collections.abc import Sequence

from storage.database import Script, in_list, padded, values_list
from storage.messages import home_subject, touch_all
from storage.records.case_studies import CaseStudySummary
from storage.records.people import Person

_SUBJECTS = """
SELECT 'home:' || team_id || ':' || user_id FROM case_study_sections
WHERE workspace_id = :workspace_id AND case_study_id IN ({ids}) AND state = 'asked'
UNION VALUES {named}
"""


def touch_study(study: CaseStudySummary, *others: Person) -> Script[None]:
    """Mark its cards as dirty, and the Home tabs of its owner, its reviewer, those asked, and `others`."""
    yield from touch_studies([(study, *others)])


def touch_studies(changed: Sequence[tuple[CaseStudySummary, *tuple[Person, ...]]]) -> Script[None]:
    """The same for case studies of one workspace, each with its others."""
    subjects: set[str] = set()
    for study, *others in changed:
        subjects.add(f"case_study:{study.id}")
        people = [study.owner, *others, *([study.reviewer] if study.reviewer else [])]
        subjects.update(map(home_subject, people))
    ids, values = in_list("id", padded([study.id for study, *_ in changed]))
    named, more = values_list("subject", padded([(each,) for each in sorted(subjects)]))
    workspace_id = changed[0][0].workspace_id
    yield from touch_all(workspace_id, _SUBJECTS.format(ids=ids, named=named), values | more)
