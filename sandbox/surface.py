"""What one person has before them where they act: a message or a view, its blocks and what is filled in."""

from dataclasses import dataclass

from sandbox.form import values_for
from sandbox.state import Change, Channel, Json, Message, MessagePlace, Place, Values, View
from sandbox.workspace import Workspace


@dataclass
class MessageSurface:
    """A message a person can see."""

    workspace: Workspace
    user_id: str
    channel: Channel
    message: Message

    @property
    def blocks(self) -> list[Json]:
        return self.message.blocks

    @property
    def values(self) -> Values:
        """All elements with state in the message, as this person has set them."""
        kept = self.message.values.get(self.user_id, {})
        return values_for(self.blocks, kept)

    def keep(self, block_id: str, action_id: str, state: Json) -> None:
        values = self.message.values.setdefault(self.user_id, {})
        values.setdefault(block_id, {})[action_id] = state
        self._tell()

    def trouble(self, words: str | None) -> None:
        if words is not None:
            self.message.trouble[self.user_id] = words
        elif self.message.trouble.pop(self.user_id, None) is None:
            return
        self._tell()

    def _tell(self) -> None:
        self.workspace.tell(Change("message", self.channel.id, self.user_id))


@dataclass
class ViewSurface:
    """The modal on top of a person's stack, or their Home tab."""

    workspace: Workspace
    user_id: str
    view: View

    @property
    def blocks(self) -> list[Json]:
        return self.view.blocks

    @property
    def values(self) -> Values:
        return self.view.values

    def keep(self, block_id: str, action_id: str, state: Json) -> None:
        self.view.values.setdefault(block_id, {})[action_id] = state
        self.view.errors.pop(block_id, None)
        self.workspace.view_changed(self.view)

    def trouble(self, words: str | None) -> None:
        if self.view.trouble != words:
            self.view.trouble = words
            self.workspace.view_changed(self.view)


Surface = MessageSurface | ViewSurface


def surface_at(workspace: Workspace, user_id: str, place: Place) -> Surface | None:
    """What a person has at a place, None when it is not, or no longer, before them."""
    if isinstance(place, MessagePlace):
        visible = workspace.visible_messages(user_id, place.channel_id)
        message = next((message for message in visible if message.ts == place.ts), None)
        if message is None:
            return None
        seat = workspace.seat_of_bot(message.bot_id)
        return MessageSurface(seat, user_id, workspace.channels[place.channel_id], message)
    for view in (workspace.open_modal(user_id), workspace.homes.get(user_id)):
        if view is not None and view.id == place.view_id:
            return ViewSurface(workspace.seat(view.team_id), user_id, view)
    return None
