"""What people do in conversations: speak, run commands and shortcuts, open the app's Home, come and go."""

import asyncio

from sandbox.answers import CONNECTION_TROUBLE, reply_to_command
from sandbox.delivery import Delivery, NotAcknowledgedError
from sandbox.payloads import (
    command_payload,
    event_payload,
    message_event,
    message_shortcut_payload,
    shortcut_payload,
)
from sandbox.refusals import RefusedError
from sandbox.shapes import view_json
from sandbox.speech import marked_up
from sandbox.state import Channel, Json, Message
from sandbox.workspace import Workspace

NO_SUCH_COMMAND = (
    "`{name}` is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands. If you are trying to send a message and not run a command, try preceding "
    "the “/” with an empty space."
)
COMMAND_FAILED = '{name} failed with the error "{reason}"'
NOT_INSTALLED = "{app} is not installed in your workspace, so its shortcuts are not there for you."
NO_HOME = "{app} is not installed in your workspace, so it has no Home tab for you."
NO_SUCH_SHORTCUT = "This shortcut is not available."
NOT_HERE = "You are not in this conversation."
INVITE_FIRST = "You mentioned <@{bot}>, but they’re not in this channel. Would you like to invite them?"

MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class ChannelActs:
    """Speaking, commands, shortcuts, Home and membership."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery

    async def run_command(self, user_id: str, channel_id: str, line: str) -> str | None:
        """Run a slash command; `line` is all that was typed, such as `/rank now`."""
        workspace = self.workspace.seat_of(user_id)
        channel = self._open_channel(user_id, channel_id)
        if channel is None:
            return NOT_HERE
        name, _, text = line.strip().partition(" ")
        command = self.workspace.manifest.command(name)
        if command is None or workspace is None:
            return self._from_slackbot(user_id, channel, NO_SUCH_COMMAND.format(name=name))
        if command.should_escape:
            text = marked_up(workspace, text)
        payload = command_payload(workspace, user_id, channel, name, text.strip())
        try:
            answer = await self.delivery.ask("slash_commands", payload)
            reply_to_command(workspace, user_id, channel, line, answer)
        except NotAcknowledgedError as failure:
            words = COMMAND_FAILED.format(name=name, reason=failure.reason)
            return self._from_slackbot(user_id, channel, words)
        except RefusedError as refusal:
            words = COMMAND_FAILED.format(name=name, reason=refusal.error)
            return self._from_slackbot(user_id, channel, words)
        return None

    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a client does and return its `ts`.

        `@channel`, `@here`, `@Name` and `#channel` become mentions, so does `<@U...>` of a known person; all
        else is escaped. In the bot's direct messages the app gets `message.im`, with its mention in a channel
        `app_mention`. Posting in a public channel joins it. Raises LookupError when the person cannot post
        there.
        """
        workspace = self.workspace
        channel = self._open_channel(user_id, channel_id)
        if channel is None or channel.is_archived:
            raise LookupError(NOT_HERE)
        if user_id not in channel.members:
            channel.members.append(user_id)
            workspace.channel_changed(channel)
        message = workspace.add_message(
            Message(channel.id, workspace.new_ts(), user_id, marked_up(workspace, text), thread_ts=thread_ts)
        )
        await self._tell_of(channel, message)
        return message.ts

    async def _tell_of(self, channel: Channel, message: Message) -> None:
        workspace = self.workspace
        present = workspace.seats_in(channel)
        bots = [] if channel.kind == "im" else list(workspace.bots)
        mentioned = [seat for seat in map(workspace.seat, bots) if f"<@{seat.bot_user_id}>" in message.text]
        for seat in mentioned:
            if seat not in present:
                words = INVITE_FIRST.format(bot=seat.bot_user_id)
                workspace.slackbot_says(message.user_id, channel.id, words)
        events = []
        if present and MESSAGE_EVENTS[channel.kind] in workspace.manifest.events:
            events.append(message_event(present[0], "message", channel, message))
        if "app_mention" in workspace.manifest.events:
            events += [
                message_event(seat, "app_mention", channel, message) for seat in mentioned if seat in present
            ]
        await asyncio.gather(*(self.delivery.tell(event) for event in events))

    async def open_home(self, user_id: str) -> str | None:
        """Open the app's Home tab; once the app has published it, it is in `workspace.homes[user_id]`."""
        workspace = self.workspace.seat_of(user_id)
        if workspace is None or not workspace.manifest.has_home:
            return NO_HOME.format(app=self.workspace.manifest.name)
        event: Json = {
            "type": "app_home_opened",
            "user": user_id,
            "channel": workspace.direct_message(user_id).id,
            "event_ts": workspace.new_ts(),
            "tab": "home",
        }
        shown = workspace.homes.get(user_id)
        if shown is not None:
            event["view"] = view_json(workspace, shown)
        if "app_home_opened" in workspace.manifest.events:
            await self.delivery.tell(event_payload(workspace, event))
        return None

    async def shortcut(self, user_id: str, callback_id: str) -> str | None:
        """Run a global shortcut."""
        workspace = self.workspace.seat_of(user_id)
        if workspace is None:
            return NOT_INSTALLED.format(app=self.workspace.manifest.name)
        if workspace.manifest.shortcut(callback_id, "global") is None:
            return NO_SUCH_SHORTCUT
        return await self._interact(shortcut_payload(workspace, user_id, callback_id))

    async def message_shortcut(self, user_id: str, callback_id: str, channel_id: str, ts: str) -> str | None:
        """Run a shortcut from a message's menu."""
        workspace = self.workspace.seat_of(user_id)
        if workspace is None:
            return NOT_INSTALLED.format(app=self.workspace.manifest.name)
        message = next((m for m in workspace.visible_messages(user_id, channel_id) if m.ts == ts), None)
        known = workspace.manifest.shortcut(callback_id, "message") is not None
        if not known or message is None or message.ephemeral_to is not None:
            return NO_SUCH_SHORTCUT
        channel = workspace.channels[channel_id]
        return await self._interact(
            message_shortcut_payload(workspace, user_id, callback_id, channel, message)
        )

    async def _interact(self, payload: Json) -> str | None:
        try:
            await self.delivery.ask("interactive", payload)
        except NotAcknowledgedError:
            return CONNECTION_TROUBLE
        return None

    async def invite(self, user_id: str, channel_id: str, invited_id: str) -> str | None:
        """Add a person, or the bot, to a channel."""
        workspace = self.workspace
        channel = self._open_channel(user_id, channel_id)
        if channel is None or user_id not in channel.members:
            return NOT_HERE
        if invited_id in channel.members:
            return f"{workspace.people[invited_id].real_name} is already here."
        channel.members.append(invited_id)
        workspace.channel_changed(channel)
        await self._tell_of_member("member_joined_channel", channel, invited_id, {"inviter": user_id})
        return None

    async def leave(self, user_id: str, channel_id: str) -> str | None:
        """Leave a channel."""
        channel = self._open_channel(user_id, channel_id)
        if channel is None or user_id not in channel.members:
            return NOT_HERE
        channel.members.remove(user_id)
        self.workspace.channel_changed(channel)
        await self._tell_of_member("member_left_channel", channel, user_id, {})
        return None

    async def _tell_of_member(self, kind: str, channel: Channel, user_id: str, more: Json) -> None:
        present = self.workspace.seats_in(channel)
        if not present or kind not in self.workspace.manifest.events:
            return
        workspace = next((seat for seat in present if seat.bot_user_id == user_id), present[0])
        event: Json = {
            "type": kind,
            "user": user_id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": workspace.people[user_id].team_id,
            "event_ts": workspace.new_ts(),
            **more,
        }
        await self.delivery.tell(event_payload(workspace, event, channel))

    def _open_channel(self, user_id: str, channel_id: str) -> Channel | None:
        """A conversation that a person can open."""
        return next((c for c in self.workspace.channels_for(user_id) if c.id == channel_id), None)

    def _from_slackbot(self, user_id: str, channel: Channel, words: str) -> str:
        self.workspace.slackbot_says(user_id, channel.id, words)
        return words
