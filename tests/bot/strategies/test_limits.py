"""Every view and message at its largest: a content folder with the longest texts that its schema allows.

The `slack` fixture holds all that is shown against Slack's limits.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import yaml

from knowledge.loader import load_library
from knowledge.model import Library
from storage.records.people import Person
from storage.store import Store
from tests.bot.strategies.conftest import HomeOf
from tests.slack import (
    ANNA,
    TEAM,
    Bot,
    Call,
    Json,
    Slack,
    labels_of,
    mention_event,
    message_event,
    shown_message,
    shown_view,
    words_of,
)

AREAS, THEMES, STRATEGIES = 12, 25, 100
AT = datetime(2026, 5, 4, tzinfo=UTC)


def filled(words: str, length: int) -> str:
    return (f"{words} " * length)[: length - 1] + "."


def write_folder(folder: Path, shipped: Path) -> None:
    """Twelve areas of 25 themes; the first theme has 100 strategies, and every text is as long as may be."""
    areas: list[Json] = []
    for a in range(AREAS):
        themes: list[Json] = [
            {
                "id": f"theme-{a}-{t}",
                "title": filled(f"Trust {a} {t} &<>", 75),
                "summary": filled("& <b>", 150),
            }
            for t in range(THEMES)
        ]
        area: Json = {
            "id": f"area-{a}",
            "title": filled(f"Area {a} &", 75),
            "summary": filled("<!here>", 150),
        }
        areas.append({**area, "themes": themes})
        ids = (f"s{a}-{number}" for number in count(1))
        items = [
            {
                "id": (strategy_id := next(ids)),
                "theme": theme["id"],
                "title": filled("Trust & <respect>", 75),
                "text": filled("<!channel> & trust", 600),
                "asks": [filled(f"trust {strategy_id} {number}", 120) for number in range(6)],
                "also": [other["id"] for other in themes if other is not theme][:5],
            }
            for theme in themes
            for _ in range(STRATEGIES if (a, theme) == (0, themes[0]) else 1)
        ]
        (folder / f"strategies-area-{a}.yml").write_text(
            yaml.safe_dump({"source": filled("Source & <b>", 300), "strategies": items}), "utf-8"
        )
    (folder / "areas.yml").write_text(yaml.safe_dump({"areas": areas}), "utf-8")
    (folder / "glossary.yml").write_text(
        yaml.safe_dump({"terms": [], "synonyms": [], "elsewhere": []}), "utf-8"
    )
    for name in ("tasks.yml", "template-good-practice.yml"):
        (folder / name).write_bytes((shipped / name).read_bytes())


@pytest.fixture(scope="module")
def largest(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library as large as its schema allows, where it matters for what is shown."""
    folder = tmp_path_factory.mktemp("largest")
    write_folder(folder, Path("knowledge/content"))
    return load_library(folder)


@pytest.fixture
def bot(bot_with: Callable[[Library], Bot], largest: Library) -> Bot:
    return bot_with(largest)


async def turned(bot: Bot, slack: Slack, answer: Json) -> list[Json]:
    """Every page of a list, by pressing Next until there is none."""
    pages = [answer]
    while "Next" in labels_of(pages[-1]["blocks"]):
        await bot.press(shown_message(pages[-1], private=True), "Next")
        pages.append(slack.last("response_url"))
    return pages


async def test_all_themes_and_all_strategies_of_a_theme_can_be_paged_through(
    bot: Bot, slack: Slack, largest: Library
) -> None:
    pages = await turned(bot, slack, await bot.command("/strategies"))
    shown = [label for page in pages for label in labels_of(page["blocks"]) if label == "Show"]
    assert len(shown) == AREAS * THEMES

    pages = await turned(bot, slack, await bot.command("/strategies", "theme-0-0"))
    shown = [label for page in pages for label in labels_of(page["blocks"]) if label == "Show"]
    assert len(shown) == len(largest.strategies_of("theme-0-0")) >= STRATEGIES


async def test_matches_cards_and_related_of_the_longest_texts_fit(bot: Bot, slack: Slack) -> None:
    found = await bot.command("/strategies", "trust " * 500)
    assert labels_of(found["blocks"]).count("Show") == 5
    await bot.press(shown_message(found, private=True), "Show")
    card = slack.last("response_url")
    assert card["text"].count("&lt;!channel&gt;") >= 1
    assert "<!channel>" not in card["text"]
    for label in ("Related", "Back", "Share here", "Save"):
        await bot.press(shown_message(card, private=True), label)
    await bot.press(shown_message(card, private=True), "Share with a note")
    note = shown_view(slack.last("views.open")["view"])
    await bot.submit(note, {"note": "<!channel> & " * 38})
    await bot.command("/strategies", "saved")
    await bot.press(shown_message(found, private=True), "Not what I needed")
    assert "<!channel>" not in slack.last("chat.postMessage")["text"]
    await bot.event(mention_event("trust"))
    await bot.event(message_event("s0-1"))
    await bot.message_shortcut("strategies.message.find", {"ts": "1.2", "text": "trust " * 5_000})
    finder = shown_view(slack.last("views.open")["view"])
    for question in ("", "theme-0-0", "s0-1", "trust " * 500, "pizza " * 500):
        await bot.submit(finder, {"question": question})
    groups = await bot.suggest(finder, "strategies.find.pick", "")
    assert sum(len(group["options"]) for group in groups) <= 100
    await bot.suggest(finder, "strategies.find.pick", "trust")
    await bot.suggest(finder, "strategies.find.pick", "pizza " * 500)
    nothing = await bot.command("/strategies", "pizza " * 500)
    assert "I found no strategy" in nothing["text"]


async def test_app_home_and_its_modals_fit(
    bot: Bot, slack: Slack, store: Store, home_of: HomeOf, largest: Library
) -> None:
    for strategy in largest.strategies[:20]:
        await store.lookups.save_strategy(TEAM, Person(TEAM, ANNA.id), strategy.id, AT)
    for number in range(30):
        await store.lookups.record_miss(TEAM, f"{number} {'x' * 200}", "nothing", AT)
    slack.answers["users.info"] = {"user": {"is_admin": True}}
    home = await home_of(content=largest)
    slack.calls.append(Call("views.publish", {"view": {"type": "home", "blocks": home.blocks}}))
    assert len(home.blocks) <= 50
    await bot.press(home, "All saved strategies")
    await bot.press(shown_view(slack.last("views.open")["view"]), "Next")
    await bot.press(home, "Show themes")
    await bot.press(shown_view(slack.last("views.open")["view"]), "Show")
    await bot.press(shown_view(slack.last("views.update")["view"]), "Show")
    await bot.press(shown_view(slack.last("views.update")["view"]), "Share in a channel")
    assert "Trust &" in words_of(slack.last("views.push")["view"]["blocks"])
