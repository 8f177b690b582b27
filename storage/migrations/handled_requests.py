"""Which of Slack's requests have been handled, as long as somebody could send them again."""

STATEMENTS = (
    """CREATE TABLE handled_requests (
        workspace_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        forget_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, fingerprint)
    )""",
)
