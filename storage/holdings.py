"""How much is kept of a person, in numbers."""

from storage.database import Script
from storage.records.people import Person
from storage.records.privacy import ERASED_TEAM, Holdings

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
_OWNED = "workspace_id = :workspace_id AND owner_team = :team_id AND owner_user = :user_id"
_OTHERS_WROTE = f"""
SELECT 1 FROM case_study_answers a
WHERE a.workspace_id = s.workspace_id AND a.case_study_id = s.id AND a.author_team <> '{ERASED_TEAM}'
    AND NOT (a.author_team = :team_id AND a.author_user = :user_id)
"""
_COUNTS = {
    "saved_strategies": f"SELECT COUNT(*) AS n FROM saved_strategies WHERE {_OF_PERSON}",
    "open_run": """SELECT COUNT(*) AS n FROM rankings WHERE workspace_id = :workspace_id
        AND facilitator_team = :team_id AND facilitator_user = :user_id AND status = 'open'""",
    "open_rankings": """SELECT COUNT(*) AS n FROM participants p JOIN rankings r
        ON r.workspace_id = p.workspace_id AND r.id = p.ranking_id
        WHERE p.workspace_id = :workspace_id AND p.team_id = :team_id AND p.user_id = :user_id
        AND r.status = 'open'""",
    "ended_rankings": """SELECT COUNT(*) AS n FROM participants p JOIN rankings r
        ON r.workspace_id = p.workspace_id AND r.id = p.ranking_id
        WHERE p.workspace_id = :workspace_id AND p.team_id = :team_id AND p.user_id = :user_id
        AND r.status <> 'open'""",
    "published": f"SELECT COUNT(*) AS n FROM case_studies WHERE {_OWNED} AND status = 'published'",
    "withdrawn": f"SELECT COUNT(*) AS n FROM case_studies WHERE {_OWNED} AND status = 'withdrawn'",
    "drafts": f"SELECT COUNT(*) AS n FROM case_studies WHERE {_OWNED} AND status IN ('draft', 'in_review')",
    "published_alone": f"""SELECT COUNT(*) AS n FROM case_studies s
        WHERE {_OWNED} AND status = 'published' AND NOT EXISTS ({_OTHERS_WROTE})""",
    "shared_drafts": f"""SELECT COUNT(*) AS n FROM case_studies s
        WHERE {_OWNED} AND status IN ('draft', 'in_review') AND EXISTS ({_OTHERS_WROTE})""",
    "texts_elsewhere": """SELECT COUNT(*) AS n FROM case_study_answers a JOIN case_studies s
        ON s.workspace_id = a.workspace_id AND s.id = a.case_study_id
        WHERE a.workspace_id = :workspace_id AND a.author_team = :team_id AND a.author_user = :user_id
        AND NOT (s.owner_team = :team_id AND s.owner_user = :user_id)""",
    "sections_asked": f"SELECT COUNT(*) AS n FROM case_study_sections WHERE {_OF_PERSON}",
    "digests": """SELECT COUNT(*) AS n FROM digests WHERE workspace_id = :workspace_id
        AND subscribed_team = :team_id AND subscribed_user = :user_id""",
    "audit_lines": """SELECT COUNT(*) AS n FROM audit WHERE workspace_id = :workspace_id
        AND actor_team = :team_id AND actor_user = :user_id""",
}


def count_holdings(workspace_id: str, person: Person) -> Script[Holdings]:
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    found = {}
    for name, sql in _COUNTS.items():
        found[name] = int((yield sql, key)[0]["n"])
    return Holdings(**found)
