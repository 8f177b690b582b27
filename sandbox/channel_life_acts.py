"""What becomes of channels and people: archived and back, renamed, somebody removed, an account closed."""

from dataclasses import replace

from sandbox.delivery import Delivery
from sandbox.payloads import event_payload
from sandbox.state import Channel, Json
from sandbox.workspace import Workspace

KIND_WORDS = {"public": "channel", "private": "group"}


class ChannelLifeActs:
    """Each is told to the app as far as its manifest asks for it."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery

    async def archive(self, user_id: str, channel_id: str) -> None:
        """Archive a public or private channel: nobody writes in it any more."""
        await self._set_archived(user_id, channel_id, is_archived=True)

    async def unarchive(self, user_id: str, channel_id: str) -> None:
        """Take a channel up again."""
        await self._set_archived(user_id, channel_id, is_archived=False)

    async def rename(self, channel_id: str, name: str) -> None:
        """Give a channel a new name; its id stays."""
        channel = self.workspace.channels[channel_id]
        channel.name = name
        self.workspace.channel_changed(channel)

    async def remove(self, user_id: str, channel_id: str, removed_id: str) -> None:
        """Take a person, or the bot, out of a channel."""
        workspace, channel = self.workspace, self.workspace.channels[channel_id]
        channel.members.remove(removed_id)
        workspace.channel_changed(channel)
        removed = next((team for team, bot in workspace.bots.items() if bot.user_id == removed_id), None)
        if removed is not None:
            event: Json = {"type": f"{KIND_WORDS[channel.kind]}_left", "actor_id": user_id}
        else:
            event = {
                "type": "member_left_channel",
                "user": removed_id,
                "channel_type": "C" if channel.kind == "public" else "G",
                "team": workspace.people[removed_id].team_id,
            }
        await self._tell(channel, event, removed)

    async def share_with_partner(self, channel_id: str, new_id: str) -> Channel:
        """Share a private channel with a connected workspace: Slack gives it another id for good."""
        workspace, channel = self.workspace, self.workspace.channels.pop(channel_id)
        workspace.drop_channel(channel_id)
        channel.id, channel.is_ext_shared = new_id, True
        workspace.channels[new_id] = channel
        for message in workspace.messages.pop(channel_id, {}).values():
            message.channel_id = new_id
            workspace.add_message(message)
        workspace.channel_changed(channel)
        changed: Json = {"type": "channel_id_changed", "old_channel_id": channel_id, "new_channel_id": new_id}
        await self._tell(channel, changed)
        return channel

    async def stop_sharing(self, channel_id: str, team_id: str) -> None:
        """Part a shared channel from a team that was invited: its people and its bot are no longer there."""
        workspace, channel = self.workspace, self.workspace.channels[channel_id]
        people = workspace.people
        channel.members = [each for each in channel.members if people[each].team_id != team_id]
        channel.is_ext_shared = len({people[each].team_id for each in channel.members}) > 1
        workspace.channel_changed(channel)
        unshared: Json = {
            "type": "channel_unshared",
            "previously_connected_team_id": team_id,
            "is_ext_shared": channel.is_ext_shared,
        }
        await self._tell(channel, unshared)

    def close_account(self, user_id: str) -> None:
        """Deactivate a person, who leaves every channel; an app without `user_change` is not told."""
        workspace = self.workspace
        workspace.people[user_id] = replace(workspace.people[user_id], is_deactivated=True)
        for channel in workspace.channels.values():
            if channel.kind != "im" and user_id in channel.members:
                channel.members.remove(user_id)
                workspace.channel_changed(channel)

    async def _set_archived(self, user_id: str, channel_id: str, *, is_archived: bool) -> None:
        channel = self.workspace.channels[channel_id]
        channel.is_archived = is_archived
        self.workspace.channel_changed(channel)
        verb = "archive" if is_archived else "unarchive"
        if self.workspace.seats_in(channel):
            await self._tell(channel, {"type": f"{KIND_WORDS[channel.kind]}_{verb}", "user": user_id})

    async def _tell(self, channel: Channel, event: Json, team_id: str | None = None) -> None:
        """One event for the app, in the name of the first of its installations that can see the channel."""
        present = [self.workspace.seat(team_id)] if team_id else self.workspace.seats_in(channel)
        workspace = present[0] if present else self.workspace
        if event["type"] in workspace.manifest.events:
            told = {**event, "channel": channel.id, "event_ts": workspace.new_ts()}
            await self.delivery.tell(event_payload(workspace, told, channel))
