"""The message that says what a group has decided, or that it has not, and how it came about."""

from datetime import timedelta

from slackblocks import Block, Button

from bot.blocks import actions, button, context, escape, header, section
from bot.delivery.content import Content, Pin
from bot.handover import WRITE_ABOUT
from bot.plurals import people_counted
from bot.ranking import ids
from bot.ranking.messages import LIST_BUDGET, PEOPLE_BUDGET, fit, message_text
from bot.ranking.people.wording import people_lines
from bot.ranking.result_wording import agreement_lines, order_lines, positions_text, reason_lines
from bot.ranking.results import GroupOrder
from bot.ranking.rules_wording import steps_text
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Consent, decided_by
from bot.ranking.wording import numbered
from storage.records.rankings import Ranking

METHODS = {"kemeny": "Kemeny-Young, exactly", "schulze": "Schulze's beatpath method"}


def outcome_message(
    snapshot: Snapshot, order: GroupOrder | None, consent: Consent | None, words: str = ""
) -> Content:
    """What the group settled on or not, with the dissent, and how it was counted.

    `words` are what the facilitator added to an end without consensus.
    """
    ranking = snapshot.ranking
    title, paragraphs = _settled(snapshot, order)
    if consent is not None:
        positions = f"*Consent:* {positions_text(consent)}"
        paragraphs.append(fit([positions, *reason_lines(ranking, consent)], LIST_BUDGET))
    if words:
        paragraphs.append(f"*Added by the facilitator, <@{ranking.facilitator.user_id}>:* {escape(words)}")
    if snapshot.dropped:
        dropped = ", ".join(escape(snapshot.item(item).title) for item in snapshot.dropped)
        paragraphs.append(f"*Dropped:* {dropped}")
    if order is not None:
        paragraphs.append("*How alike the orders were:* " + " ".join(agreement_lines(order)))
    paragraphs += [_how_text(ranking, order), fit(_people_lines(ranking), PEOPLE_BUDGET)]
    blocks: list[Block] = [header(title), *(section(paragraph) for paragraph in paragraphs)]
    blocks.append(actions(*_buttons(snapshot, order, consent)))
    blocks.append(context(f"Source: {escape(ranking.source)}"))
    pin = Pin(ranking.facilitator.user_id, "the outcome") if ranking.rules.pin else None
    return Content(message_text([escape(title), *paragraphs]), blocks, pin)


def duration_text(length: timedelta) -> str:
    """Such as "40 minutes", "5 hours" or "3 days"."""
    minutes = round(length.total_seconds() / 60)
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * size:
            return f"{round(minutes / size)} {unit}s"
    return "1 minute" if minutes <= 1 else f"{minutes} minutes"


def _settled(snapshot: Snapshot, order: GroupOrder | None) -> tuple[str, list[str]]:
    """The title, and what the group settled on: by consent, by a plain count, or not."""
    ranking = snapshot.ranking
    if ranking.status != "decided":
        proposal = [snapshot.item(item) for item in snapshot.stage.proposal]
        return f"Without consensus: {ranking.title}", [
            "The group ended this ranking without consensus. Nothing was decided.",
            "The last proposal was:\n" + "\n".join(numbered(proposal)),
        ]
    if decided_by(snapshot.stage) == "count":
        return f"Counted: {ranking.title}", [
            "This order is a count of the ballots and not a consent. Nobody was asked to consent to it.",
            *([fit(order_lines(ranking, order), LIST_BUDGET)] if order else []),
        ]
    chosen = [snapshot.item(item) for item in ranking.outcome]
    return f"Decided: {ranking.title}", [
        "The group accepts these as what matters most, in this order:",
        "\n".join(f"*{line}*" for line in numbered(chosen)),
    ]


def _how_text(ranking: Ranking, order: GroupOrder | None) -> str:
    """How the order was counted, over which steps, and how long it took."""
    sentences = [steps_text(ranking.rules)]
    if order is not None:
        method, each = METHODS[order.tally.method], order.tally.weights
        sentences.insert(0, f"The group's order was counted by {method}. Each {each} counts once.")
    if ranking.ended_at is not None:
        sentences.append(f"It took {duration_text(ranking.ended_at - ranking.created_at)}.")
    return " ".join(sentences)


def _people_lines(ranking: Ranking) -> list[str]:
    people = people_counted(len(ranking.active))
    head = f"Facilitator: <@{ranking.facilitator.user_id}>. Taking part: {people}."
    return [head, *people_lines(ranking.participants)]


def _buttons(snapshot: Snapshot, order: GroupOrder | None, consent: Consent | None) -> list[Button]:
    ranking = snapshot.ranking
    buttons = [button("Read the statements", ids.OPEN_STATEMENTS, ids.Ref(ranking.id).encode())]
    if order is not None:
        buttons.append(button("Compare", ids.OPEN_COMPARE, ids.Ref(ranking.id).encode()))
    if consent is not None and consent.dissent:
        ref = ids.Ref(ranking.id, snapshot.stage.seq).encode()
        buttons.append(button("Read the reasons", ids.OPEN_REASONS, ref))
    buttons.append(button("Export", ids.OPEN_EXPORT, ids.Ref(ranking.id).encode()))
    buttons.append(button("Write a case study about this", WRITE_ABOUT, ranking.id))
    return buttons
