"""Posting a card in a channel, as the bot or by the address that Slack gave for an answer."""

from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.content import Content
from bot.errors import NOT_A_MEMBER, UserError

INVITE = (
    "I am not in that channel, so I cannot post there. Ask somebody in it to type "
    "/invite @Common Ground there, then share again."
)
REFUSALS = {
    "is_archived": "That channel is archived, so nothing can be posted there. Share in another channel.",
    "restricted_action": "Only some people may post in that channel. Share in another channel.",
    "restricted_action_read_only_channel": "Nobody can post in that channel. Share in another channel.",
    "restricted_action_thread_only_channel": "That channel takes answers in threads only. Share in another.",
    "msg_too_long": "This strategy is too long for a message. Copy the part that matters instead.",
}


async def post(
    content: Content, channel_id: str, thread_ts: str | None, client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Post as the bot; where it is not a member, answer in the channel by the address that Slack gave.

    :raises UserError: neither is possible
    """
    try:
        await client.chat_postMessage(
            channel=channel_id,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **content.arguments(),
        )
    except SlackApiError as error:
        reason = str(error.response.get("error", ""))
        if reason in REFUSALS:
            raise UserError(REFUSALS[reason]) from error
        if reason not in NOT_A_MEMBER:
            raise
        if not respond.response_url or not await _answer_in_channel(content, thread_ts, respond):
            raise UserError(INVITE) from error


async def _answer_in_channel(content: Content, thread_ts: str | None, respond: AsyncRespond) -> bool:
    """Whether Slack took the card as an answer that the whole channel sees."""
    answer = await respond(
        **content.arguments(), response_type="in_channel", replace_original=False, thread_ts=thread_ts
    )
    return answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", "")
