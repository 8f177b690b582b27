"""Asking for a ranking's record, as people do it in the form."""

from datetime import timedelta
from typing import Any

from bot.ranking import ids
from tests.bot.ranking.stored import (
    RANKING,
)
from tests.slack import (
    CHANNEL,
    Bot,
    Place,
    Slack,
    User,
    shown_view,
    words_of,
)

STRANGER = User("U0SID")
LATER = timedelta(minutes=5)
ALL = ["word", "csv", "json", "png"]


async def press_export(bot: Bot, user: User) -> None:
    """The button on the outcome message."""
    action = {
        "type": "button",
        "block_id": "b",
        "action_id": ids.OPEN_EXPORT,
        "value": ids.Ref(RANKING).encode(),
    }
    await bot.act(Place([], channel=CHANNEL), action, user)


async def open_form(bot: Bot, slack: Slack, user: User) -> Place:
    await press_export(bot, user)
    return shown_view(slack.last("views.open")["view"])


async def order(bot: Bot, slack: Slack, user: User, **values: Any) -> dict[str, Any]:
    return await bot.submit(await open_form(bot, slack, user), values, user)


def said(slack: Slack) -> str:
    """What the person was told last, in a private message."""
    return words_of(slack.last("response_url")["blocks"]).replace("\n", "")
