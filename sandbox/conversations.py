"""Which conversations a select offers a person, and which of them it begins with."""

from collections.abc import Callable

from sandbox.state import Channel, Json
from sandbox.workspace import Workspace

CurrentConversation = Callable[[Json], str | None]
"""For an element, the id of the conversation that it may begin with."""


def offered_conversations(workspace: Workspace, user_id: str, element: Json) -> list[Channel]:
    """What a channels select (public channels) or a conversations select (after its `filter`) offers."""
    is_for_channels = str(element["type"]).endswith("channels_select")
    rule: Json = {"include": ["public"]} if is_for_channels else element.get("filter") or {}
    return [channel for channel in workspace.channels_for(user_id) if _passes(workspace, channel, rule)]


def current_conversation(workspace: Workspace, user_id: str, channel_id: str | None) -> CurrentConversation:
    """The conversation that a person came from, for the elements that offer it."""

    def of_element(element: Json) -> str | None:
        offered = offered_conversations(workspace, user_id, element)
        return channel_id if any(channel.id == channel_id for channel in offered) else None

    return of_element


def _passes(workspace: Workspace, channel: Channel, rule: Json) -> bool:
    is_channel = channel.kind in ("public", "private")
    if channel.kind not in rule.get("include", [channel.kind]):
        return False
    if rule.get("exclude_external_shared_channels") and is_channel and channel.is_ext_shared:
        return False
    has_bot = any(workspace.people[member].is_bot for member in channel.members)
    return not (rule.get("exclude_bot_users") and channel.kind == "im" and has_bot)
