"""Case studies and what each of their fields says."""

STATEMENTS = (
    """CREATE TABLE case_studies (
        workspace_id TEXT NOT NULL,
        id TEXT NOT NULL,
        template_id TEXT NOT NULL,
        owner_team TEXT NOT NULL,
        owner_user TEXT NOT NULL,
        status TEXT NOT NULL,
        title TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        published_at TEXT,
        PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX case_studies_by_age ON case_studies (created_at, workspace_id, id)",
    "CREATE INDEX case_studies_of_workspace ON case_studies (workspace_id, created_at, id)",
    "CREATE INDEX case_studies_by_owner ON case_studies (workspace_id, owner_team, owner_user)",
    "CREATE INDEX case_studies_published ON case_studies (workspace_id, status, published_at, id)",
    """CREATE TABLE case_study_answers (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        field_id TEXT NOT NULL,
        value TEXT NOT NULL,
        author_team TEXT NOT NULL,
        author_user TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, case_study_id, field_id),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
)
