"""Rankings: who takes part, the stages and the answers."""

STATEMENTS = (
    """CREATE TABLE rankings (
        workspace_id TEXT NOT NULL,
        id TEXT NOT NULL,
        task_id TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        items TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        facilitator_team TEXT NOT NULL,
        facilitator_user TEXT NOT NULL,
        quorum INTEGER NOT NULL,
        status TEXT NOT NULL,
        created_at TEXT NOT NULL,
        ended_at TEXT,
        outcome TEXT NOT NULL,
        PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX rankings_by_age ON rankings (workspace_id, created_at, id)",
    "CREATE INDEX rankings_by_channel ON rankings (workspace_id, channel_id, created_at, id)",
    "CREATE INDEX rankings_by_facilitator ON rankings (workspace_id, facilitator_team, facilitator_user)",
    """CREATE TABLE participants (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id, team_id, user_id),
        FOREIGN KEY (workspace_id, ranking_id) REFERENCES rankings (workspace_id, id)
    )""",
    "CREATE INDEX participants_by_person ON participants (workspace_id, team_id, user_id)",
    """CREATE TABLE stages (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        items TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        proposal TEXT NOT NULL,
        closed_at TEXT,
        answered INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id, seq),
        FOREIGN KEY (workspace_id, ranking_id) REFERENCES rankings (workspace_id, id)
    )""",
    """CREATE TABLE answers (
        workspace_id TEXT NOT NULL,
        ranking_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        choice TEXT NOT NULL,
        complete INTEGER NOT NULL,
        answered_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (workspace_id, ranking_id, seq, team_id, user_id),
        FOREIGN KEY (workspace_id, ranking_id, seq) REFERENCES stages (workspace_id, ranking_id, seq),
        FOREIGN KEY (workspace_id, ranking_id, team_id, user_id)
            REFERENCES participants (workspace_id, ranking_id, team_id, user_id)
    )""",
)
