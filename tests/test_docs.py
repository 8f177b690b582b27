"""What is written for people, held against the code."""

import re
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values
from prometheus_client import REGISTRY

from bot.__main__ import parser
from bot.commands import usage_lines
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


README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("typed", "does"), usage_lines())
def test_the_readme_has_every_way_to_use_a_slash_command(typed: str, does: str) -> None:
    assert f"| `{typed}` | {does} |" in README


def test_the_readme_has_every_command_of_the_command_line_and_no_other() -> None:
    commands = next(one for one in parser()._actions if isinstance(one.choices, dict)).choices
    assert commands is not None
    written = set(re.findall(r"`python -m bot ([a-z-]+)", README))
    assert written == set(commands)


def test_every_link_and_picture_in_the_docs_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_target_that_the_docs_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        named = set(re.findall(r"`make ([a-z]+)", page.read_text("utf-8")))
        assert named <= targets, page.name


def test_every_figure_that_is_described_is_there_and_every_one_of_ours_is_described() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    ours = {name for name in figure_names() if name.startswith("commonground_")}
    described = set(re.findall(r"`(commonground_[a-z_]+)`", page))
    assert {metric.removesuffix("_total") for metric in described} == ours


def test_the_rules_for_alerts_ask_for_figures_that_are_there() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (group,) = yaml.safe_load(page.partition("```yaml")[2].partition("```")[0])["groups"]
    rules = [rule["expr"] for rule in group["rules"]]
    assert len(rules) >= 8
    asked = {name for rule in rules for name in re.findall(r"commonground_[a-z_]+", rule)}
    assert {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in asked} <= figure_names()


def figure_names() -> set[str]:
    """The names of all figures, as they are registered."""
    return {metric.name for metric in REGISTRY.collect()}
