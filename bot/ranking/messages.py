"""What the channel sees while a ranking runs: the board, and a message a stage in its thread.

Each stays far under Slack's hidden total for a message, also with 25 long
statements: the statements in full are a button away.
"""

from collections.abc import Sequence

from slackblocks import Block, Button

from bot.blocks import (
    MESSAGE_TEXT,
    actions,
    button,
    context,
    cut,
    escape,
    header,
    moment,
    section,
)
from bot.delivery.content import Content
from bot.plurals import people_counted
from bot.ranking import ids
from bot.ranking.compare.comparing import Compared
from bot.ranking.compare.wording import comparison_lines
from bot.ranking.people.rights import runners_text
from bot.ranking.people.wording import people_lines
from bot.ranking.result_wording import result_lines
from bot.ranking.rules_wording import hidden_text, rules_lines
from bot.ranking.snapshot import Result, Snapshot
from bot.ranking.stages import Consent, round_number, takes_answers
from bot.ranking.wording import (
    asked_lines,
    count_text,
    numbered,
    progress_text,
    stage_title,
)
from storage.records.rankings import Ranking, Stage

PEOPLE_BUDGET = 1_500
LIST_BUDGET = 2_900
"""Characters of one section of lines."""
IN_FULL_BUDGET = 2_900
"""Statements are shown in full on the board up to this many characters."""

ANSWER_LABELS = {
    "discard": "Name one to drop",
    "discard_consent": "Give my answer",
    "rank": "Put them in order",
    "choose": "Mark {count}",
    "choose_consent": "Give my answer",
}
STATUS_LINES = {
    "decided": "*Decided.* The outcome is in the message below.",
    "undecided": "*Ended without consensus.* The message below says where the group stands.",
    "cancelled": "*Stopped* by the facilitator. Nothing was decided.",
}


def board_message(snapshot: Snapshot) -> Content:
    """The ranking's message in its channel."""
    ranking, stage = snapshot.ranking, snapshot.stage
    people = people_counted(len(ranking.active))
    head = f"Facilitator: <@{ranking.facilitator.user_id}>. Taking part: {people}."
    paragraphs = [fit([head, *people_lines(ranking.participants)], PEOPLE_BUDGET)]
    if ranking.status != "open":
        paragraphs.append(STATUS_LINES[ranking.status])
    else:
        title = stage_title(stage, ranking.rules.steps, snapshot.round)
        paragraphs.append("\n".join([f"*{title}*", *asked_lines(ranking.items, stage)]))
        if stage.kind == "read":
            paragraphs += _statements(ranking)
            paragraphs.append(" ".join([*rules_lines(ranking.rules), hidden_text(ranking.rules)]))
        results = result_lines(ranking, stage, snapshot.result)
        if results:
            paragraphs.append(fit(results, LIST_BUDGET))
        waits = progress_text(snapshot) or _next_text(snapshot)
        paragraphs.append("\n".join(filter(None, [waits, ends_text(ranking, stage)])))
    blocks: list[Block] = [header(ranking.title)]
    blocks += [section(paragraph) for paragraph in paragraphs if paragraph]
    blocks.append(actions(*_board_buttons(snapshot)))
    blocks.append(context(f"Source: {escape(ranking.source)}"))
    return Content(message_text([f"Ranking: {escape(ranking.title)}", *paragraphs]), blocks)


