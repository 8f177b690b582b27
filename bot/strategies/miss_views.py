"""What people looked for in vain, as whoever edits the content sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from slackblocks import Block

from bot.blocks import button, context, escape, section
from bot.strategies import ids
from storage.records.lookups import Miss

MISSES_AT_HOME = 8
MISSES_READ = 200


@dataclass(frozen=True, slots=True)
class Missed:
    """The same words of either kind, with how often."""

    words: str
    nothing: int
    unhelpful: int


def missed(misses: Sequence[Miss]) -> list[Missed]:
    """Both kinds of the same words together, the most frequent first."""
    by_words = groupby(sorted(misses, key=lambda miss: miss.words), key=lambda miss: miss.words)
    found = []
    for words, group in by_words:
        counts = {miss.kind: miss.count for miss in group}
        found.append(Missed(words, counts.get("nothing", 0), counts.get("unhelpful", 0)))
    return sorted(found, key=lambda one: (-one.nothing - one.unhelpful, one.words))


def misses_at_home(misses: Sequence[Miss]) -> list[Block]:
    """For curators: the words that come up most, each to be dealt with."""
    found = missed(misses)
    blocks: list[Block] = [
        context(
            "Only curators and admins see this: the words of questions, ordered by the alphabet, and never "
            "who asked. Edit the content so that it answers them, as its guide docs/content.md says."
        )
    ]
    for one in found[:MISSES_AT_HOME]:
        done = button("Dealt with", ids.MISS_FORGET, one.words, spoken=f"Dealt with: {one.words}")
        blocks.append(section(f"{escape(one.words)}\n{how_often(one)}", done))
    if len(found) > MISSES_AT_HOME:
        blocks.append(context("These come up most. All of them: `python -m bot misses`"))
    return blocks


def how_often(one: Missed) -> str:
    """`Found nothing 3 times. Not what was needed: once.`"""
    parts = []
    if one.nothing:
        parts.append(f"Found nothing {_times(one.nothing)}.")
    if one.unhelpful:
        parts.append(f"Not what was needed {_times(one.unhelpful)}.")
    return " ".join(parts)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
