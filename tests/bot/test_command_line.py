"""The command line as people run it: a process, its output and its exit status."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TENNESSEE = """\
voter,count,Memphis,Nashville,Chattanooga,Knoxville
west,42,1,2,3,4
middle,26,4,1,2,3
east,15,4,3,1,2
hills,17,4,3,2,1
"""


def bot(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` in a folder of its own, with nothing of ours in the environment."""
    names = ("SLACK_", "DATABASE_URL", "KNOWLEDGE_DIR", "HOST", "PORT", "METRICS_ADDRESS", "LOG_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (["run"], ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (["run", "--http"], ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]),
    ],
)
def test_a_missing_token_is_named_and_nothing_starts(
    tmp_path: Path, arguments: list[str], missing: list[str]
) -> None:
    ended = bot(tmp_path, *arguments)
    assert ended.returncode == 1
    assert all(f"{name} is not set" in ended.stderr for name in missing)
    assert list(tmp_path.iterdir()) == []


def test_a_token_of_the_wrong_kind_is_named_without_being_shown(tmp_path: Path) -> None:
    ended = bot(tmp_path, "run", SLACK_BOT_TOKEN="xapp-secret", SLACK_APP_TOKEN="xoxb-secret")
    assert ended.returncode == 1
    assert "SLACK_BOT_TOKEN must begin with xoxb-" in ended.stderr
    assert "SLACK_APP_TOKEN must begin with xapp-" in ended.stderr
    assert "secret" not in ended.stderr


def test_a_slack_that_cannot_be_reached_is_said_in_words(tmp_path: Path) -> None:
    ended = bot(
        tmp_path,
        "run",
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:9/api/",
    )
    assert ended.returncode == 1
    assert "cannot be reached" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unusable_database_is_said_in_words(tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    ended = bot(tmp_path, "run", DATABASE_URL="mysql://somewhere", **tokens)
    assert ended.returncode == 1
    assert "DATABASE_URL must be" in ended.stderr


def test_broken_content_is_named_by_file(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "areas.yml").write_text("areas: [")
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    ended = bot(tmp_path, "run", KNOWLEDGE_DIR=str(tmp_path / "own"), **tokens)
    assert ended.returncode == 1
    assert "areas.yml" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_tally_prints_the_count_as_json(tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").write_text(TENNESSEE)
    ended = bot(tmp_path, "tally", "ballots.csv", "--json")
    tally = json.loads(ended.stdout)
    assert tally["order"] == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert (tally["distance"], tally["agreement"]) == (207, 393)
    assert set(tally) == {
        "items",
        "ballots",
        "method",
        "orders_optimal",
        "order",
        "bands",
        "distance",
        "agreement",
        "borda",
        "schulze",
        "kendall_w",
        "mean_correlation",
    }


def test_tally_prints_words_and_names_the_first_ones(tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").write_text(TENNESSEE)
    ended = bot(tmp_path, "tally", "ballots.csv", "--choose", "2")
    assert ended.returncode == 0
    assert "The first 2: Nashville and Chattanooga." in ended.stdout


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ballots.csv", "", "empty"),
        ("ballots.csv", "name,A,B\nx,1,2\n", "voter"),
        ("ballots.csv", "voter,A,B\nx,first,2\n", "line 2"),
        ("ballots.json", "[{", "JSON"),
        ("ballots.json", '[{"voter": "x", "ranking": [["A"], ["A"]]}]', "A"),
    ],
)
def test_tally_says_where_a_file_is_wrong(tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / name).write_text(content)
    ended = bot(tmp_path, "tally", name)
    assert ended.returncode == 1
    assert name in ended.stderr
    assert says.lower() in ended.stderr.lower()
    assert "Traceback" not in ended.stderr


def test_tally_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    ended = bot(tmp_path, "tally", "nowhere.csv")
    assert ended.returncode == 1
    assert "nowhere.csv" in ended.stderr


def test_migrate_makes_the_schema_once_and_backup_copies_it(tmp_path: Path) -> None:
    first = bot(tmp_path, "migrate")
    assert first.returncode == 0
    assert "Applied" in first.stdout
    assert bot(tmp_path, "migrate").stdout == "The database is up to date.\n"
    copy = bot(tmp_path, "backup", "copy.db")
    assert copy.returncode == 0
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert {"rankings", "answers", "case_studies", "messages"} <= tables
    again = bot(tmp_path, "backup", "copy.db")
    assert again.returncode == 1
    assert "copy.db" in again.stderr
