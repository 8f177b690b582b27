"""The table of slash commands: help, the manifest's test and the README rows come from it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """One way to type a command: what follows its name, and what that does."""

    words: str
    does: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command with its ways of use; `hint` is what Slack shows while typing."""

    name: str
    summary: str
    hint: str
    uses: tuple[Use, ...]


COMMANDS: tuple[Command, ...] = (
    Command(
        "/strategies",
        "Look up what is known to make joint work succeed",
        "a question, a theme or an id",
        (
            Use("", "browse by area and theme"),
            Use("trust", "show a theme"),
            Use("people keep leaving", "find strategies for a worry in your own words"),
            Use("trust-2", "show one strategy"),
            Use("saved", "see the strategies that you saved"),
        ),
    ),
    Command(
        "/rank",
        "Agree as a group on what matters most",
        "list",
        (
            Use("", "start the ranking task in a channel"),
            Use("list", "see what is open and what was decided here"),
        ),
    ),
    Command(
        "/casestudy",
        "Write, find and share case studies of good practice",
        "words to find, list or digest",
        (
            Use("", "start one, go on with a draft, or look in the library"),
            Use("list", "see what has been published"),
            Use("school nurse", "find published case studies with these words"),
            Use("digest", "have a channel told monthly what has been published"),
        ),
    ),
    Command(
        "/commonground",
        "What this app does and how to begin",
        "help",
        (Use("", "show this help"),),
    ),
)


def command(name: str) -> Command:
    """The command of that name; :raises KeyError: there is none."""
    return {one.name: one for one in COMMANDS}[name]


def usage_lines(commands: Sequence[Command] = COMMANDS) -> list[tuple[str, str]]:
    """Each way of use as typed, with what it does."""
    return [(f"{one.name} {use.words}".strip(), use.does) for one in commands for use in one.uses]
