"""Where a person's direct messages are.

A message's row may name a person in place of a channel. Slack takes a person's id for
posting, but not for updating, so the conversation is asked for once and remembered.
"""

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.turns import Turn

REMEMBERED = 10_000


class DirectMessages:
    """Remembers the conversation of each person."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    async def channel_of(self, client: AsyncWebClient, turn: Turn, workspace_id: str, channel_id: str) -> str:
        """The conversation to write in; a channel's own id stays as it is.

        :raises BusyError: Slack has been asked for too many
        :raises SlackApiError: the person cannot be written to
        """
        if not channel_id.startswith(("U", "W")):
            return channel_id
        key = workspace_id, channel_id
        if key not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            answer = await turn.call(
                "conversations.open", lambda: client.conversations_open(users=channel_id)
            )
            self._known[key] = str(answer["channel"]["id"])
        return self._known[key]
