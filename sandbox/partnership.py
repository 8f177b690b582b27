"""The made-up partnership whose people use the sandbox, read from `partnership.yml`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.state import Channel, Person, Team

SLACKBOT_ID = "USLACKBOT"
SHIPPED = Path(__file__).with_name("partnership.yml")


@dataclass(frozen=True)
class OpeningMessage:
    """A message that stands in a channel before anybody has done anything."""

    channel_id: str
    user_id: str
    text: str


@dataclass(frozen=True)
class Partnership:
    """Teams, people and channels to begin with; `home_id` is the team that has installed the app."""

    home_id: str
    teams: dict[str, Team]
    people: dict[str, Person]
    channels: dict[str, Channel]
    opening_messages: tuple[OpeningMessage, ...]
    bot_user_id: str
    bot_id: str
    app_id: str


def load_partnership(bot_name: str, path: Path = SHIPPED) -> Partnership:
    """Read a partnership; the bot user gets `bot_name`, the display name in the app's manifest."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    bot = document["bot"]
    home_id = document["home"]
    people = {entry["id"]: Person(**entry) for entry in document["people"]}
    bot_user = Person(
        id=bot["id"], team_id=home_id, name=bot_name.lower().replace(" ", ""), real_name=bot_name, is_bot=True
    )
    slackbot = Person(id=SLACKBOT_ID, team_id=home_id, name="slackbot", real_name="Slackbot", is_bot=True)
    channels = [_channel(entry, list(people), bot["id"]) for entry in document["channels"]]
    return Partnership(
        home_id=home_id,
        teams={entry["id"]: Team(**entry) for entry in document["teams"]},
        people={**people, bot_user.id: bot_user, slackbot.id: slackbot},
        channels={channel.id: channel for channel in channels},
        opening_messages=tuple(
            OpeningMessage(entry["id"], message["from"], message["text"])
            for entry in document["channels"]
            for message in entry.get("messages", [])
        ),
        bot_user_id=bot["id"],
        bot_id=bot["bot_id"],
        app_id=bot["app_id"],
    )


def _channel(entry: dict[str, Any], everyone: list[str], bot_user_id: str) -> Channel:
    members = everyone if entry["members"] == "everyone" else entry["members"]
    return Channel(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        members=[*members, bot_user_id] if entry.get("bot", False) else list(members),
        is_ext_shared=entry.get("is_ext_shared", False),
        purpose=entry["purpose"],
    )
