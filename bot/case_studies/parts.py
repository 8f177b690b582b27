"""What is too long for one modal, in parts that are turned like pages."""

import json
from collections.abc import Callable, Sequence

from slackblocks import Block, Button

from bot.blocks import actions, as_dicts, button, context

BLOCKS_A_PART = 90
BYTES_A_PART = 200_000
"""Slack takes 100 blocks and 250,000 bytes; the rest is for title, author and buttons."""


def in_parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks in as few parts as Slack's limits on one modal allow; one empty part for none."""
    parts: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        length = len(json.dumps(as_dicts([block])))
        if parts[-1] and (size + length > BYTES_A_PART or len(parts[-1]) == BLOCKS_A_PART):
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += length
    return parts


def part_turns(
    part: int, parts: int, value_of: Callable[[int], str], *, earlier_id: str, later_id: str
) -> list[Block]:
    """Which part this is and the ways to those beside it; [] where there is one alone."""
    if parts == 1:
        return []
    turns: list[Button] = []
    if part:
        turns.append(button("Earlier part", earlier_id, value_of(part - 1)))
    if part + 1 < parts:
        turns.append(button("Next part", later_id, value_of(part + 1)))
    return [context(f"Part {part + 1} of {parts}"), actions(*turns)]
