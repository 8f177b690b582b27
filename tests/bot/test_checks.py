"""`python -m bot check`: every fault named with its area, no secret shown, and nothing when all is well."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.checks import check
from bot.manifest import SCOPES
from tests.slack import Slack

ROOT = Path(__file__).resolve().parents[2]
GOOD_SECRET = "0123456789abcdef0123456789abcdef"
FOR_MANY = {
    "SLACK_CLIENT_ID": "111.222",
    "SLACK_CLIENT_SECRET": GOOD_SECRET,
    "SLACK_SIGNING_SECRET": GOOD_SECRET,
    "ENCRYPTION_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}


def found(folder: Path, environment: dict[str, str] | None = None, *, offline: bool = True) -> list[str]:
    return [str(fault) for fault in check(folder, environment or {}, offline=offline).faults]


def env_faults(folder: Path, text: str) -> list[str]:
    (folder / ".env").write_text(text, "utf-8")
    return [fault for fault in found(folder) if fault.startswith("settings: ")]


def content_copy(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "knowledge" / "content", folder / "content"))


def test_a_fresh_folder_has_no_faults(tmp_path: Path) -> None:
    assert found(tmp_path, offline=False) == []
    assert list(tmp_path.iterdir()) == [], "looking must not make anything"


def test_the_example_of_the_settings_has_no_faults(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    assert found(tmp_path, offline=False) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SLACK_BOT_TOKN=xoxb-1", "line 3: SLACK_BOT_TOKN is not a setting. Did you mean SLACK_BOT_TOKEN?"),
        ("database_url=x", "line 3: database_url is not a setting. Did you mean DATABASE_URL?"),
        ("FLAVOUR=mint", "line 3: FLAVOUR is not a setting of Common Ground"),
        ("ENCRYPTION_KEY=secret", "ENCRYPTION_KEY must hold 32 random bytes in base64"),
        ("SLACK_CLIENT_SECRET=your-secret", "SLACK_CLIENT_SECRET still holds a placeholder."),
        ("SLACK_CLIENTID=1.2", "line 3: SLACK_CLIENTID is not a setting. Did you mean SLACK_CLIENT_ID?"),
        ("PORT=3000\nPORT=3001", "line 4: PORT is there twice; line 3 sets it already."),
        ("PORT", "line 3: PORT has no value."),
        ("this is not a setting", "line 3 cannot be read."),
        ('SLACK_APP_TOKEN="xapp-1', "line 3 cannot be read."),
        ("PORT=many", "PORT is 'many'."),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL is 'LOUD'."),
        ("SLACK_BOT_TOKEN=xoxp-secret", "SLACK_BOT_TOKEN must begin with xoxb-."),
        ("SLACK_BOT_TOKEN=xoxb-your-token", "SLACK_BOT_TOKEN still holds a placeholder."),
        ("SLACK_SIGNING_SECRET=<signing secret>", "SLACK_SIGNING_SECRET still holds a placeholder."),
        ("SLACK_APP_TOKEN=xapp-1-XXXX", "SLACK_APP_TOKEN still holds a placeholder."),
        ("DATABASE_URL=postgresql://user:password@host/name", "DATABASE_URL still holds a placeholder."),
    ],
)
def test_a_fault_of_the_env_file_is_named_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    faults = env_faults(tmp_path, f"# settings\n\n{line}\n")
    assert len(faults) == 1, faults
    assert words in faults[0]
    assert "secret" not in faults[0].replace("signing secret", "")


@pytest.mark.parametrize(
    "line",
    [
        "SLACK_SIGNING_SECRET=1todo2xxxx3your4example",
        "HTTPS_PROXY=http://proxy:3128",
        "export PORT=3000",
        "HOST='0.0.0.0'",
        "TZ=UTC",
    ],
)
def test_what_is_right_in_the_env_file_is_left_alone(tmp_path: Path, line: str) -> None:
    assert env_faults(tmp_path, line) == []


def test_an_env_file_that_is_no_text_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    assert found(tmp_path) == [
        "settings: .env: .env is not UTF-8 text. Save it again as plain text in UTF-8."
    ]
    (tmp_path / ".env").unlink()
    (tmp_path / ".env").mkdir()
    assert found(tmp_path) == ["settings: .env: .env cannot be read: Is a directory."]


def test_a_misspelt_name_in_the_environment_is_named_too(tmp_path: Path) -> None:
    environment = {
        "SLACK_SIGNING_SECRETS": GOOD_SECRET,
        "HOSTNAME": "box",
        "PATH": "/bin",
        "SLACK_CLIENT_ID": "x",
    }
    assert found(tmp_path, environment) == [
        "settings: SLACK_SIGNING_SECRETS is not a setting. Did you mean SLACK_SIGNING_SECRET?"
    ]


def test_the_environment_is_used_before_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=many\n", "utf-8")
    assert found(tmp_path, {"PORT": "8080"}) == []


def test_tokens_are_asked_for_only_when_one_is_there_and_never_offline(tmp_path: Path) -> None:
    for given, missing in (
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": GOOD_SECRET}, "SLACK_BOT_TOKEN"),
        ({**FOR_MANY, "SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID"),
        ({**FOR_MANY, "SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        ({**FOR_MANY, "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"),
        ({**FOR_MANY, "ENCRYPTION_KEY": ""}, "ENCRYPTION_KEY"),
    ):
        environment = {**given, "SLACK_API_URL": "http://127.0.0.1:1/api/"}
        named = [fault for fault in found(tmp_path, environment, offline=False) if "is not set" in fault]
        assert [fault.split()[1] for fault in named] == [missing]
        assert found(tmp_path, environment) == []


def test_every_fault_of_the_content_is_named(tmp_path: Path) -> None:
    content = content_copy(tmp_path)
    areas = content / "areas.yml"
    areas.write_text(areas.read_text("utf-8").replace("id: trust\n", "id: Trust\n"), "utf-8")
    (content / "tasks.yml").write_text("tasks: [", "utf-8")
    for template in content.glob("template-*.yml"):
        template.unlink()
    faults = found(tmp_path, {"KNOWLEDGE_DIR": str(content)})
    assert all(fault.startswith("content: ") for fault in faults)
    for name in ("areas.yml", "tasks.yml: line", "template-<id>.yml: the folder holds no template"):
        assert any(name in fault for fault in faults), name
    assert found(tmp_path, {"KNOWLEDGE_DIR": str(tmp_path / "none")}) == [
        f"content: {tmp_path / 'none'}: there is no such folder"
    ]


@pytest.mark.parametrize(
    "url",
    ["mysql://host/db", "sqlite:///", "nonsense", "postgresql://u:secret@127.0.0.1:1/db?connect_timeout=1"],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    faults = found(tmp_path, {"DATABASE_URL": url})
    assert len(faults) == 1
    assert faults[0].startswith("database: ")
    assert "secret" not in faults[0]


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is not a database, however long it may be " * 50)
    faults = found(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path}/text.db"})
    assert [fault.startswith("database: ") for fault in faults] == [True]


def test_a_database_that_the_app_made_has_no_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///own.db")
    assert main(["migrate"]) == 0
    with sqlite3.connect(tmp_path / "own.db") as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    connection.close()
    assert found(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path}/own.db"}) == []


def test_faults_of_every_area_are_named_in_one_go(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "PORT=many\nKNOWLEDGE_DIR=nowhere\nDATABASE_URL=mysql://x\nLOG_LEVEL=x\n", "utf-8"
    )
    (tmp_path / "manifest.yml").write_text("display_information: [\n", "utf-8")
    areas = [fault.split(":")[0] for fault in found(tmp_path)]
    assert areas == ["settings", "settings", "content", "manifest", "database"]


# Slack is asked in a thread, because the stand-in answers in this one.
async def slack_says(folder: Path, environment: dict[str, str]) -> list[str]:
    return await asyncio.to_thread(found, folder, environment, offline=False)


@pytest.fixture
def tokens(slack: Slack) -> dict[str, str]:
    """A workspace that takes both tokens and has granted every scope."""
    slack.headers["auth.test"] = {"x-oauth-scopes": ",".join(SCOPES)}
    return {
        "SLACK_BOT_TOKEN": "xoxb-1-secret",
        "SLACK_APP_TOKEN": "xapp-1-secret",
        "SLACK_API_URL": slack.api_url,
    }


async def test_good_tokens_with_every_scope_are_no_fault(
    tmp_path: Path, slack: Slack, tokens: dict[str, str]
) -> None:
    assert await slack_says(tmp_path, tokens) == []
    assert [call.method for call in slack.calls] == ["auth.test", "apps.connections.open"]


async def test_offline_asks_slack_nothing(tmp_path: Path, slack: Slack, tokens: dict[str, str]) -> None:
    assert found(tmp_path, tokens) == []
    assert slack.calls == []


async def test_each_token_that_slack_refuses_is_named_and_not_shown(
    tmp_path: Path, slack: Slack, tokens: dict[str, str]
) -> None:
    slack.refuse["auth.test"] = "invalid_auth"
    slack.refuse["apps.connections.open"] = "not_allowed_token_type"
    assert await slack_says(tmp_path, tokens) == [
        "slack: Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy it again.",
        "slack: Slack does not accept SLACK_APP_TOKEN (not_allowed_token_type). Copy it again.",
    ]


async def test_each_scope_that_was_not_granted_is_named(
    tmp_path: Path, slack: Slack, tokens: dict[str, str]
) -> None:
    missing = {"files:write", "users:read"}
    slack.headers["auth.test"] = {"x-oauth-scopes": ", ".join(sorted(set(SCOPES) - missing))}
    faults = await slack_says(tmp_path, tokens)
    assert [scope in fault for scope, fault in zip(sorted(missing), faults, strict=True)] == [True, True]


async def test_slack_out_of_reach_is_one_fault(tmp_path: Path, tokens: dict[str, str]) -> None:
    faults = await slack_says(tmp_path, {**tokens, "SLACK_API_URL": "http://127.0.0.1:1/api/"})
    assert faults == ["slack: Slack cannot be reached at SLACK_API_URL (URLError)."]


@pytest.mark.parametrize(
    ("reason", "faults"),
    [
        ("invalid_code", []),
        (
            "invalid_client_id",
            ["slack: Slack does not accept SLACK_CLIENT_ID (invalid_client_id). Copy it again."],
        ),
        (
            "bad_client_secret",
            ["slack: Slack does not accept SLACK_CLIENT_SECRET (bad_client_secret). Copy it again."],
        ),
    ],
)
async def test_the_secret_of_many_workspaces_is_tried_with_slack_and_not_shown(
    tmp_path: Path, slack: Slack, reason: str, faults: list[str]
) -> None:
    slack.refuse["oauth.v2.access"] = reason
    assert await slack_says(tmp_path, {**FOR_MANY, "SLACK_API_URL": slack.api_url}) == faults
    assert [call.method for call in slack.calls] == ["oauth.v2.access"]


async def test_no_slack_is_one_fault_for_many_workspaces_too(tmp_path: Path) -> None:
    faults = await slack_says(tmp_path, {**FOR_MANY, "SLACK_API_URL": "http://127.0.0.1:1/api/"})
    assert faults == ["slack: Slack cannot be reached at SLACK_API_URL (URLError)."]


async def test_many_workspaces_are_not_served_over_socket_mode(tmp_path: Path, slack: Slack) -> None:
    (fault,) = await slack_says(
        tmp_path, {**FOR_MANY, "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": slack.api_url}
    )
    assert fault.startswith(
        "settings: SLACK_APP_TOKEN is for Socket Mode, and many workspaces are served over HTTP"
    )
    assert "turn Socket Mode off in the manifest" in fault


async def test_one_workspace_or_many_and_not_both(tmp_path: Path, slack: Slack) -> None:
    slack.refuse["oauth.v2.access"] = "invalid_code"
    faults = await slack_says(
        tmp_path, {**FOR_MANY, "SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_API_URL": slack.api_url}
    )
    assert (
        "settings: SLACK_BOT_TOKEN is for one workspace, and SLACK_CLIENT_ID for many. Take one of them out."
        in faults
    )
    assert not any(secret in fault for fault in faults for secret in FOR_MANY.values())


async def test_a_placeholder_is_not_sent_to_slack(
    tmp_path: Path, slack: Slack, tokens: dict[str, str]
) -> None:
    faults = await slack_says(tmp_path, {**tokens, "SLACK_BOT_TOKEN": "xoxb-your-token"})
    assert faults == ["settings: SLACK_BOT_TOKEN still holds a placeholder. Put your own value there."]
    assert slack.calls == []


def run_check(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "check", *options],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_one_friendly_line_or_every_fault(tmp_path: Path) -> None:
    done = run_check(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("All is well")
    assert "`make run` opens the sandbox" in done.stdout
    assert done.stdout.count("\n") == 1

    (tmp_path / ".env").write_text("PORT=many\nLOG_LEVEL=x\nFLAVOUR=mint\n", "utf-8")
    done = run_check(tmp_path, "--offline")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == ""


def test_a_check_imports_nothing_that_is_slow() -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['check', '--offline']);"
        "slow = {'slack_bolt', 'docx', 'numpy', 'aiohttp', 'slackblocks', 'starlette'};"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
