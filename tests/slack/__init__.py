"""What stands in for Slack in the tests of the bot: a Web API that remembers, and payloads as it sends them.

`Slack` is the Web API. `Bot` dispatches payloads to a real Bolt app and finds the buttons and inputs to
press in what the bot has shown.
"""

from tests.slack.bot import Bot, answer_of
from tests.slack.entered import state_of
from tests.slack.events import mention_event, message_event, step_event
from tests.slack.people import (
    ANNA,
    BEN,
    BOT_TOKEN,
    BOT_USER,
    CHANNEL,
    DIRECT_MESSAGE,
    PARTNER_TEAM,
    PIA,
    TEAM,
    Json,
    User,
    numbers,
)
from tests.slack.shown import Place, elements_of, find_action, labels_of, shown_message, shown_view, words_of
from tests.slack.web_api import Call, Slack

__all__ = [
    "ANNA",
    "BEN",
    "BOT_TOKEN",
    "BOT_USER",
    "CHANNEL",
    "DIRECT_MESSAGE",
    "PARTNER_TEAM",
    "PIA",
    "TEAM",
    "Bot",
    "Call",
    "Json",
    "Place",
    "Slack",
    "User",
    "answer_of",
    "elements_of",
    "find_action",
    "labels_of",
    "mention_event",
    "message_event",
    "numbers",
    "shown_message",
    "shown_view",
    "state_of",
    "step_event",
    "words_of",
]
