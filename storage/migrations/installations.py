"""Where the app is installed, by whom, and the tokens that came with it, encrypted."""

STATEMENTS = (
    # workspace_id is the organisation's id when the app is installed for all of an organisation.
    """CREATE TABLE installations (
        workspace_id TEXT NOT NULL,
        enterprise_id TEXT,
        name TEXT NOT NULL,
        app_id TEXT NOT NULL,
        bot_id TEXT NOT NULL,
        bot_user_id TEXT NOT NULL,
        scopes TEXT NOT NULL,
        bot_token TEXT NOT NULL,
        refresh_token TEXT,
        expires_at TEXT,
        installed_by TEXT NOT NULL,
        installed_at TEXT NOT NULL,
        status TEXT NOT NULL,
        version INTEGER NOT NULL,
        changed_at TEXT NOT NULL,
        refreshing_until TEXT,
        PRIMARY KEY (workspace_id)
    )""",
    "CREATE INDEX installations_changed ON installations (changed_at)",
    "CREATE INDEX installations_expiring ON installations (expires_at) WHERE expires_at IS NOT NULL",
    """CREATE TABLE organisation_workspaces (
        workspace_id TEXT NOT NULL,
        enterprise_id TEXT NOT NULL,
        PRIMARY KEY (workspace_id)
    )""",
    # No workspace is known yet when an installation begins; workspace_id is empty.
    """CREATE TABLE used_install_states (
        workspace_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        forget_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, fingerprint)
    )""",
)
