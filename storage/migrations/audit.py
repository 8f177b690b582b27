"""Who did what in a workspace."""

STATEMENTS = (
    """CREATE TABLE audit (
        workspace_id TEXT NOT NULL,
        at TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        actor_team TEXT NOT NULL,
        actor_user TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (workspace_id, at, id)
    )""",
)
