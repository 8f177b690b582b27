"""The index of published case studies: the one step in which the engines differ."""

# The words of published case studies, folded as `storage.search` folds a query.
# SQLite's index refers to rows by number, and only a declared number survives a copy.
SQLITE = (
    """CREATE TABLE case_study_words (
        number INTEGER PRIMARY KEY,
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (workspace_id, case_study_id),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    ) STRICT""",
)
# English stems as elsewhere, but no word is thrown away: a search finds the same on both engines.
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY commonground_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION commonground (COPY = simple)",
    """ALTER TEXT SEARCH CONFIGURATION commonground
        ALTER MAPPING FOR asciiword, word, numword WITH commonground_stem""",
    """CREATE TABLE case_study_words (
        workspace_id TEXT NOT NULL,
        case_study_id TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        words TSVECTOR GENERATED ALWAYS AS (
            setweight(to_tsvector('commonground', title), 'A')
            || setweight(to_tsvector('commonground', body), 'C')
        ) STORED,
        PRIMARY KEY (workspace_id, case_study_id),
        FOREIGN KEY (workspace_id, case_study_id) REFERENCES case_studies (workspace_id, id)
    )""",
    "CREATE INDEX case_study_words_found ON case_study_words USING GIN (words)",
)
