"""Setting a ranking up, and the list of rankings."""

from collections.abc import Sequence

from slackblocks import (
    Block,
    ConversationFilter,
    ConversationSelectMenu,
    InputBlock,
    ModalView,
    UserMultiSelectMenu,
)

from bot.blocks import button, context, cut, escape, plain, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.result_wording import place_lines
from bot.ranking.results import GroupOrder
from bot.ranking.service import MOST_PEOPLE
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import decided_by
from bot.ranking.topics import Topic
from bot.ranking.wording import stage_title

SUMMARY_SHOWN = 600


def setup_modal(topic: Topic, handed: str = "") -> ModalView:
    """Channel and people; `handed` names the strategies again when the form is sent."""
    blocks: list[Block] = [
        section(f"*{escape(topic.title)}*\n{escape(cut(topic.summary, SUMMARY_SHOWN))}"),
        InputBlock(
            plain("Channel"),
            ConversationSelectMenu(
                placeholder=plain("Choose a channel"),
                action_id=ids.CHANNEL_FIELD,
                default_to_current_conversation=True,
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            ),
            hint=plain("I must be a member of it. Channels shared with a partner organisation work too."),
            block_id=ids.CHANNEL_FIELD,
        ),
        InputBlock(
            plain("Who takes part"),
            UserMultiSelectMenu(placeholder=plain("Everybody in the channel"), action_id=ids.PEOPLE_FIELD),
            hint=plain(
                f"Leave it empty for everybody who is in the channel now, up to {MOST_PEOPLE} people."
            ),
            block_id=ids.PEOPLE_FIELD,
            optional=True,
        ),
        context(
            "You facilitate: you start and end each step. The list of people is fixed when you start. "
            "Answers stay private until a step ends; then counts are shown, and reasons with names. "
            "A proposal needs answers from more than half of the people, and one block stops it."
        ),
    ]
    return ModalView(
        title=plain("Start a ranking"),
        blocks=blocks,
        submit=plain("Start"),
        close=plain("Not now"),
        callback_id=ids.SEND_SETUP,
        private_metadata=handed or None,
    )


def rankings_panel(snapshots: Sequence[Snapshot]) -> Panel:
    """What is open and what was decided in a channel."""
    if not snapshots:
        text = "There is no ranking in this channel yet. Type /rank to start one."
        return Panel("Rankings", [section(plain(text))], text)
    blocks: list[Block] = []
    for snapshot in snapshots:
        ref = ids.Ref(snapshot.ranking.id).encode()
        blocks.append(
            section(ranking_line(snapshot), accessory=button("Statements", ids.OPEN_STATEMENTS, ref))
        )
    text = "\n".join(f"{one.ranking.title}: {_state(one)}" for one in snapshots)
    return Panel("Rankings", blocks, text)


def ranking_line(snapshot: Snapshot) -> str:
    """A ranking in two lines: its title and where it stands."""
    ranking = snapshot.ranking
    state = f"*{escape(ranking.title)}* in <#{ranking.channel_id}>\n{_state(snapshot)}"
    if ranking.status == "decided" and isinstance(snapshot.result, GroupOrder):
        return "\n".join([state, *place_lines(ranking, snapshot.result)])
    if ranking.status == "decided":
        chosen = [escape(snapshot.item(item).title) for item in ranking.outcome]
        return "\n".join([state, *(f"{at}. {title}" for at, title in enumerate(chosen, start=1))])
    return state


def _state(snapshot: Snapshot) -> str:
    if snapshot.ranking.status == "open":
        return f"Open. {stage_title(snapshot.stage, snapshot.ranking.rules.steps)}"
    if snapshot.ranking.status == "decided" and decided_by(snapshot.stage) == "count":
        return "Ended with the order that was counted"
    words = {"decided": "Decided", "undecided": "Ended without consensus", "cancelled": "Stopped"}
    return words[snapshot.ranking.status]
