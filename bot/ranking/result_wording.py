"""What closed stages came to, in words, for the channel, the thread, the menu and the outcome.

Lines are Slack's mrkdwn; statements and reasons are escaped here, once. In an anonymous ranking
no line names anybody, and reasons stand in the order of their words.
"""

from bot.blocks import cut, escape
from bot.plurals import counted, people_counted
from bot.ranking.bands import band_text
from bot.ranking.counting.chance import chance_of_w, expected_w
from bot.ranking.counting.report import chance_text
from bot.ranking.proposals.choosing import Choices
from bot.ranking.results import GroupOrder, Marks
from bot.ranking.snapshot import Result
from bot.ranking.stages import Consent, Position
from bot.ranking.wording import people_text
from storage.records.rankings import Answer, Item, Ranking, Stage

LIKELY_BY_CHANCE = 0.05
REASON_LENGTHS = (3_000, 1_000, 500, 250)
"""Characters of each reason, as many as the budget allows for all of them."""
REASONS_BUDGET = 2_000
MOST_WITHOUT = 6
"""Names told of those who did not mark a statement."""

POSITIONS: dict[Position, tuple[str, str, str]] = {
    Position.SUPPORT: ("I support it", "supports it", "support it"),
    Position.ACCEPT: ("I can live with it", "can live with it", "can live with it"),
    Position.ASIDE: ("I stand aside", "stands aside", "stand aside"),
    Position.BLOCK: ("I block it", "blocks it", "block it"),
}
"""What a person says, and how it is told of one and of several."""


def result_lines(ranking: Ranking, stage: Stage, result: Result) -> list[str]:
    """What a closed stage came to."""
    if isinstance(result, Marks):
        return _marks_lines(ranking, result)
    if isinstance(result, GroupOrder):
        return [*order_lines(ranking, result), "", *agreement_lines(result)]
    if isinstance(result, Consent):
        return [*consent_lines(result), *reason_lines(ranking, result)]
    return []


def order_lines(ranking: Ranking, order: GroupOrder) -> list[str]:
    """The group's order in bands, with how sure it is."""
    return [*place_lines(ranking, order), "", _sureness(order)]


def place_lines(ranking: Ranking, order: GroupOrder) -> list[str]:
    """The group's order in bands, such as "2-3" where it leaves two places open."""
    bands = order.tally.bands
    return [f"*{band_text(bands[item])}*  {escape(_item(ranking, item).title)}" for item in order.items]


def agreement_lines(order: GroupOrder) -> list[str]:
    """How alike the orders are, beside what chance gives: the whole group first, then two people."""
    tally = order.tally
    w, correlation = tally.kendall_w, tally.mean_correlation
    if w is None or correlation is None:
        return ["How alike your orders are cannot be said: it takes two ballots or more."]
    if w >= 1:
        return ["Everybody gave the same order."]
    chance = chance_of_w(w, tally.ballots, len(tally.items))
    alike = (
        "more alike than chance would make them"
        if chance < LIKELY_BY_CHANCE
        else "no more alike than chance can make them"
    )
    return [
        f"Your orders are {alike}: {w:.2f}, where {expected_w(tally.ballots):.2f} is what chance gives for "
        f"{tally.ballots} people and 1 is the same order from all (Kendall's W). Orders made at random come "
        f"this close in {chance_text(chance)} groups.",
        f"Two people's orders match by {correlation:.2f} on average, where 1 is the same order, 0 is what "
        "chance gives, and below 0 they are opposed (mean rank correlation).",
    ]


def consent_lines(consent: Consent) -> list[str]:
    """How the proposal was answered, and why it is accepted or not."""
    return [positions_text(consent), verdict_text(consent)]


def positions_text(consent: Consent) -> str:
    """How many took each position."""
    told = [counted(count, *POSITIONS[position][1:]) for position, count in consent.counts.items() if count]
    return "; ".join(told) + "." if told else "Nobody answered."


