"""What a workspace is made of: teams, people, channels, messages, views and files.

Plain records without behaviour. `Workspace` holds them, the Web API and the people change them there.
Ids, `ts` and block shapes are Slack's own; times are Unix seconds.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""One JSON object."""

Values = dict[str, dict[str, Json]]
"""What a form holds, as in `state.values`: block id, action id, then Slack's state object for the element."""

ChannelKind = Literal["public", "private", "im", "mpim"]


@dataclass(frozen=True)
class Team:
    """One Slack workspace: ours, or a partner's that is connected to it."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class BotIdentity:
    """Who the app is in one workspace."""

    user_id: str
    bot_id: str


@dataclass(frozen=True)
class Person:
    """A member, a bot user, or Slackbot. `team_id` is their own workspace, `agency` whom they work for.

    `tz` is None where Slack does not tell a time zone, as can happen with people of another workspace.
    `is_guest` is in some channels of their workspace only.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    agency: str = ""
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_guest: bool = False
    tz: str | None = "Europe/London"
    is_deactivated: bool = False


@dataclass
class Channel:
    """A conversation. `members` holds user ids in order of joining, the bots' where they are members.

    `team_id` is the workspace that it belongs to; one that is shared stands in others too, under the same id.
    """

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    is_ext_shared: bool = False
    purpose: str = ""
    created: int = 0
    is_archived: bool = False
    team_id: str = ""


@dataclass
class Message:
    """A message, or with `ephemeral_to` one that only that person sees.

    `values` holds what each person has chosen in its elements, `trouble` what each person is told about
    their last press when the app did not answer; both live as long as the sandbox.
    """

    channel_id: str
    ts: str
    user_id: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    is_broadcast: bool = False
    ephemeral_to: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    file_ids: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    is_pinned: bool = False
    values: dict[str, Values] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)


@dataclass
class View:
    """A modal or a Home tab as one person has it before them.

    `content` is the view as the app sent it, with a block id and action id on everything; `values` what is
    filled in; `errors` what is said beside each input block, by block id; `trouble` what is said of the
    whole. `team_id` is the workspace whose installation of the app showed it.
    """

    id: str
    user_id: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    channel_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None
    team_id: str = ""

    @property
    def kind(self) -> str:
        """`modal` or `home`."""
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks


@dataclass
class StoredFile:
    """An uploaded file or canvas; its bytes are in `Workspace.file_content`.

    `alt_text` says what a picture shows.
    """

    id: str
    name: str
    title: str
    mimetype: str
    size: int
    user_id: str
    created: int
    channel_ids: list[str] = field(default_factory=list)
    is_uploaded: bool = False
    alt_text: str = ""


@dataclass(frozen=True)
class MessagePlace:
    """Something on a message."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class ViewPlace:
    """Something in a modal or on a Home tab."""

    view_id: str


Place = MessagePlace | ViewPlace


@dataclass(frozen=True)
class Change:
    """What subscribers of a workspace are told.

    `topic` is what changed; `channel_id` is set for messages and channels; `user_id` names the one person who
    can see the change (views, homes, ephemeral messages, trouble), or is None when everybody can.
    """

    topic: Literal["message", "channel", "modal", "home", "file", "bot"]
    channel_id: str | None = None
    user_id: str | None = None
