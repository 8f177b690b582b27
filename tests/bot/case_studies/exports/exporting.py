"""The ways to export case studies, and what came."""

from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.steps import last_view
from tests.slack import BEN, Bot, Json, Place, Slack, User

DIRECT = "D0BEN"


async def work_off(clock: Clockwork, slack: Slack, looks: int = 4) -> list[Json]:
    """Let the clock look several times; returns the messages with files."""
    for _ in range(looks):
        await clock.look()
    return slack.called("files.completeUploadExternal")


async def open_reading(bot: Bot, slack: Slack, user: User = BEN) -> Place:
    await bot.command("/casestudy", "list", user=user)
    await bot.press(last_view(slack), "Read", user=user)
    return last_view(slack)


async def open_export(bot: Bot, slack: Slack, user: User = BEN) -> Place:
    await bot.press(await open_reading(bot, slack, user), "Export", user=user)
    return last_view(slack)


async def open_library_export(
    bot: Bot, slack: Slack, label: str = "Export all", words: str = "list"
) -> Place:
    await bot.command("/casestudy", words, user=BEN)
    await bot.press(last_view(slack), label, user=BEN)
    return last_view(slack)


def names_sent(slack: Slack) -> list[str]:
    return sorted(slack.uploads)
