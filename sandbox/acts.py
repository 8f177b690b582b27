"""What a person does in Slack, each act told to the app as Slack tells it."""

from sandbox.delivery import Delivery
from sandbox.state import Json, Place
from sandbox.workspace import Workspace


class Acts:
    """The acts of the people in one workspace.

    Each act returns once the app has acknowledged it or the refusal is known. Acts that return `str | None`
    return the words the person is shown when Slack refuses, or the app does not answer; None when all went
    well. The same words are left where a person would see them: a message from Slackbot, `Message.trouble` or
    `View.trouble`.
    """

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery

    async def run_command(self, user_id: str, channel_id: str, line: str) -> str | None:
        """Run a slash command; `line` is all that was typed, such as `/rank now`."""
        raise NotImplementedError

    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a client does and return its `ts`.

        `@channel`, `@here`, `@Name` and `#channel` become mentions, so does `<@U...>` of a known person; all
        else is escaped. In the bot's direct messages the app gets `message.im`, with its mention in a channel
        `app_mention`.
        """
        raise NotImplementedError

    async def press(
        self,
        user_id: str,
        place: Place,
        block_id: str,
        action_id: str,
        value: str | list[str] | int | None = None,
    ) -> str | None:
        """Use an element that tells the app at once.

        `value` is None for a button, an option's value for selects, radio buttons and overflow menus, a list
        of them for checkboxes and multi-selects, an id or ids for people and channels, `YYYY-MM-DD`, `HH:MM`
        or Unix seconds for dates, the text for an input that dispatches. None or an empty list clears what
        can be cleared.
        """
        raise NotImplementedError

    async def set_input(
        self, user_id: str, place: Place, block_id: str, action_id: str, value: str | list[str] | int | None
    ) -> str | None:
        """Fill in an input; the app hears of it only when the input block dispatches. Values as for `press`.

        Of a text input only `on_character_entered` dispatches here; call `press` when Enter is pressed in one
        with `on_enter_pressed`. A file input takes the ids that `upload` gave.
        """
        raise NotImplementedError

    async def submit(self, user_id: str, view_id: str) -> dict[str, str]:
        """Press the modal's submit button and return the errors by block id, empty when it was accepted.

        Under the empty key stands what is said of the whole form. The same is in `View.errors` and
        `View.trouble`.
        """
        raise NotImplementedError

    async def close(self, user_id: str, view_id: str, all: bool = False) -> None:
        """Cancel a modal, or with `all` close the whole stack as its X does."""
        raise NotImplementedError

    async def suggest(self, user_id: str, place: Place, block_id: str, action_id: str, text: str) -> Json:
        """Type `text` into an external select: `{"options": [...]}` or `{"option_groups": [...]}` as the app
        answered.

        `{"options": []}` below the element's `min_query_length`, or when the app did not answer.
        """
        raise NotImplementedError

    async def open_home(self, user_id: str) -> str | None:
        """Open the app's Home tab; the view is in `workspace.homes[user_id]` once the app has published one."""
        raise NotImplementedError

    async def shortcut(self, user_id: str, callback_id: str) -> str | None:
        """Run a global shortcut."""
        raise NotImplementedError

    async def message_shortcut(self, user_id: str, callback_id: str, channel_id: str, ts: str) -> str | None:
        """Run a shortcut from a message's menu."""
        raise NotImplementedError

    async def upload(self, user_id: str, name: str, content: bytes) -> str:
        """Take a file from the person's device for a file input and return its id."""
        raise NotImplementedError

    async def invite(self, user_id: str, channel_id: str, invited_id: str) -> str | None:
        """Add a person, or the bot, to a channel."""
        raise NotImplementedError

    async def leave(self, user_id: str, channel_id: str) -> str | None:
        """Leave a channel."""
        raise NotImplementedError
