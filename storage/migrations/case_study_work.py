"""Writing case studies together: their changes, events, reviews, sections, filters and digests."""

# What case studies say already becomes their first change. What a published one said before its
# last edit was not kept, so that its one version says what it says now.
STATEMENTS = (
    "ALTER TABLE case_studies ADD COLUMN last_change INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE case_studies ADD COLUMN reviewer_team TEXT",
    "ALTER TABLE case_studies ADD COLUMN reviewer_user TEXT",
    "ALTER TABLE case_studies ADD COLUMN withdrawn_at TEXT",
    "ALTER TABLE case_studies ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_studies ADD COLUMN asked_at TEXT",
    "DROP INDEX case_studies_by_owner",
    """CREATE INDEX case_studies_of_owner
        ON case_studies (workspace_id, owner_team, owner_user, updated_at, id)""",
    # With the columns of the order too: without them SQLite would rather read the whole workspace.
    """CREATE INDEX case_studies_in_review
        ON case_studies (workspace_id, reviewer_team, reviewer_user, updated_at, id)
        WHERE reviewer_user IS NOT NULL""",
    """CREATE INDEX case_study_drafts ON case_studies (updated_at, workspace_id, id)
        WHERE status = 'draft'""",
    """CREATE TABLE case_study_changes (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        field_id TEXT NOT NULL,
        value TEXT NOT NULL,
        author_team TEXT NOT NULL,
        author_user TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        settles INTEGER,
        PRIMARY KEY (workspace_id, case_study_id, number),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
    """INSERT INTO case_study_changes
        (workspace_id, case_study_id, number, field_id, value, author_team, author_user, at, kind)
        SELECT workspace_id, case_study_id,
            ROW_NUMBER() OVER (PARTITION BY workspace_id, case_study_id ORDER BY updated_at, field_id),
            field_id, value, author_team, author_user, updated_at, 'saved'
        FROM case_study_answers""",
    """UPDATE case_studies SET last_change = (
        SELECT COUNT(*) FROM case_study_changes c
        WHERE c.workspace_id = case_studies.workspace_id AND c.case_study_id = case_studies.id
    )""",
    """CREATE TABLE case_study_events (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        actor_team TEXT NOT NULL,
        actor_user TEXT NOT NULL,
        at TEXT NOT NULL,
        last_change INTEGER NOT NULL,
        title TEXT NOT NULL,
        note TEXT NOT NULL,
        person_team TEXT,
        person_user TEXT,
        PRIMARY KEY (workspace_id, case_study_id, number),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
    """INSERT INTO case_study_events
        (workspace_id, case_study_id, number, kind, actor_team, actor_user, at, last_change, title, note)
        SELECT workspace_id, id, 1, 'published', owner_team, owner_user, published_at, last_change, title, ''
        FROM case_studies WHERE status = 'published'""",
    """CREATE TABLE case_study_sections (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        section_id TEXT NOT NULL,
        team_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        asked_by_team TEXT NOT NULL,
        asked_by_user TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        state TEXT NOT NULL,
        reminded_at TEXT,
        PRIMARY KEY (workspace_id, case_study_id, section_id, team_id, user_id),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
    """CREATE INDEX case_study_sections_of ON case_study_sections
        (workspace_id, team_id, user_id, state, asked_at, case_study_id, section_id)""",
    """CREATE TABLE case_study_facets (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        facet TEXT NOT NULL,
        value TEXT NOT NULL,
        published_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, case_study_id, facet, value),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
    """CREATE INDEX case_study_facets_by_value
        ON case_study_facets (workspace_id, facet, value, published_at, case_study_id)""",
    # Counting a hundred thousand rows takes longer than somebody should wait for a list of filters.
    """CREATE TABLE case_study_facet_counts (
        workspace_id TEXT NOT NULL,
        facet TEXT NOT NULL,
        value TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, facet, value)
    )""",
    """INSERT INTO case_study_facets (workspace_id, case_study_id, facet, value, published_at)
        SELECT workspace_id, id, 'template', template_id, published_at
        FROM case_studies WHERE status = 'published'
        UNION ALL SELECT workspace_id, id, 'year', SUBSTR(published_at, 1, 4), published_at
        FROM case_studies WHERE status = 'published'""",
    """INSERT INTO case_study_facet_counts (workspace_id, facet, value, number)
        SELECT workspace_id, facet, value, COUNT(*) FROM case_study_facets
        GROUP BY workspace_id, facet, value""",
    """CREATE TABLE digests (
        workspace_id TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        subscribed_team TEXT NOT NULL,
        subscribed_user TEXT NOT NULL,
        since TEXT NOT NULL,
        next_at TEXT NOT NULL,
        PRIMARY KEY (workspace_id, channel_id)
    )""",
    """CREATE TABLE workspace_settings (
        workspace_id TEXT NOT NULL,
        settings TEXT NOT NULL,
        PRIMARY KEY (workspace_id)
    )""",
)
