"""`lookup`: find strategies without Slack."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.refusals import refuse
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge.answer import Answer
    from knowledge.model import Library


def add(commands: Any) -> None:
    """Add `lookup` to the subparsers."""
    lookup = commands.add_parser(
        "lookup",
        help="find strategies by words, theme or id",
        description="Finds at most five strategies; when nothing fits it names the nearest themes.",
    )
    asked = lookup.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="what you are looking for, in quotes")
    asked.add_argument(
        "--batch", type=Path, metavar="FILE", help="one question a line; prints one JSON a line"
    )
    lookup.add_argument("--json", action="store_true", help="print JSON")
    lookup.set_defaults(action=look_up)


def look_up(options: argparse.Namespace, settings: Settings) -> int:
    """Print what is found; 1 when there is nothing to look for or in."""
    from bot.strategies.service import Lookup
    from knowledge.answer import lookup_as_json
    from knowledge.encoder import load_encoder
    from knowledge.loader import ContentError, load_library
    from knowledge.search import Search

    if options.batch is None and not options.text.strip():
        return refuse(['There is nothing to look for. Write it in quotes: lookup "people keep leaving"'])
    try:
        questions = [options.text] if options.batch is None else _questions(options.batch)
        library = load_library(settings.knowledge_dir)
    except OSError as error:
        return refuse([f"{options.batch} cannot be read: {error.strerror}."])
    except UnicodeDecodeError:
        return refuse([f"{options.batch} is not UTF-8 text."])
    except ContentError as error:
        return refuse(error.faults)
    lookup = Lookup(library, Search(library, load_encoder()))
    for question in questions:
        if options.json or options.batch:
            print(json.dumps(lookup_as_json(lookup.find(question))))
        else:
            print(_as_text(lookup.library, lookup.find(question)))
    return 0


def _as_text(library: "Library", answer: "Answer") -> str:
    """What is found, a strategy a paragraph; or where to look instead."""
    if answer.matches:
        return "\n\n".join(
            f"{match.strategy.id}  {match.strategy.title}\n{match.strategy.text}\n"
            f"Theme: {library.theme_of(match.strategy).title}. Source: {match.strategy.source}"
            for match in answer.matches
        )
    if answer.themes:
        nearest = "\n".join(f"{theme.id}  {theme.title}" for theme in answer.themes)
        return f"Nothing fits. The nearest themes are:\n{nearest}"
    themes = ", ".join(theme.id for theme in library.themes)
    return f"Nothing fits. Ask in other words, or look for a theme: {themes}."


def _questions(file: Path) -> list[str]:
    """One question a line, as many as there are lines; an empty line is an empty question."""
    return file.read_bytes().decode("utf-8-sig").removesuffix("\n").replace("\r\n", "\n").split("\n")
