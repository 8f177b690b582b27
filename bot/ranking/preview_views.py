"""What is about to be started, before anybody else sees it."""

from slackblocks import Block, ModalView

from bot.blocks import SECTION_LENGTH, context, cut, divider, escape, header, plain, section
from bot.ranking import ids
from bot.ranking.people_wording import counted, people_lines
from bot.ranking.rules_wording import hidden_text, rules_lines
from bot.ranking.service import MOST_PEOPLE
from bot.ranking.setup_service import Plan

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
    blocks.append(header(counted(len(plan.participants))))
    blocks += [section(lines) for lines in in_sections(people_lines(plan.participants, MOST_PEOPLE))]
    blocks.append(
        context("This list is fixed when you press Start. You can add people later; the channel is told.")
    )
    blocks += [header("The rules"), section("\n".join(rules_lines(setup.rules)))]
    blocks += [section(plain(hidden_text(setup.rules))), divider()]
    blocks.append(context(f"Source: {escape(topic.source)}"))
    return ModalView(
        title=plain("Preview"),
        blocks=blocks,
        submit=plain("Start"),
        close=plain("Back"),
        callback_id=ids.START,
        private_metadata=f"{ranking_id}|{plan.fingerprint}",
    )


def in_sections(lines: list[str]) -> list[str]:
    """Whole lines put together to texts that a section can hold."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) + 1 <= SECTION_LENGTH:
            texts[-1] = f"{texts[-1]}\n{line}"
        else:
            texts.append(cut(line, SECTION_LENGTH))
    return texts
