"""The made-up partnership whose people use the sandbox, read from `partnership.yml`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.state import BotIdentity, Channel, Person, Team

SLACKBOT_ID = "USLACKBOT"
SHIPPED = Path(__file__).with_name("partnership.yml")
TWO_WORKSPACES = Path(__file__).with_name("two-workspaces.yml")


@dataclass(frozen=True)
class OpeningMessage:
    """A message that stands in a channel before anybody has done anything."""

    channel_id: str
    user_id: str
    text: str


@dataclass(frozen=True)
class Partnership:
    """Teams, people and channels to begin with; `home_id` is the team that has installed the app.

    `bots` says who the app is in each team that can install it.
    """

    home_id: str
    teams: dict[str, Team]
    people: dict[str, Person]
    channels: dict[str, Channel]
    opening_messages: tuple[OpeningMessage, ...]
    bots: dict[str, BotIdentity]
    app_id: str


def load_partnership(bot_name: str, path: Path = SHIPPED) -> Partnership:
    """Read a partnership; the bot user gets `bot_name`, the display name in the app's manifest."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    bot = document["bot"]
    home_id = document["home"]
    people = {entry["id"]: Person(**entry) for entry in document["people"]}
    bots = {home_id: BotIdentity(bot["id"], bot["bot_id"])} | {
        entry["team_id"]: BotIdentity(entry["id"], entry["bot_id"])
        for entry in document.get("partner_bots", [])
    }
    name = bot_name.lower().replace(" ", "")
    bot_users = [
        Person(id=one.user_id, team_id=team_id, name=name, real_name=bot_name, is_bot=True)
        for team_id, one in bots.items()
    ]
    slackbot = Person(id=SLACKBOT_ID, team_id=home_id, name="slackbot", real_name="Slackbot", is_bot=True)
    channels = [_channel(entry, list(people), home_id, bots) for entry in document["channels"]]
    return Partnership(
        home_id=home_id,
        teams={entry["id"]: Team(**entry) for entry in document["teams"]},
        people={**people, **{one.id: one for one in bot_users}, slackbot.id: slackbot},
        channels={channel.id: channel for channel in channels},
        opening_messages=tuple(
            OpeningMessage(entry["id"], message["from"], message["text"])
            for entry in document["channels"]
            for message in entry.get("messages", [])
        ),
        bots=bots,
        app_id=bot["app_id"],
    )


def _channel(
    entry: dict[str, Any], everyone: list[str], home_id: str, bots: dict[str, BotIdentity]
) -> Channel:
    """With `bot: true` the app is a member, in a shared channel that of each team which can install it."""
    members = everyone if entry["members"] == "everyone" else entry["members"]
    team_id, is_shared = entry.get("team_id", home_id), entry.get("is_ext_shared", False)
    present = [bot.user_id for of, bot in bots.items() if is_shared or of == team_id]
    return Channel(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        members=[*members, *present] if entry.get("bot", False) else list(members),
        is_ext_shared=is_shared,
        purpose=entry["purpose"],
        team_id=team_id,
    )
