"""What commands do to the whole database stands in each workspace's log, in the name of the command line."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.governance.audit_log.wording import entry_text
from bot.oauth.vault import Vault
from storage.open import open_store
from storage.records.audit import COMMAND_LINE, AuditEntry
from storage.records.installations import Installation, SealedTokens
from tests.bot.case_studies.examples import make_study
from tests.slack import PARTNER_TEAM, TEAM

OLD_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
NEW_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/one.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("ENCRYPTION_KEY", f"{NEW_KEY},{OLD_KEY}")
    asyncio.run(fill(url))
    return url


async def fill(url: str) -> None:
    """A workspace with a case study, and one where the app is installed."""
    store = await open_store(url)
    await store.case_studies.import_case_study(make_study())
    sealed = SealedTokens(Vault([OLD_KEY]).seal("xoxb-1"))
    await store.installations.save(
        Installation(PARTNER_TEAM, None, "Away", "A0APP", "B1", "U1", (), sealed, "U0AMIR", AT)
    )
    await store.close()


def lines(url: str, workspace_id: str) -> list[AuditEntry]:
    async def read() -> list[AuditEntry]:
        store = await open_store(url)
        try:
            return await store.audit.list_entries(workspace_id, limit=10)
        finally:
            await store.close()

    return asyncio.run(read())


def said(entry: AuditEntry) -> str:
    assert entry.actor == COMMAND_LINE
    return entry_text(entry, lambda person: person.user_id, str)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "--format", "json", "--out", "out.json"], "exported all case studies, drafts too."),
        (["backup", "copy.db"], "made a copy of the database."),
    ],
)
def test_each_workspace_has_a_line(database: str, arguments: list[str], words: str) -> None:
    assert main(arguments) == 0
    for workspace_id in (TEAM, PARTNER_TEAM):
        (line,) = lines(database, workspace_id)
        assert said(line) == f"The command line {words}"


def test_only_those_into_which_something_was_imported(database: str, tmp_path: Path) -> None:
    assert main(["export", "--format", "json", "--out", "out.json"]) == 0
    whole = json.loads((tmp_path / "out.json").read_text())
    whole["case_studies"] = [
        study | {"id": name} for study in whole["case_studies"] for name in ("s1", "s2", "s3")
    ]
    (tmp_path / "in.json").write_text(json.dumps(whole))
    for _ in range(2):
        assert main(["import", "in.json"]) == 0
    found = [line for line in lines(database, TEAM) if line.kind == "imported"]
    assert [said(line) for line in found] == ["The command line imported 2 case studies."]
    assert [line.kind for line in lines(database, PARTNER_TEAM)] == ["exported"]


def test_whose_tokens_were_encrypted_anew(database: str) -> None:
    for _ in range(2):
        assert main(["rotate-keys"]) == 0
    (line,) = lines(database, PARTNER_TEAM)
    assert said(line) == "The command line encrypted the tokens with the newest key."
    assert lines(database, TEAM) == []


def test_only_a_schema_that_was_behind_has_a_line(database: str, tmp_path: Path) -> None:
    assert main(["migrate"]) == 0
    assert lines(database, TEAM) == []
    with closing(sqlite3.connect(tmp_path / "one.db")) as connection, connection:
        connection.execute("DROP TABLE handled_requests")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '013%'")
    assert main(["migrate"]) == 0
    assert [said(line) for line in lines(database, TEAM)] == [
        "The command line brought the database up to date."
    ]


def test_a_copy_of_an_older_schema_is_made_and_says_that_it_has_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/old.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.execute("CREATE TABLE anything (id TEXT)")
    assert main(["backup", "copy.db"]) == 0
    assert "No line could be kept in the audit log." in capsys.readouterr().err
    assert (tmp_path / "copy.db").exists()
