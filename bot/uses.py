"""How many case studies used a strategy, in words and as the way to them."""

from slackblocks import Button

from bot.blocks import button
from bot.handover import STUDIES_BESIDE
from bot.plurals import counted


def studies_counted(number: int) -> str:
    """Such as `3 case studies`."""
    return counted(number, "case study", "case studies")


def uses_sentence(number: int) -> str:
    """Such as `3 case studies used this strategy.`; "" for none."""
    return f"{studies_counted(number)} used this strategy." if number else ""


def uses_button(strategy_id: str, title: str, number: int) -> Button:
    """Lists them on top of what is open."""
    label = f"Used in {studies_counted(number)}"
    return button(label, STUDIES_BESIDE, strategy_id, spoken=f"{label}: {title}")
