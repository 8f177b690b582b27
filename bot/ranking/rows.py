"""The rows of a ranking's messages, which the publisher keeps true."""

from bot.ranking import ids
from storage.records.messages import Message
from storage.records.rankings import Ranking, Stage


def board_message(ranking: Ranking) -> Message:
    """The board in the channel."""
    return Message(
        ranking.workspace_id,
        ids.board_id(ranking.id),
        ids.BOARD_KIND,
        ids.subject(ranking.id),
        ranking.channel_id,
    )


def thread_message(ranking: Ranking, stage: Stage) -> Message:
    """A stage, in the board's thread."""
    return Message(
        ranking.workspace_id,
        ids.stage_id(ranking.id, stage.seq),
        ids.STAGE_KIND,
        ids.subject(ranking.id),
        ranking.channel_id,
        parent_id=ids.board_id(ranking.id),
    )


def outcome_message(ranking: Ranking) -> Message:
    """What it came to, in the channel."""
    return Message(
        ranking.workspace_id,
        ids.outcome_id(ranking.id),
        ids.OUTCOME_KIND,
        ids.subject(ranking.id),
        ranking.channel_id,
    )
