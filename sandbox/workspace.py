"""The state of one Slack workspace, and of those connected to it, while the sandbox runs."""

import copy
import secrets
import time
from collections.abc import Callable

from sandbox.archive import Archive
from sandbox.grants import Grants
from sandbox.manifest import Manifest
from sandbox.partnership import SLACKBOT_ID, Partnership
from sandbox.state import Change, Channel, Message, Person, StoredFile, Team, View
from sandbox.steps import StepRuns
from sandbox.tickets import TRIGGER_SECONDS, ResponseUrls, Triggers

Subscriber = Callable[[Change], None]


class Workspace:
    """Who is there, what was said and what each person has before them.

    `messages` is keyed by channel id and `ts`, in order; `modals` holds each person's stack, the visible one
    last; `homes` the app's Home tab per person. Whoever changes a record calls the matching `*_changed`
    method, which keeps it in the archive and tells the subscribers.

    What one installation of the app sees of all this is a `seat`: a workspace that shares every record with
    this one, and has its own team, bot, triggers and response URLs.
    """

    def __init__(
        self,
        partnership: Partnership,
        manifest: Manifest,
        archive: Archive | None = None,
        clock: Callable[[], float] = time.time,
        trigger_seconds: float = TRIGGER_SECONDS,
    ) -> None:
        self.manifest = manifest
        self.clock = clock
        self.teams: dict[str, Team] = partnership.teams
        self.bots = partnership.bots
        self._seats: dict[str, Workspace] = {partnership.home_id: self}
        self.people: dict[str, Person] = partnership.people
        self.app_id = partnership.app_id
        self.channels: dict[str, Channel] = dict(partnership.channels)
        self.messages: dict[str, dict[str, Message]] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, StoredFile] = {}
        self.file_content: dict[str, bytes] = {}
        self._trigger_seconds = trigger_seconds
        self.step_runs = StepRuns()
        self._sit_down(partnership.home_id)
        self.base_url = "http://127.0.0.1"
        run = secrets.token_hex(8)
        self.grants = Grants(clock)
        self.app_token = f"xapp-sandbox-{run}"
        self.signing_secret = secrets.token_hex(16)
        self._archive = archive
        self._subscribers: list[Subscriber] = []
        self._last_ts = [0]
        if archive is None or archive.is_empty():
            self._begin(partnership)
        else:
            self._resume(archive)

    def _begin(self, partnership: Partnership) -> None:
        for channel in self.channels.values():
            self.channel_changed(channel)
        for opening in partnership.opening_messages:
            self.add_message(Message(opening.channel_id, self.new_ts(), opening.user_id, opening.text))

    def _resume(self, archive: Archive) -> None:
        self.channels.update({channel.id: channel for channel in archive.channels()})
        for message in archive.messages():
            self.messages.setdefault(message.channel_id, {})[message.ts] = message
            self._last_ts[0] = max(self._last_ts[0], int(message.ts.replace(".", "")))
        self.homes = {view.user_id: view for view in archive.homes()}
        for file, content in archive.files():
            self.files[file.id] = file
            self.file_content[file.id] = content

    @property
    def bot_token(self) -> str:
        """The newest token of the home team; empty while the app is not installed there."""
        return self.grants.token_of(self.home_team.id)

    # Installations

    def _sit_down(self, team_id: str) -> None:
        bot = self.bots[team_id]
        self.home_team = self.teams[team_id]
        self.bot_user_id, self.bot_id = bot.user_id, bot.bot_id
        self.triggers = Triggers(self.clock, self._trigger_seconds)
        self.response_urls = ResponseUrls(self.clock)

    def seat(self, team_id: str) -> "Workspace":
        """All of this as the app's installation in that team sees it; as here where it has no bot."""
        if team_id not in self.bots:
            return self
        if team_id not in self._seats:
            seat = copy.copy(self)
            seat._sit_down(team_id)
            self._seats[team_id] = seat
        return self._seats[team_id]

    def seat_of(self, user_id: str) -> "Workspace | None":
        """The installation in a person's own workspace; None where it has none."""
        team_id = self.people[user_id].team_id
        is_first = next(iter(self.bots)) == team_id
        is_installed = is_first or (team_id in self.bots and bool(self.grants.token_of(team_id)))
        return self.seat(team_id) if is_installed else None

    def seat_of_bot(self, bot_id: str | None) -> "Workspace":
        """The installation that wrote a message."""
        return next((self.seat(team_id) for team_id, bot in self.bots.items() if bot.bot_id == bot_id), self)

    def seat_of_response_url(self, token: str) -> "Workspace":
        """The installation that a response URL was given to."""
        return next((seat for seat in self._seats.values() if seat.response_urls.knows(token)), self)

    def seats_in(self, channel: Channel) -> "list[Workspace]":
        """The installations whose bot is a member of a conversation."""
        return [self.seat(team_id) for team_id, bot in self.bots.items() if bot.user_id in channel.members]

    def sees(self, channel: Channel) -> bool:
        """Whether this installation knows a conversation: its bot is in it, or it is public here."""
        if self.bot_user_id in channel.members:
            return True
        here = channel.team_id == self.home_team.id or (
            channel.is_ext_shared and any(not self.is_outside(one) for one in channel.members)
        )
        return channel.kind == "public" and here

    # Subscribers

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call `callback` after each change, on the event loop; the returned function ends it."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def tell(self, change: Change) -> None:
        for callback in list(self._subscribers):
            callback(change)

    # People

    def members(self) -> list[Person]:
        """The people one can be in the sandbox, in the order of the partnership file."""
        return [person for person in self.people.values() if not person.is_bot]

    def is_outside(self, user_id: str) -> bool:
        """Whether a person belongs to a connected workspace, not to the one that installed the app."""
        return self.people[user_id].team_id != self.home_team.id

    # Channels

    def channels_for(self, user_id: str) -> list[Channel]:
        """What a person can open: their conversations, and the public channels of their own workspace."""
        team_id, is_guest = self.people[user_id].team_id, self.people[user_id].is_guest
        return [
            channel
            for channel in self.channels.values()
            if user_id in channel.members
            or (channel.kind == "public" and channel.team_id == team_id and not is_guest)
        ]

    def channel_label(self, channel: Channel, user_id: str) -> str:
        """A channel's name as a person sees it: of a direct message, the names of the others.

        Another workspace's bot has the same name as one's own, so its workspace is named as well.
        """
        if channel.kind not in ("im", "mpim"):
            return channel.name
        own_team = self.people[user_id].team_id
        others = [self.people[member] for member in channel.members if member != user_id]
        return ", ".join(
            f"{other.real_name} ({self.teams[other.team_id].name})"
            if other.is_bot
            and other.team_id in self.bots
            and own_team in self.bots
            and other.team_id != own_team
            else other.real_name
            for other in others
        )

    def direct_message(self, *user_ids: str) -> Channel:
        """The conversation between the bot and these people, made when there is none yet."""
        members = {self.bot_user_id, *user_ids}
        kind = "im" if len(members) == 2 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and set(channel.members) == members:
                return channel
        channel = Channel(
            id=("D" if kind == "im" else "G") + secrets.token_hex(5).upper(),
            name="directmessage" if kind == "im" else "mpdm-" + secrets.token_hex(3),
            kind="im" if kind == "im" else "mpim",
            members=[*user_ids, self.bot_user_id],
            is_ext_shared=any(self.is_outside(user_id) for user_id in user_ids),
            created=int(self.clock()),
            team_id=self.home_team.id,
        )
        self.channels[channel.id] = channel
        self.channel_changed(channel)
        return channel

    def drop_channel(self, channel_id: str) -> None:
        """Keep nothing of a channel under this id: it has another one."""
        if self._archive:
            self._archive.drop_channel(channel_id)

    def channel_changed(self, channel: Channel) -> None:
        if self._archive:
            self._archive.keep_channel(channel)
        self.tell(Change("channel", channel_id=channel.id))

    # Messages

    def new_ts(self) -> str:
        """A message's `ts`: Unix time to the microsecond, never given twice."""
        last = self._last_ts[0] = max(int(self.clock() * 1_000_000), self._last_ts[0] + 1)
        return f"{last // 1_000_000}.{last % 1_000_000:06d}"

    def message(self, channel_id: str, ts: str) -> Message | None:
        return self.messages.get(channel_id, {}).get(ts)

    def visible_messages(self, user_id: str, channel_id: str) -> list[Message]:
        """All that a person sees in a conversation, thread replies included, oldest first."""
        channel = self.channels.get(channel_id)
        if channel is None or channel not in self.channels_for(user_id):
            return []
        everything = sorted(self.messages.get(channel_id, {}).values(), key=lambda message: message.ts)
        return [message for message in everything if message.ephemeral_to in (None, user_id)]

    def add_message(self, message: Message) -> Message:
        self.messages.setdefault(message.channel_id, {})[message.ts] = message
        self.message_changed(message)
        return message

    def message_changed(self, message: Message) -> None:
        if self._archive and message.ephemeral_to is None:
            self._archive.keep_message(message)
        self.tell(Change("message", message.channel_id, message.ephemeral_to))

    def remove_message(self, message: Message) -> None:
        del self.messages[message.channel_id][message.ts]
        if self._archive:
            self._archive.drop_message(message)
        self.tell(Change("message", message.channel_id, message.ephemeral_to))

    def slackbot_says(self, user_id: str, channel_id: str, text: str) -> None:
        """Show a person words of Slack's own that only they see."""
        ts = self.new_ts()
        self.add_message(Message(channel_id, ts, SLACKBOT_ID, text, ephemeral_to=user_id))

    # Views

    def view(self, view_id: str) -> View | None:
        every = [view for stack in self.modals.values() for view in stack] + list(self.homes.values())
        return next((view for view in every if view.id == view_id), None)

    def view_by_external_id(self, external_id: str) -> View | None:
        every = [view for stack in self.modals.values() for view in stack] + list(self.homes.values())
        return next((view for view in every if view.content.get("external_id") == external_id), None)

    def open_modal(self, user_id: str) -> View | None:
        """The modal a person has before them."""
        stack = self.modals.get(user_id)
        return stack[-1] if stack else None

    def view_changed(self, view: View) -> None:
        if view.kind == "home":
            if self._archive:
                self._archive.keep_home(view)
            self.tell(Change("home", user_id=view.user_id))
        else:
            self.tell(Change("modal", user_id=view.user_id))

    # Files

    def file_changed(self, file: StoredFile) -> None:
        if self._archive:
            self._archive.keep_file(file, self.file_content.get(file.id, b""))
        self.tell(Change("file"))
