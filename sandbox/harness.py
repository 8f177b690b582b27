"""The sandbox for tests: the bot as a child process, what people see, and waiting until they see it."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.form import Field, fields
from sandbox.running import Options, RunningSandbox
from sandbox.state import Json, Message, MessagePlace, Place, View, ViewPlace

PATIENCE_SECONDS = 15.0

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Spot:
    """An element that a person sees: where it is and what it is."""

    place: Place
    block_id: str
    action_id: str
    element: Json

    @property
    def label(self) -> str:
        """A button's words, empty for other elements."""
        text: Json = self.element.get("text") or {}
        return str(text.get("text", ""))


class Harness:
    """A running sandbox seen through people's eyes.

    `sandbox` is all of it, `acts` what people do, `workspace` the state, `web_api` holds the faults and the
    call log.
    """

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.sandbox = sandbox
        self.acts = sandbox.acts
        self.workspace = sandbox.workspace
        self.web_api = sandbox.web_api

    # The bot

    async def start_bot(self) -> None:
        """Start the bot and wait until it has connected. Raises BotDidNotStartError."""
        await self.sandbox.bot.start()

    async def stop_bot(self) -> None:
        """End the bot with SIGTERM."""
        await self.sandbox.bot.stop()

    async def kill_bot(self) -> None:
        """End the bot with SIGKILL."""
        await self.sandbox.bot.kill()

    @property
    def bot_log(self) -> str:
        """The last lines that the bot wrote."""
        return "\n".join(self.sandbox.bot.log)

    def client(self) -> AsyncWebClient:
        """Slack's own client with the bot's token."""
        return AsyncWebClient(self.workspace.bot_token, f"{self.sandbox.address}/api/")

    # What people see

    def visible_messages(self, user_id: str, channel_id: str) -> list[Message]:
        """All that a person sees in a conversation, oldest first."""
        return self.workspace.visible_messages(user_id, channel_id)

    def bot_messages(self, user_id: str, channel_id: str) -> list[Message]:
        """Of these, what the bot wrote."""
        messages = self.visible_messages(user_id, channel_id)
        bots = {bot.bot_id for bot in self.workspace.bots.values()}
        return [message for message in messages if message.bot_id in bots]

    def direct_messages(self, user_id: str, team_id: str | None = None) -> list[Message]:
        """What the bot wrote to one person: that of the home team, or of the team named."""
        seat = self.workspace.seat(team_id or self.workspace.home_team.id)
        return self.bot_messages(user_id, seat.direct_message(user_id).id)

    def open_view(self, user_id: str) -> View | None:
        """The modal that a person has before them."""
        return self.workspace.open_modal(user_id)

    def home(self, user_id: str) -> View | None:
        """The Home tab that the bot has published for a person."""
        return self.workspace.homes.get(user_id)

    def spots(self, user_id: str, channel_id: str | None = None) -> list[Spot]:
        """Everything a person can press or fill in: in their modal, or else in messages, newest first, then
        Home.

        With a `channel_id` only what is in that conversation, whatever modal is open.
        """
        view = self.open_view(user_id)
        if channel_id is None and view is not None:
            return _spots(ViewPlace(view.id), view.blocks)
        home = self.home(user_id)
        channels = [channel_id] if channel_id else [c.id for c in self.workspace.channels_for(user_id)]
        messages = [message for channel in channels for message in self.visible_messages(user_id, channel)]
        messages.sort(key=lambda message: message.ts, reverse=True)
        found = [s for m in messages for s in _spots(MessagePlace(m.channel_id, m.ts), m.blocks)]
        if channel_id is None and home is not None:
            found += _spots(ViewPlace(home.id), home.blocks)
        return found

    def home_spots(self, user_id: str) -> list[Spot]:
        """Everything on a person's Home tab."""
        home = self.home(user_id)
        return _spots(ViewPlace(home.id), home.blocks) if home else []

    def find_button(
        self, user_id: str, label: str, channel_id: str | None = None, value: str | None = None
    ) -> Spot | None:
        """The first button with these words, or with this action id, among the person's `spots`."""
        buttons = (s for s in self.spots(user_id, channel_id) if s.element["type"] == "button")
        named = (s for s in buttons if label in (s.label, s.action_id))
        return next((s for s in named if value is None or s.element.get("value") == value), None)

    def find_input(self, user_id: str, name: str, channel_id: str | None = None) -> Spot | None:
        """The first element with this block id or action id among the person's `spots`."""
        return next((s for s in self.spots(user_id, channel_id) if name in (s.block_id, s.action_id)), None)

    # What people do, found by words

    async def click(
        self, user_id: str, label: str, channel_id: str | None = None, value: str | None = None
    ) -> str | None:
        """Wait for a button and press it, as `Acts.press` does. Raises AssertionError without one."""
        spot = await self.until(
            lambda: self.find_button(user_id, label, channel_id, value), f"a button “{label}” for {user_id}"
        )
        return await self.acts.press(user_id, spot.place, spot.block_id, spot.action_id)

    async def fill(
        self, user_id: str, name: str, value: str | list[str] | int | None, channel_id: str | None = None
    ) -> str | None:
        """Wait for an element by block id or action id and give it a value, as `Acts.set_input` does."""
        spot = await self.until(
            lambda: self.find_input(user_id, name, channel_id), f"an input “{name}” for {user_id}"
        )
        return await self.acts.set_input(user_id, spot.place, spot.block_id, spot.action_id, value)

    async def submit(self, user_id: str) -> dict[str, str]:
        """Submit the modal that a person has before them; errors by block id."""
        view = await self.until(lambda: self.open_view(user_id), f"a modal for {user_id}")
        return await self.acts.submit(user_id, view.id)

    async def until(
        self, look: Callable[[], Seen | None], what: str, seconds: float = PATIENCE_SECONDS
    ) -> Seen:
        """Look again after each change until `look` finds something, and return it.

        Raises AssertionError that names `what` was waited for and shows the end of the bot's log.
        """
        changed = asyncio.Event()
        unsubscribe = self.workspace.subscribe(lambda change: changed.set())
        try:
            async with asyncio.timeout(seconds):
                while not (seen := look()):
                    await changed.wait()
                    changed.clear()
                return seen
        except TimeoutError:
            raise AssertionError(f"Waited in vain for {what}.\n{self.bot_log}") from None
        finally:
            unsubscribe()


