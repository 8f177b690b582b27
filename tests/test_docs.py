"""What is written for people, held against the code."""

from pathlib import Path

from dotenv import dotenv_values

from bot.settings import NAMES, Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent


def test_the_example_of_the_settings_has_every_setting_in_order_each_explained() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = [
        (at, line.partition("=")[0]) for at, line in enumerate(lines) if line and not line.startswith("#")
    ]
    assert [name for _, name in named] == list(NAMES)
    for at, name in named:
        assert lines[at - 1].startswith("# "), f"{name} needs a line of explanation"
        assert lines[at - 1].endswith("."), f"{name} needs a whole sentence"


def test_the_example_of_the_settings_holds_the_defaults() -> None:
    values = {name: value or "" for name, value in dotenv_values(ROOT / ".env.example").items()}
    assert load_settings(values) == Settings()
