"""Lists of rankings, a few lines each."""

from collections.abc import Sequence

from slackblocks import Block, Button

from bot.blocks import actions, button, context, cut, escape, moment, plain, section
from bot.dates import utc_text
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.listing.listing import Page, Standing
from bot.ranking.messages import answer_label
from bot.ranking.stages import decided_by, takes_answers
from bot.ranking.wording import numbered, stage_title
from storage.records.rankings import RankingStatus

STATUS_WORDS: dict[RankingStatus, str] = {
    "open": "Open",
    "decided": "Decided",
    "undecided": "Ended without consensus",
    "cancelled": "Stopped",
}
COUNTED = "Ended with the order that was counted"
NAMED = 3
OUTCOME_SHOWN = 5
TITLE_SHOWN = 75
NOTHING_HERE = "There is no ranking in this channel yet. Type /rank to start one."
NOTHING_OF_YOURS = "You have not taken part in a ranking yet."


def rankings_panel(page: Page, channel_id: str) -> Panel:
    """A page of a channel's rankings, or with "" of the reader's own."""
    if not page.standings:
        text = NOTHING_HERE if channel_id else NOTHING_OF_YOURS
        return Panel("Rankings", [section(plain(text))], text)
    blocks: list[Block] = [
        section(standing_text(one), accessory=_button(one), block_id=one.ranking.id) for one in page.standings
    ]
    turns = []
    if page.number > 0:
        turns.append(button("Newer", ids.NEWER_RANKINGS, ids.list_value(channel_id, page.number - 1)))
    if page.number + 1 < page.count:
        turns.append(button("Older", ids.OLDER_RANKINGS, ids.list_value(channel_id, page.number + 1)))
    if turns:
        blocks += [context(f"Page {page.number + 1} of {page.count}"), actions(*turns)]
    text = "\n".join(f"{one.ranking.title}: {_plain_state(one)}" for one in page.standings)
    return Panel("Rankings", blocks, text)


def standing_text(standing: Standing) -> str:
    """A ranking in a few lines: its title and channel, where it stands, and by when it waits."""
    ranking = standing.ranking
    lines = [f"*{escape(ranking.title)}* in <#{ranking.channel_id}>", _state(standing)]
    if ranking.status == "decided" and decided_by(standing.stage) == "consent":
        chosen = [item for item_id in ranking.outcome for item in ranking.items if item.id == item_id]
        lines += numbered(chosen[:OUTCOME_SHOWN])
    return "\n".join(lines)


def open_line(standings: Sequence[Standing]) -> str:
    """What is open in a channel, in one line; "" when nothing is."""
    if not standings:
        return ""
    named = [
        f"*{escape(cut(one.ranking.title, TITLE_SHOWN))}* ({stage_title(one.stage, one.ranking.rules.steps)})"
        for one in standings[:NAMED]
    ]
    more = len(standings) - NAMED
    rest = f", and {more} more: type /rank list" if more > 0 else ""
    return f"Open in this channel already: {', '.join(named)}{rest}."


def answer_button(standing: Standing) -> Button | None:
    """What opens the reader's answer, when one is waited for."""
    if not standing.waits:
        return None
    ref = ids.Ref(standing.ranking.id, standing.stage.seq).encode()
    return button(answer_label(standing.stage), ids.OPEN_ANSWER, ref, style="primary")


def _button(standing: Standing) -> Button:
    ref = ids.Ref(standing.ranking.id).encode()
    return answer_button(standing) or button("Statements", ids.OPEN_STATEMENTS, ref)


def _state(standing: Standing) -> str:
    ranking, stage = standing.ranking, standing.stage
    if ranking.status != "open":
        ended = f", {moment(ranking.ended_at)}" if ranking.ended_at else ""
        return f"{_ending(standing)}{ended}."
    step = f"{stage_title(stage, ranking.rules.steps)}."
    if ranking.paused_at is not None:
        return f"{step} Paused."
    until = f" until {moment(stage.deadline)}" if stage.deadline and takes_answers(stage) else ""
    return f"{step} *Waits for your answer{until}.*" if standing.waits else f"{step} Open{until}."


def _plain_state(standing: Standing) -> str:
    ranking, stage = standing.ranking, standing.stage
    if ranking.status != "open":
        return f"{_ending(standing)}."
    step = f"{stage_title(stage, ranking.rules.steps)}."
    until = f" until {utc_text(stage.deadline)}" if stage.deadline and takes_answers(stage) else ""
    return f"{step} {'Waits for your answer' if standing.waits else 'Open'}{until}."


def _ending(standing: Standing) -> str:
    is_counted = standing.ranking.status == "decided" and decided_by(standing.stage) == "count"
    return COUNTED if is_counted else STATUS_WORDS[standing.ranking.status]
