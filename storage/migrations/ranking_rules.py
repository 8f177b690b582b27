"""Rules, deputies, secret answers and a history for rankings; agencies; work that falls due."""

# A ranking keeps its rules in place of a number, and an answer may have no name: so it refers
# to nobody, and SQLite drops a reference only with its table.
STATEMENTS = (
    "ALTER TABLE rankings DROP COLUMN quorum",
    "ALTER TABLE rankings ADD COLUMN rules TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE rankings ADD COLUMN paused_at TEXT",
    "ALTER TABLE participants ADD COLUMN agency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE participants ADD COLUMN left_at TEXT",
    "ALTER TABLE participants ADD COLUMN added_at TEXT",
    "ALTER TABLE stages ADD COLUMN deadline TEXT",
    """CREATE TABLE new_answers (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        choice TEXT NOT NULL,
        complete INTEGER NOT NULL,
        answered_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        agency TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (workspace_id, ranking_id, seq, team_id, user_id),
        FOREIGN KEY (workspace_id, ranking_id, seq) REFERENCES stages (workspace_id, ranking_id, seq)
    )""",
    """INSERT INTO new_answers
        (workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason)
        SELECT workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason
        FROM answers""",
    "DROP TABLE answers",
    "ALTER TABLE new_answers RENAME TO answers",
    """CREATE TABLE deputies (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id, team_id, user_id),
        FOREIGN KEY (workspace_id, ranking_id) REFERENCES rankings (workspace_id, id)
    )""",
    "CREATE INDEX deputies_by_person ON deputies (workspace_id, team_id, user_id)",
    """CREATE TABLE ranking_keys (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        secret TEXT NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id),
        FOREIGN KEY (workspace_id, ranking_id) REFERENCES rankings (workspace_id, id)
    )""",
    """CREATE TABLE ranking_events (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        actor_team TEXT NOT NULL,
        actor_user TEXT NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id, number),
        FOREIGN KEY (workspace_id, ranking_id) REFERENCES rankings (workspace_id, id)
    )""",
    """CREATE TABLE ranking_setups (
        workspace_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        setup TEXT NOT NULL,
        PRIMARY KEY (workspace_id, team_id, user_id)
    )""",
    """CREATE TABLE people (
        workspace_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        agency TEXT NOT NULL,
        PRIMARY KEY (workspace_id, team_id, user_id)
    )""",
    """CREATE TABLE work (
        workspace_id TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        due_at TEXT NOT NULL,
        claimed_until TEXT,
        attempts INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX work_due ON work (due_at, workspace_id, id)",
)
