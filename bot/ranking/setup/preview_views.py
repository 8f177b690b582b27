"""What is about to be started, before anybody else sees it."""

from slackblocks import Block, ModalView

from bot.blocks import context, cut, escape, header, plain, section
from bot.ranking import ids
from bot.ranking.agreed_views import people_blocks, rules_blocks
from bot.ranking.setup.service import Plan

STATEMENT_SHOWN = 500


def preview_modal(plan: Plan, ranking_id: str) -> ModalView:
    """The statements, the people with their agencies and the rules; Start posts it."""
    setup, topic = plan.setup, plan.topic
    blocks: list[Block] = [
        section(f"*{escape(topic.title)}*\nIt will be posted in <#{setup.channel_id}>."),
        header(f"{len(topic.items)} statements"),
    ]
    for at, item in enumerate(topic.items, start=1):
        said = f"*{at}.  {escape(item.title)}*\n{escape(cut(item.text, STATEMENT_SHOWN))}"
        blocks.append(section(said.rstrip()))
    blocks += people_blocks(plan.participants)
    blocks.append(
        context("This list is fixed when you press Start. You can add people later; the channel is told.")
    )
    blocks += rules_blocks(setup.rules)
    blocks.append(context(f"Source: {escape(topic.source)}"))
    return ModalView(
        title=plain("Preview"),
        blocks=blocks,
        submit=plain("Start"),
        close=plain("Back"),
        callback_id=ids.START,
        private_metadata=f"{ranking_id}|{plan.fingerprint}",
    )
