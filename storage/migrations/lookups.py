"""What people keep of their searches, and what searches did not find."""

STATEMENTS = (
    """CREATE TABLE saved_strategies (
        workspace_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        strategy_id TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, team_id, user_id, strategy_id)
    )""",
    """CREATE TABLE misses (
        workspace_id TEXT NOT NULL,
        words TEXT NOT NULL,
        kind TEXT NOT NULL,
        times INTEGER NOT NULL,
        last_seen TEXT NOT NULL,
        PRIMARY KEY (workspace_id, words, kind)
    )""",
)
