"""The environment as settings, and every value that cannot be used."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, SettingsError, load_settings, missing_tokens, read_settings

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
MANY = Settings(client_id="1.2", client_secret="s", signing_secret="s", encryption_keys=(KEY,))


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings({}) == Settings()
    assert load_settings(dict.fromkeys(NAMES, "  ")) == Settings()


def test_every_name_is_read() -> None:
    settings = load_settings(
        {
            "SLACK_BOT_TOKEN": " xoxb-1 ",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_SIGNING_SECRET": "abc",
            "SLACK_CLIENT_ID": "1.2",
            "SLACK_CLIENT_SECRET": "def",
            "ENCRYPTION_KEY": f"{KEY}, {'+/' * 21}A=",
            "SLACK_API_URL": "http://127.0.0.1:8000/api",
            "DATABASE_URL": "postgresql://h/db",
            "KNOWLEDGE_DIR": "/srv/content",
            "HOST": "0.0.0.0",
            "PORT": "8080",
            "METRICS_ADDRESS": "[::1]:9464",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
        }
    )
    assert settings == Settings(
        bot_token="xoxb-1",
        app_token="xapp-1",
        signing_secret="abc",
        client_id="1.2",
        client_secret="def",
        encryption_keys=(KEY, f"{'-_' * 21}A="),
        slack_api_url="http://127.0.0.1:8000/api/",
        database_url="postgresql://h/db",
        knowledge_dir=Path("/srv/content"),
        host="0.0.0.0",
        port=8080,
        metrics_address=("::1", 9464),
        log_level="DEBUG",
        log_format="json",
    )


def test_a_folder_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({"KNOWLEDGE_DIR": "~/content"}).knowledge_dir == tmp_path / "content"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "3,000"),
        ("PORT", "٣٠٠٠"),
        ("METRICS_ADDRESS", "9464"),
        ("METRICS_ADDRESS", "127.0.0.1"),
        ("METRICS_ADDRESS", ":9464"),
        ("METRICS_ADDRESS", "http://127.0.0.1:9464"),
        ("METRICS_ADDRESS", "127.0.0.1:0"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("HOST", "http://localhost"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "https://"),
        ("SLACK_API_URL", "http://[::1"),
        ("SLACK_BOT_TOKEN", "xoxp-secret"),
        ("SLACK_APP_TOKEN", "xoxb-secret"),
        ("ENCRYPTION_KEY", "secret"),
        ("ENCRYPTION_KEY", f"{KEY},secret"),
        ("ENCRYPTION_KEY", "c2VjcmV0"),
        ("ENCRYPTION_KEY", f"{KEY[:-1]}é"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_its_default_stands_in(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({name: value})
    assert [fault.split()[0] for fault in raised.value.faults] == [name]
    assert "secret" not in str(raised.value)
    assert read_settings({name: value})[0] == Settings()


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({"PORT": "x", "LOG_LEVEL": "x", "SLACK_BOT_TOKEN": "x"})
    assert len(raised.value.faults) == 3


def test_no_secret_is_in_what_is_printed() -> None:
    settings = Settings(
        "xoxb-hidden",
        "xapp-hidden",
        "hidden",
        client_secret="hidden",
        encryption_keys=("hidden",),
        database_url="postgresql://u:hidden@h/d",
    )
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("settings", "http", "named"),
    [
        (Settings(), False, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (Settings(), True, ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]),
        (Settings(bot_token="xoxb-1"), False, ["SLACK_APP_TOKEN"]),
        (Settings(bot_token="xoxb-1", signing_secret="s"), True, []),
        (Settings(bot_token="xoxb-1", app_token="xapp-1"), False, []),
        (MANY, True, []),
        (MANY, False, ["Many"]),
        (replace(MANY, bot_token="xoxb-1"), True, ["SLACK_BOT_TOKEN"]),
        (
            Settings(client_id="1.2"),
            True,
            ["SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "ENCRYPTION_KEY"],
        ),
    ],
)
def test_tokens_are_asked_for_as_the_way_of_running_needs(
    settings: Settings, http: bool, named: list[str]
) -> None:
    assert [fault.split()[0] for fault in missing_tokens(settings, http=http)] == named