def stage_message(
    snapshot: Snapshot, stage: Stage, result: Result, compared: Compared | None = None
) -> Content:
    """One stage in the thread: what it asks while open, what it came to once closed; `compared` beside it."""
    ranking = snapshot.ranking
    title = f"*{stage_title(stage, ranking.rules.steps, round_number(snapshot.stages, stage))}*"
    lines = [title, *asked_lines(ranking.items, stage)]
    if stage.kind != "compare":
        lines += result_lines(ranking, stage, result)
    lines += filter(None, [ends_text(ranking, stage)])
    paragraphs = [fit(lines, LIST_BUDGET)]
    if compared is not None:
        paragraphs.append(fit(comparison_lines(snapshot, compared), LIST_BUDGET))
    blocks: list[Block] = [section(paragraph) for paragraph in paragraphs]
    if takes_answers(stage) and ranking.status == "open" and not ranking.paused_at:
        blocks.append(actions(_answer_button(ranking.id, stage)))
    if isinstance(result, Consent) and result.dissent:
        ref = ids.Ref(ranking.id, stage.seq).encode()
        blocks.append(actions(button("Read the reasons", ids.OPEN_REASONS, ref)))
    return Content(message_text(paragraphs), blocks)


def ends_text(ranking: Ranking, stage: Stage) -> str:
    """Until when a stage is open, or that the ranking is paused; empty when there is nothing to say."""
    if ranking.status != "open" or stage.closed_at is not None:
        return ""
    if ranking.paused_at:
        return f"*Paused.* Nobody can answer until {runners_text(ranking)} resumes it."
    return f"This step ends {moment(stage.deadline)}." if stage.deadline else ""


def answer_label(stage: Stage) -> str:
    """What the button says that opens the stage's answer."""
    return ANSWER_LABELS[stage.kind].format(count=count_text(stage))


def fit(lines: Sequence[str], budget: int) -> str:
    """As many whole lines as fit the budget; the last says how many more there are."""
    shown: list[str] = []
    left = budget - 40
    for line in lines:
        if len(line) + 1 > left:
            break
        shown.append(line)
        left -= len(line) + 1
    missing = len(lines) - len(shown)
    return "\n".join([*shown, f"… and {missing} more lines"] if missing else shown)


def _statements(ranking: Ranking) -> list[str]:
    """A paragraph each in full where the message holds them, else the titles in one."""
    full = [
        f"*{at}.  {escape(item.title)}*\n{escape(item.text)}".rstrip()
        for at, item in enumerate(ranking.items, start=1)
    ]
    if sum(len(paragraph) for paragraph in full) <= IN_FULL_BUDGET:
        return full
    return [fit(numbered(ranking.items), LIST_BUDGET)]


def _board_buttons(snapshot: Snapshot) -> list[Button]:
    ranking, stage = snapshot.ranking, snapshot.stage
    ref = ids.Ref(ranking.id).encode()
    buttons: list[Button] = []
    if ranking.status == "open" and takes_answers(stage) and not ranking.paused_at:
        buttons.append(_answer_button(ranking.id, stage))
    if isinstance(snapshot.result, Consent) and snapshot.result.dissent:
        buttons.append(button("Read the reasons", ids.OPEN_REASONS, ids.Ref(ranking.id, stage.seq).encode()))
    if any(one.kind == "compare" for one in snapshot.stages):
        buttons.append(button("Compare", ids.OPEN_COMPARE, ref))
    buttons.append(button("Read the statements", ids.OPEN_STATEMENTS, ref))
    if ranking.status == "open":
        buttons.append(button("For the facilitator", ids.OPEN_CONTROLS, ref))
    if ranking.status == "cancelled":  # it has no outcome message that offers this
        buttons.append(button("Export", ids.OPEN_EXPORT, ref))
    return buttons


def _answer_button(ranking_id: str, stage: Stage) -> Button:
    ref = ids.Ref(ranking_id, stage.seq).encode()
    return button(answer_label(stage), ids.OPEN_ANSWER, ref, style="primary")


def _next_text(snapshot: Snapshot) -> str:
    who = f"<@{snapshot.ranking.facilitator.user_id}>"
    if snapshot.stage.kind in ("read", "compare"):
        return f"{who} starts the next step when you are ready."
    return f"{who} chooses how to go on."


def message_text(paragraphs: Sequence[str]) -> str:
    """What the blocks say, for screen readers and notifications."""
    return cut("\n".join(paragraph.replace("*", "") for paragraph in paragraphs), MESSAGE_TEXT)
