"""Questions in plain conversation: a mention in a channel, or a direct message."""

import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import read_caller
from bot.message_text import unescaped
from bot.panels import panel_message
from bot.replays import Claims
from bot.strategies.cards import Sharing
from bot.strategies.desk import Desk
from bot.strategies.results import Help, SavedList
from bot.strategies.saved_views import ask_privately_panel
from bot.strategies.views import result_panel


class ConversationListeners:
    """Each question is answered once, even when Slack sends it again."""

    def __init__(self, desk: Desk, claims: Claims) -> None:
        self._desk = desk
        self._claims = claims

    async def answer_mention(
        self,
        event: dict[str, Any],
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
    ) -> None:
        """Answer in the thread. In a direct message the mention comes as a message too.

        Where both sides of a shared channel have the app, the bot answers that was mentioned.
        """
        is_ours = f"<@{context.bot_user_id}" in (event.get("text") or "")
        is_one = is_ours and is_question(event) and not is_direct(event)
        if is_one and await self._is_first(body, context):
            await self._answer(body, context, client, event.get("thread_ts") or event["ts"], "public")

    async def answer_direct_message(
        self,
        event: dict[str, Any],
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
    ) -> None:
        """Answer below the question, or in the thread when it was asked in one."""
        if is_question(event) and is_direct(event) and await self._is_first(body, context):
            await self._answer(body, context, client, event.get("thread_ts"), "choose")

    async def _is_first(self, body: dict[str, Any], context: AsyncBoltContext) -> bool:
        return await self._claims.claim(str(context.team_id), body["event_id"])

    async def _answer(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        thread_ts: str | None,
        sharing: Sharing,
    ) -> None:
        """One answer; somebody's own list is never shown where others read along."""
        event = body["event"]
        question = question_in(event.get("text") or "", context.bot_user_id or "")
        caller = read_caller(context, body)
        result = await self._desk.ask(caller, question, datetime.now(UTC)) if question else Help()
        if isinstance(result, SavedList) and sharing == "public":
            panel = ask_privately_panel()
        else:
            panel = result_panel(self._desk.library, result, sharing)
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread_ts, **panel_message(panel))


def is_question(event: dict[str, Any]) -> bool:
    """Whether a person wrote this anew: no bot, no edit, no joining or the like."""
    unwanted = ("subtype", "bot_id", "edited", "hidden")
    return bool(event.get("user")) and not any(event.get(name) for name in unwanted)


def is_direct(event: dict[str, Any]) -> bool:
    """Whether it was written to the bot alone."""
    return event.get("channel_type") == "im" or str(event.get("channel")).startswith("D")


def question_in(text: str, bot_user_id: str) -> str:
    """The words that were typed, without the bot's name; Slack's entities are characters again."""
    without_name = re.sub(rf"<@{re.escape(bot_user_id)}(\|[^>]*)?>", " ", text)
    return unescaped(" ".join(without_name.split()))
