"""The private comparison: short sentences first, then each statement's places beside the reader's own."""

from slackblocks import Block

from bot.blocks import context, divider, escape, header, section
from bot.panels import Panel
from bot.plurals import counted
from bot.ranking import ids
from bot.ranking.bands import band_text
from bot.ranking.compare.comparing import Compared, Own
from bot.ranking.compare.wording import agency_lines, alike_lines, movement_lines, spread_text
from bot.ranking.messages import LIST_BUDGET, fit
from bot.ranking.result_wording import agreement_lines
from bot.ranking.snapshot import Snapshot

OWN_MOVES = 5
PARTED = (
    "This ranking was anonymous and has ended. The key that led from you to your ballot is destroyed, so "
    "your own places cannot be shown."
)


def compare_panel(snapshot: Snapshot, compared: Compared, own: Own) -> Panel:
    """The last round that has ended; `own` is empty for somebody who did not rank."""
    blocks: list[Block] = [section("\n".join([_ballots_text(compared), *agreement_lines(compared.order)]))]
    private = _own_lines(snapshot, compared, own)
    blocks += [divider(), header("You and the group"), section(fit(private, LIST_BUDGET))]
    parts = (
        ("Alike and apart", alike_lines(snapshot, compared)),
        ("Agency against agency", agency_lines(snapshot, compared)),
        ("Second round", movement_lines(snapshot, compared.movement) if compared.movement else []),
    )
    for title, lines in parts:
        if lines:
            blocks += [divider(), header(title), section(fit(lines, LIST_BUDGET))]
    blocks += [divider(), header("Statement by statement")]
    lines = []
    for item in compared.order.items:
        title = snapshot.item(item).title
        place, spread = band_text(compared.order.tally.bands[item]), spread_text(compared.order.spreads[item])
        mine = f" You: {own.order.index(item) + 1}." if item in own.order else ""
        blocks.append(section(f"*{place}*  {escape(title)}\n{spread}{mine}"))
        lines.append(f"{place} {title}. {spread}{mine}")
    blocks.append(context("Only you see what is said here about you."))
    metadata = ids.Ref(snapshot.ranking.id).encode()
    return Panel("Compare", blocks, "\n".join(lines), metadata)


def _ballots_text(compared: Compared) -> str:
    tally = compared.order.tally
    ballots = counted(tally.ballots, "ballot", "ballots")
    return f"*{ballots}.* Each {tally.weights} counts once in the group's order."


def _own_lines(snapshot: Snapshot, compared: Compared, own: Own) -> list[str]:
    """Where the reader differs most, and what they moved since the round before."""
    if not own.order:
        ended = snapshot.ranking.rules.anonymous and snapshot.ranking.status != "open"
        return [PARTED if ended else "You gave no order in this round."]
    bands = compared.order.tally.bands
    lines = [
        f"*{escape(snapshot.item(one.item).title)}*: you put it at {one.own}, the group at "
        f"{band_text(bands[one.item])}."
        for one in own.differences
    ]
    if lines:
        lines.insert(0, "Where you differ most:")
    else:
        lines = ["Your order is much like the group's."]
    moved = [
        f"{escape(snapshot.item(move.item).title)} from {move.before} to {move.after}"
        for move in own.moves[:OWN_MOVES]
    ]
    return [*lines, f"Since your last ballot you moved: {'; '.join(moved)}."] if moved else lines