def verdict_text(consent: Consent) -> str:
    """Accepted or not, and why: what blocks it, who is missing."""
    needed, blocks = consent.blocks_needed, consent.counts[Position.BLOCK]
    blocked = f"{people_counted(blocks)} {'blocks' if blocks == 1 else 'block'} it"
    if consent.accepted:
        enough = f"enough people answered ({consent.answered}, and it takes {consent.quorum})"
        stopped = f"{blocked}, and you agreed that {needed} blocks stop it" if blocks else "nobody blocks it"
        return f"*Accepted*: {enough}, and {stopped}."
    why = []
    if blocks >= needed and needed == 1:
        why.append(f"nothing is decided over a block. {blocked}.")
    elif blocks >= needed:
        why.append(f"{blocked}, and you agreed that {needed} blocks stop it.")
    if consent.missing:
        missing = counted(consent.missing, "is", "are")
        why.append(f"{consent.answered} answered and it takes {consent.quorum}, so {missing} missing.")
    return f"*Not accepted*: {' '.join(why)}"


def reason_lines(ranking: Ranking, consent: Consent, budget: int = REASONS_BUDGET) -> list[str]:
    """Reasons, blocks first: in full where they fit the budget, else shortened, else some of them."""
    for length in REASON_LENGTHS:
        lines = [_reason_line(ranking, answer, length) for answer in _in_order(ranking, consent)]
        if sum(len(line) + 1 for line in lines) <= budget:
            return lines
    while sum(len(line) + 1 for line in lines) > budget:
        lines.pop()
    return [*lines, f"> and {len(consent.dissent) - len(lines)} more, in the reasons in full"]


def reasons(ranking: Ranking, consent: Consent) -> list[tuple[str, str]]:
    """Each reason in full with where its person stands, and their name unless that is hidden; not escaped."""
    return [(_stands(ranking, answer), answer.reason) for answer in _in_order(ranking, consent)]


def _in_order(ranking: Ranking, consent: Consent) -> list[Answer]:
    if not ranking.rules.anonymous:
        return list(consent.dissent)
    # The order of the rows is that of the hashes, the same in every stage: it would tell who is who.
    order = list(Position)[::-1]
    return sorted(consent.dissent, key=lambda one: (order.index(Position(one.choice[0])), one.reason))


def _reason_line(ranking: Ranking, answer: Answer, length: int) -> str:
    reason = escape(cut(" ".join(answer.reason.split()), length))
    return f"> {_stands(ranking, answer)} {reason}".rstrip()


def _stands(ranking: Ranking, answer: Answer) -> str:
    says = POSITIONS[Position(answer.choice[0])][0]
    return f"{says}." if ranking.rules.anonymous else f"<@{answer.person.user_id}>: {says}."


def _marks_lines(ranking: Ranking, marks: Marks) -> list[str]:
    if isinstance(marks, Choices):
        return _choices_lines(ranking, marks)
    return [
        f"*{count} of {marks.voters}* named: {escape(_item(ranking, item).title)}"
        for item, count in marks.counts
    ]


def _choices_lines(ranking: Ranking, choices: Choices) -> list[str]:
    """What everybody marked, then each of the rest with who did not mark it, where names are shown."""
    titles = [escape(_item(ranking, item).title) for item in choices.unanimous]
    if titles:
        lines = [f"*Everybody marked {len(titles)} of them:*", *(f"• {title}" for title in titles)]
    else:
        lines = ["*No statement was marked by all.*"]
    marked = [one for one in choices.lacking if one.count]
    if marked:
        lines.append("*Marked by some:*")
    for one in marked:
        without = f" Not marked by {people_text(one.without, MOST_WITHOUT)}." if one.without else ""
        title = escape(_item(ranking, one.item).title)
        lines.append(f"*{one.count} of {one.voters}* marked: {title}.{without}")
    left = [escape(_item(ranking, one.item).title) for one in choices.lacking if not one.count]
    return [*lines, f"*Marked by nobody:* {'; '.join(left)}."] if left else lines


def _sureness(order: GroupOrder) -> str:
    count = order.tally.orders_optimal
    if order.tally.order:
        return "This is the one order that fits the ballots best."
    if count is None:
        return 'A place such as "2-3" means that the ballots leave it open.'
    return f'{count:,} orders fit the ballots equally well. A place such as "2-3" spans all of them.'


def _item(ranking: Ranking, item_id: str) -> Item:
    return next(item for item in ranking.items if item.id == item_id)
