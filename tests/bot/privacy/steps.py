"""What somebody presses who looks at their own data."""

from bot.privacy import ids
from bot.privacy.erasing.views import REMOVE, WORD
from tests.slack import ANNA, Bot, Json, Place, Slack, User, shown_message, shown_view


async def my_data(bot: Bot, slack: Slack, user: User = ANNA) -> Place:
    """Under /commonground."""
    answer = await bot.command("/commonground", user=user)
    await bot.press(shown_message(answer, private=True), "My data", user=user)
    return shown_view(slack.last("views.open")["view"])


async def erasing_form(bot: Bot, slack: Slack, user: User = ANNA) -> Place:
    """What goes and what stays."""
    await bot.press(await my_data(bot, slack, user), "Erase me", user=user)
    return shown_view(slack.last("views.push")["view"])


async def erase(bot: Bot, slack: Slack, user: User = ANNA, *, texts: str = REMOVE) -> Json:
    """Confirm it with the word."""
    form = await erasing_form(bot, slack, user)
    values = {ids.WORD_FIELD: WORD}
    if ids.TEXTS_FIELD in [block.get("block_id") for block in form.blocks]:
        values[ids.TEXTS_FIELD] = texts
    return await bot.submit(form, values, user=user)