def _spots(place: Place, blocks: list[Json]) -> list[Spot]:
    return [_spot(place, field) for field in fields(blocks)]


def _spot(place: Place, field: Field) -> Spot:
    return Spot(place, field.block_id, field.action_id, field.element)


@contextlib.asynccontextmanager
async def running_harness(
    database_url: str,
    *,
    is_http: bool = False,
    data: Path | None = None,
    bot_settings: Mapping[str, str] | None = None,
    with_bot: bool = True,
    options: Options | None = None,
    prepare: Callable[[RunningSandbox], None] = lambda sandbox: None,
) -> AsyncIterator[Harness]:
    """A sandbox on a free port with the bot as a child process on this database.

    `data` is a folder that keeps the workspace between two harnesses, `bot_settings` further environment of
    the bot; `options` replaces all of these but the database. Without `with_bot` call `start_bot` when it is
    wanted. `prepare` is called before the server starts, which is the time to mount the pages.
    """
    given = options or Options(data=data, is_http=is_http)
    settings = {"DATABASE_URL": database_url, **given.bot_settings, **(bot_settings or {})}
    sandbox = RunningSandbox(dataclasses.replace(given, bot_settings=settings))
    prepare(sandbox)
    await sandbox.start()
    try:
        harness = Harness(sandbox)
        if with_bot:
            await harness.start_bot()
        yield harness
    finally:
        await sandbox.stop()
