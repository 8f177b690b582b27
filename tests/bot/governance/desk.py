"""The way from /commonground to the settings, and what an admin does there."""

from typing import Any

from bot.governance import ids
from tests.slack import ANNA, Bot, Json, Place, Slack, User, elements_of, shown_message, shown_view


class Desk:
    """An admin's presses."""

    def __init__(self, bot: Bot, slack: Slack) -> None:
        self.bot, self.slack = bot, slack

    async def settings(self, user: User = ANNA) -> Place:
        """The form, opened."""
        answer = await self.bot.command("/commonground", user=user)
        await self.bot.press(shown_message(answer, private=True), "Settings", user=user)
        return shown_view(self.slack.last("views.open")["view"])

    async def save(self, changes: Json, form: Place | None = None, user: User = ANNA) -> Json:
        """Send the form with these values by block id, and all else as it is shown."""
        form = form or await self.settings()
        return await self.bot.submit(form, entered(form) | changes, user=user)

    async def open(self, label: str) -> Place:
        """What a button of the settings opens on top of them."""
        await self.bot.press(await self.settings(), label)
        return shown_view(self.slack.last("views.push")["view"])

    async def press(self, place: Place, label: str, nth: int = 0) -> Place:
        """Press in a modal, and see what it opens or becomes."""
        before = len(self.slack.called("views.push", "views.update"))
        await self.bot.press(place, label, nth=nth)
        shown = self.slack.called("views.push", "views.update")[before:]
        return shown_view(shown[-1]["view"])


def entered(form: Place) -> Json:
    """What stands in each input of a form as it is opened."""
    return {
        block["block_id"]: _initial(element)
        for block, element in elements_of(form.blocks)
        if _is_input(block)
    }


def _is_input(block: Json) -> bool:
    return bool(block["type"] == "input")


def _initial(element: Json) -> Any:
    if options := element.get("initial_options"):
        return [option["value"] for option in options]
    if option := element.get("initial_option"):
        return option["value"]
    return element.get("initial_users") or element.get("initial_value")


PRESSES: tuple[str, ...] = (
    ids.OPEN_SETTINGS,
    ids.OPEN_AGENCIES,
    ids.NEWER_AGENCIES,
    ids.OLDER_AGENCIES,
    ids.OPEN_RENAMING,
    ids.OPEN_JOINING,
    ids.OPEN_LOG,
    ids.NEWER_LOG,
    ids.OLDER_LOG,
    ids.EXPORT_LOG,
    ids.SEND_DATA_SHEET,
)
"""Everything that only admins may press."""


def press_of(action_id: str) -> Json:
    return {"type": "button", "block_id": "b", "action_id": action_id, "value": "0"}
