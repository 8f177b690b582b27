"""Who takes part and by which rules, in full: before a ranking is started, and ever after."""

from collections.abc import Sequence

from slackblocks import Block

from bot.blocks import SECTION_LENGTH, cut, header, plain, section
from bot.plurals import people_counted
from bot.ranking.people.limits import MOST_PEOPLE
from bot.ranking.people.wording import people_lines
from bot.ranking.rules_wording import hidden_text, rules_lines
from storage.records.rankings import Participant, Rules


def people_blocks(participants: Sequence[Participant]) -> list[Block]:
    """Everybody by name, under their agency."""
    active = sum(one.left_at is None for one in participants)
    lines = people_lines(participants, MOST_PEOPLE)
    return [header(f"Taking part: {people_counted(active)}"), *(section(text) for text in _texts(lines))]


def rules_blocks(rules: Rules) -> list[Block]:
    """Every rule in a sentence, and what is hidden from whom."""
    return [header("The rules"), section("\n".join(rules_lines(rules))), section(plain(hidden_text(rules)))]


def _texts(lines: Sequence[str]) -> list[str]:
    """Whole lines put together to texts that a section can hold."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) + 1 <= SECTION_LENGTH:
            texts[-1] = f"{texts[-1]}\n{line}"
        else:
            texts.append(cut(line, SECTION_LENGTH))
    return texts
