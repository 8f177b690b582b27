"""A ranking that has ended as the beginning of a case study: what the group settled on, in words."""

from bot.blocks import cut
from bot.case_studies.fields.long_texts import LONGEST_TEXT
from bot.dates import day_text
from bot.errors import UserError
from storage.records.rankings import Ranking

GONE = "This ranking cannot be found, so no case study was started. Type /casestudy to start one without it."
NOT_ENDED = "This ranking has not ended yet. When it has, the message with its outcome offers a case study."


def ranking_quote(ranking: Ranking | None) -> str:
    """What was ranked, when, and what came of it.

    :raises UserError: there is no such ranking, or it has not ended
    """
    if ranking is None:
        raise UserError(GONE)
    if ranking.status == "open" or ranking.ended_at is None:
        raise UserError(NOT_ENDED)
    titles = {item.id: item.title for item in ranking.items}
    if ranking.outcome:
        chosen = [titles[item_id] for item_id in ranking.outcome]
        came = "We settled on these, the most important first:"
        lines = [f"{place}. {title}" for place, title in enumerate(chosen, start=1)]
    else:
        came = "We talked about these:"
        lines = [f"• {title}" for title in titles.values()]
    head = f"We ranked “{ranking.title}” as a group, until {day_text(ranking.ended_at)}. {came}"
    return cut("\n".join([head, *lines]), LONGEST_TEXT)
