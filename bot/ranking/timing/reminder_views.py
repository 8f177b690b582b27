"""The direct message that asks somebody for their answer."""

from slackblocks import Block

from bot.blocks import actions, button, escape, moment, section
from bot.delivery.content import Content
from bot.ranking import ids
from bot.ranking.messages import answer_label
from bot.ranking.stages import takes_answers
from bot.ranking.wording import stage_title
from storage.records.rankings import Ballot

ASKS = "The group waits for your answer. Nobody sees what you answer before the step ends."
ANSWERED = "You have answered. Thank you. You can change your answer until the step ends."
ENDED = "This step has ended, so there is nothing to answer any more."
PAUSED = "The ranking is paused, so there is nothing to answer at the moment."
LEFT = "You no longer take part in this ranking, so no answer is needed."


def still_asks(ballot: Ballot, seq: int) -> bool:
    """Whether the person's answer to stage `seq` is missing, and can be given now."""
    stage, answer = ballot.stage, ballot.answer
    is_open = ballot.status == "open" and stage.seq == seq and takes_answers(stage) and not ballot.paused_at
    return is_open and ballot.takes_part and not (answer is not None and answer.complete)


def reminder_message(ballot: Ballot, seq: int) -> Content:
    """The reminder about stage `seq`: it asks as long as an answer is missing, then says what happened."""
    stage = ballot.stage
    title = f"*{escape(ballot.title)}*"
    if ballot.status != "open" or stage.seq != seq or not takes_answers(stage):
        return _told(title, ENDED)
    title = f"{title}\n{stage_title(stage, ballot.rules.steps)}"
    if not ballot.takes_part:
        return _told(title, LEFT)
    if ballot.paused_at:
        return _told(title, PAUSED)
    if ballot.answer is not None and ballot.answer.complete:
        return _told(title, ANSWERED)
    ends = f" The step ends {moment(stage.deadline)}." if stage.deadline else ""
    content = _told(title, ASKS + ends)
    ref = ids.Ref(ballot.ranking_id, seq).encode()
    blocks: list[Block] = [
        *content.blocks,
        actions(button(answer_label(stage), ids.OPEN_ANSWER, ref, style="primary")),
    ]
    return Content(content.text, blocks)


def _told(title: str, sentence: str) -> Content:
    text = f"{title}\n{sentence}"
    return Content(text.replace("*", ""), [section(text)])
