"""The private comparison: each statement's places, and the reader's own beside the group's."""

from collections.abc import Sequence

from slackblocks import Block

from bot.blocks import context, divider, escape, header, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.counting.report import band_text
from bot.ranking.counting.spread import Spread
from bot.ranking.result_wording import agreement_lines
from bot.ranking.results import Difference, GroupOrder
from bot.ranking.snapshot import Snapshot


def compare_panel(
    snapshot: Snapshot, order: GroupOrder, own: tuple[str, ...], differences: Sequence[Difference]
) -> Panel:
    """The last order of the group; `own` is the reader's, empty for somebody who did not rank."""
    blocks: list[Block] = [
        section(f"*{order.tally.ballots} ballots.* " + " ".join(agreement_lines(order))),
        header("Statement by statement"),
    ]
    lines = []
    for item in order.items:
        title = snapshot.item(item).title
        place = band_text(order.tally.bands[item])
        spread = spread_text(order.spreads[item])
        mine = f" You: {own.index(item) + 1}." if item in own else ""
        blocks.append(section(f"*{place}*  {escape(title)}\n{spread}{mine}"))
        lines.append(f"{place} {title}. {spread}{mine}")
    if differences:
        blocks += [divider(), header("Where you differ most")]
        blocks += [section(_difference_text(snapshot, order, one)) for one in differences]
    elif own:
        blocks += [divider(), section("Your order is much like the group's.")]
    blocks.append(context("Only you see your own places here."))
    metadata = ids.Ref(snapshot.ranking.id).encode()
    return Panel("Compare", blocks, "\n".join(lines), metadata)


def spread_text(spread: Spread) -> str:
    """The places that people gave: each place with how often, and the middle."""
    given = [f"{place} ({count}x)" if count > 1 else str(place) for place, count in _places(spread)]
    if spread.median is None:
        return "Nobody placed it."
    text = f"Places given: {', '.join(given)}. Middle: {spread.median:g}."
    return f"{text} Not placed by {spread.unranked}." if spread.unranked else text


def _places(spread: Spread) -> list[tuple[int, int]]:
    return [(place, count) for place, count in enumerate(spread.places, start=1) if count]


def _difference_text(snapshot: Snapshot, order: GroupOrder, difference: Difference) -> str:
    title = escape(snapshot.item(difference.item).title)
    place = band_text(order.tally.bands[difference.item])
    return f"*{title}*\nYou put it at {difference.own}, the group at {place}."
