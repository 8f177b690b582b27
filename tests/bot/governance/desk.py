"""The way from /commonground to each of the admins' forms."""

from bot.governance import ids
from tests.slack import ANNA, Bot, Json, Place, Slack, User, shown_message, shown_view


class Desk:
    """An admin's presses."""

    def __init__(self, bot: Bot, slack: Slack) -> None:
        self.bot, self.slack = bot, slack

    async def overview(self, user: User = ANNA) -> Place:
        answer = await self.bot.command("/commonground", user=user)
        await self.bot.press(shown_message(answer, private=True), "Agencies, roles and data", user=user)
        return shown_view(self.slack.last("views.open")["view"])

    async def open(self, label: str) -> Place:
        """What a button of the overview opens on top of it."""
        await self.bot.press(await self.overview(), label)
        return shown_view(self.slack.last("views.push")["view"])

    async def press(self, place: Place, label: str, nth: int = 0) -> Place:
        """Press in a modal, and see what it opens or becomes."""
        before = len(self.slack.called("views.push", "views.update"))
        await self.bot.press(place, label, nth=nth)
        shown = self.slack.called("views.push", "views.update")[before:]
        return shown_view(shown[-1]["view"])


PRESSES: tuple[str, ...] = (
    ids.OPEN_OVERVIEW,
    ids.OPEN_AGENCIES,
    ids.NEWER_AGENCIES,
    ids.OPEN_RENAMING,
    ids.OPEN_JOINING,
    ids.OPEN_STARTERS,
    ids.OPEN_RETENTION,
    ids.OPEN_LOG,
    ids.OLDER_LOG,
    ids.EXPORT_LOG,
    ids.SEND_DATA_SHEET,
)
"""Everything that only admins may press."""


def press_of(action_id: str) -> Json:
    return {"type": "button", "block_id": "b", "action_id": action_id, "value": "0"}
