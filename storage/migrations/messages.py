"""Messages in Slack that follow rows, and the check that the store takes writes."""

STATEMENTS = (
    """CREATE TABLE messages (
        workspace_id TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        parent_id TEXT,
        ts TEXT,
        version INTEGER NOT NULL,
        sent_version INTEGER NOT NULL,
        dirty_at TEXT,
        refusal TEXT,
        PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX messages_by_subject ON messages (workspace_id, subject)",
    # Not on `version`: PostgreSQL changes a row in place only if no index looks at what changes.
    """CREATE INDEX messages_dirty ON messages (dirty_at, workspace_id, id)
        WHERE dirty_at IS NOT NULL""",
    """CREATE TABLE write_checks (
        workspace_id TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id)
    )""",
)
