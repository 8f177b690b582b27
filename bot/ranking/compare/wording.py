"""A comparison in words, shortest first: what is alike, what differs, between whom, and what has moved.

Lines are Slack's mrkdwn; titles and agencies are escaped here, once. Nothing here is about one person.
"""

from bot.blocks import escape
from bot.plurals import people_counted
from bot.ranking.bands import band_text
from bot.ranking.compare.agencies import AgencyOrder, Withheld
from bot.ranking.compare.comparing import Compared
from bot.ranking.compare.movement import Movement, RoundAgreement
from bot.ranking.counting.spread import Spread
from bot.ranking.result_wording import LIKELY_BY_CHANCE, agreement_lines
from bot.ranking.results import GroupOrder, own_differences
from bot.ranking.snapshot import Snapshot

LISTED = 5
"""Statements told of one kind."""
ONE_BY_ONE = 12
"""Up to so many people each place that was given is told, of more how often each was."""
FIRST = 3
NOT_COMPARED = (
    "Agencies are not set against each other: in an anonymous ranking that takes two groups of at least "
    "three people."
)
WITHHELD = {
    Withheld.TOO_FEW: "not shown, because fewer than three people stand behind it.",
    Withheld.WOULD_TELL: "not shown, because with it the view of a few people could be worked out.",
}


def comparison_lines(snapshot: Snapshot, compared: Compared) -> list[str]:
    """All that the whole group may see, apart from the order itself."""
    lines = [*agreement_lines(compared.order), *alike_lines(snapshot, compared)]
    lines += agency_lines(snapshot, compared)
    if compared.movement is not None:
        lines += movement_lines(snapshot, compared.movement)
    return lines


def alike_lines(snapshot: Snapshot, compared: Compared) -> list[str]:
    """What nearly all agree on, what splits the group, and which statements go together."""
    ballots, order = compared.ballots, compared.order
    agreed = [_title(snapshot, item) for item in ballots.agreed[:LISTED]]
    lines = [f"*Nearly all agree on:* {'; '.join(agreed)}."] if agreed else []
    split = [
        f"{_title(snapshot, item)} ({_range_text(order.spreads[item])})"
        for item in ballots.contested[:LISTED]
    ]
    if split:
        lines.append(f"*Splits the group:* {'; '.join(split)}.")
    lines += [
        f"*Go together:* people who put “{_title(snapshot, pair.first)}” high put "
        f"“{_title(snapshot, pair.second)}” high too."
        for pair in ballots.alike
        if pair.by_chance <= LIKELY_BY_CHANCE
    ]
    return lines


def agency_lines(snapshot: Snapshot, compared: Compared) -> list[str]:
    """What divides the agencies but not the people in them, then each agency beside the group."""
    agencies, ranking = compared.agencies, snapshot.ranking
    if agencies is None or len(agencies.agencies) < 2:
        is_split = len({each.agency for each in ranking.participants}) > 1
        return [NOT_COMPARED] if ranking.rules.anonymous and is_split else []
    dividing = [_title(snapshot, item) for item in agencies.dividing_agencies[:LISTED]]
    lines = []
    if dividing:
        lines.append(f"*Splits agencies, but not the people inside them:* {'; '.join(dividing)}.")
    return lines + [_agency_text(snapshot, compared.order, one) for one in agencies.agencies]


def movement_lines(snapshot: Snapshot, movement: Movement) -> list[str]:
    """What moved in the group's order since the round before, and whether the orders are more alike now."""
    moved = [one for one in movement.items if one.clear]
    lines = [
        f"*{_title(snapshot, one.item)}* {'rose' if one.up > 0 else 'fell'} from {band_text(one.before)} "
        f"to {band_text(one.after)}."
        for one in moved[:LISTED]
    ]
    if len(moved) > LISTED:
        lines.append(f"{len(moved) - LISTED} more moved.")
    if not moved:
        lines = ["No statement clearly moved."]
    return ["*Since the round before:*", *lines, *_change_lines(movement)]


def spread_text(spread: Spread) -> str:
    """The places that people gave, each by itself for few people and with how often for many."""
    if spread.median is None:
        return "Nobody placed it."
    given = [(place, count) for place, count in enumerate(spread.places, start=1) if count]
    if sum(spread.places) <= ONE_BY_ONE:
        places = " ".join(str(place) for place, count in given for _ in range(count))
    else:
        places = ", ".join(f"{place} ({count}x)" if count > 1 else str(place) for place, count in given)
    text = f"Places given: {places}. Middle: {spread.median:g}."
    return f"{text} Not placed by {spread.unranked}." if spread.unranked else text


def agency_name(snapshot: Snapshot, agency: str) -> str:
    """The agency, or what stands for those without one of their own."""
    if agency:
        return escape(agency)
    if snapshot.ranking.rules.anonymous:
        return "Smaller agencies and people who did not tell theirs, together"
    return "Agency not told"


def _agency_text(snapshot: Snapshot, group: GroupOrder, one: AgencyOrder) -> str:
    name = agency_name(snapshot, one.agency)
    if one.withheld is not None:
        return f"*{name}*: {WITHHELD[one.withheld]}"
    if one.order is None or one.ballots is None:
        return f"*{name}*: no ballots."
    first = "; ".join(
        f"{band_text(one.order.tally.bands[item])} {_title(snapshot, item)}"
        for item in one.order.items[:FIRST]
    )
    text = f"*{name}* ({people_counted(one.ballots)}): {first}."
    apart = own_differences(group, one.order.items, limit=1)
    if not apart:
        return f"{text} Much like the group's order."
    item = apart[0].item
    theirs, all_of_us = band_text(one.order.tally.bands[item]), band_text(group.tally.bands[item])
    return (
        f"{text} Furthest from the group: “{_title(snapshot, item)}” at {theirs}, the group at {all_of_us}."
    )


def _change_lines(movement: Movement) -> list[str]:
    before, after = movement.before, movement.after
    if before.w is None or after.w is None:
        return []
    way = "more" if after.w > before.w else "less"
    line = f"How alike your orders are went from {_agreement(before)} to {_agreement(after)}."
    if movement.change_by_chance is None or after.w == before.w:
        return [line]
    if movement.change_by_chance <= LIKELY_BY_CHANCE:
        return [f"{line} They are {way} alike than chance would explain."]
    return [f"{line} Too little changed to say that it is more than chance."]


def _agreement(agreement: RoundAgreement) -> str:
    return f"{agreement.w:.2f} (chance: {agreement.expected_w:.2f})"


def _range_text(spread: Spread) -> str:
    return "not placed" if spread.best is None else f"places {spread.best} to {spread.worst}"


def _title(snapshot: Snapshot, item: str) -> str:
    return escape(snapshot.item(item).title)
