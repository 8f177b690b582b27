"""The data sheet as Markdown: each table and column of the schema, in the order of their names.

It is generated from the steps that make the schema, so that nothing can be kept that it does not name.
"""

from contextlib import closing

from storage import sqlite_schema
from storage.data_sheet.columns import holds
from storage.data_sheet.removal import LABELS, kinds_of
from storage.data_sheet.tables import OF_THE_ENGINE, TABLES
from storage.records.workspace_settings import RETENTION_KINDS, RetentionKind, WorkspaceSettings
from storage.sqlite_connection import MEMORY, connect

HEAD = """# Data sheet

What Common Ground keeps, why, where, how long and who sees it. Everything is in one database (SQLite or
PostgreSQL) that whoever runs the app chooses and looks after, in backups made of it, and in Slack, where
people see it. Nothing is sent anywhere else. Every row carries its workspace's id, and the app shows a
workspace nothing of another's. Whoever runs the app can read the database, but for tokens, which are
encrypted.

Logs hold ids, counts and durations, never what people wrote. People are kept by Slack's ids; their names are
asked of Slack when a file is made, and are not kept.
"""


def schema() -> dict[str, list[str]]:
    """The columns of each table, in their order, without those that the engine makes for itself."""
    with closing(connect(MEMORY)) as connection:
        sqlite_schema.apply(MEMORY, connection)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            row["name"]: [
                column["name"]
                for column in connection.execute(f"PRAGMA table_info({row['name']})").fetchall()
            ]
            for row in names.fetchall()
            if not row["name"].startswith(OF_THE_ENGINE)
        }


def data_sheet(settings: WorkspaceSettings | None = None) -> str:
    """In general, or as it is in a workspace with these settings; it names nobody.

    :raises KeyError: a table or column of which nobody has said what it is for
    """
    lines = [HEAD, *(_decided(settings) if settings else ())]
    for table, columns in schema().items():
        facts = TABLES[table]
        lines += [
            f"## {table}\n",
            f"- Why: {facts.why}",
            f"- How long: {facts.how_long}",
            *_removed(table, settings),
            f"- Who sees it: {facts.who}\n",
            "| Column | What it holds |",
            "| --- | --- |",
            *(f"| {column} | {holds(table, column)} |" for column in columns),
            "",
        ]
    return "\n".join(lines)


def _removed(table: str, settings: WorkspaceSettings | None) -> list[str]:
    """What time takes from the table; in a workspace after how many days."""
    kinds = kinds_of(table)
    if not kinds:
        return []
    if settings is None:
        told = ", ".join(LABELS[kind] for kind in kinds)
        return [f"- Removed after a time that the admins can set: {told}."]
    told = "; ".join(f"{LABELS[kind]}: {_days(settings, kind)}" for kind in kinds)
    return [f"- Removed in this workspace: {told}."]


def _decided(settings: WorkspaceSettings) -> list[str]:
    days, starters = settings.ask_about_drafts_after_days, "everybody"
    if settings.starters is not None:
        starters = f"admins, and people whom they named: {len(settings.starters)}"
    return [
        "## What the admins of this workspace have decided\n",
        f"- Case studies are approved by a second person: {'yes' if settings.approval_required else 'no'}.",
        f"- The owner of an untouched draft is asked about it after {days} days.",
        f"- Who may start rankings: {starters}.",
        f"- Curators, beside the admins: {len(settings.curators)}.",
        *(f"- Removed after a time, {LABELS[kind]}: {_days(settings, kind)}." for kind in RETENTION_KINDS),
        "",
    ]


def _days(settings: WorkspaceSettings, kind: RetentionKind) -> str:
    days = settings.retention.get(kind)
    return f"after {days} days" if days else "never"
