"""The schema, as numbered steps that have the same names on both engines.

Every primary key begins with `workspace_id`, and so does every reference, so
that a distributed PostgreSQL can keep one workspace's rows together. Only the
search index differs, because full-text search does.
"""

import re
from collections.abc import Iterable, Sequence

from storage.database import Engine
from storage.store import UnavailableError

_MESSAGES = (
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
_RANKINGS = (
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
_CASE_STUDIES = (
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
# The words of published case studies, folded as `storage.search` folds a query.
# SQLite's index refers to rows by number, and only a declared number survives a copy.
_SEARCH_SQLITE = (
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
_SEARCH_POSTGRESQL = (
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
_LOOKUPS = (
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
# A ranking keeps its rules in place of a number, and an answer may have no name: so it refers
# to nobody, and SQLite drops a reference only with its table.
_RULES = (
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
# What case studies say already becomes their first change. What a published one said before its
# last edit was not kept, so that its one version says what it says now.
_CASE_STUDY_WORK = (
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

# Databases hold what the steps made: one that was released is never edited, another follows it.
_STEPS: dict[str, dict[Engine, tuple[str, ...]]] = {
    "001_messages": {"sqlite": _MESSAGES, "postgresql": _MESSAGES},
    "002_rankings": {"sqlite": _RANKINGS, "postgresql": _RANKINGS},
    "003_case_studies": {"sqlite": _CASE_STUDIES, "postgresql": _CASE_STUDIES},
    "004_search": {"sqlite": _SEARCH_SQLITE, "postgresql": _SEARCH_POSTGRESQL},
    "005_lookups": {"sqlite": _LOOKUPS, "postgresql": _LOOKUPS},
    "006_ranking_rules": {"sqlite": _RULES, "postgresql": _RULES},
    "007_case_study_work": {"sqlite": _CASE_STUDY_WORK, "postgresql": _CASE_STUDY_WORK},
}
NAMES = tuple(_STEPS)


def statements(name: str, engine: Engine) -> list[str]:
    """The SQL of one step as `engine` wants it."""
    return [_for_sqlite(sql) if engine == "sqlite" else _for_postgresql(sql) for sql in _STEPS[name][engine]]


def pending(applied: Iterable[str], database: str) -> list[str]:
    """The names still to be applied, in order.

    :raises UnavailableError: a step is unknown here, so a newer version made `database`
    """
    done = set(applied)
    if not done.issubset(NAMES):
        raise UnavailableError(
            f"The database {database} was made by a newer version of Common Ground. "
            "Update the app, or put a backup from this version in its place."
        )
    return [name for name in NAMES if name not in done]


def refuse_pending(names: Sequence[str]) -> None:
    """:raises UnavailableError: there are steps to be applied."""
    if names:
        raise UnavailableError(
            f"The database is not up to date ({', '.join(names)} to do). Run python -m bot migrate first."
        )


def _for_sqlite(sql: str) -> str:
    """Have types checked, and keep rows in the order of their key."""
    if sql.startswith("CREATE TABLE") and not sql.endswith("STRICT"):
        return f"{sql} STRICT, WITHOUT ROWID"
    return sql


def _for_postgresql(sql: str) -> str:
    """Sort text by its bytes, as SQLite does, whatever the server's language."""
    return re.sub(r"\bTEXT\b(?! SEARCH)", 'TEXT COLLATE "C"', sql)
