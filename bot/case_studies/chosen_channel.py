"""The channel that somebody chose, to share in or to be told: whether anything can be written there."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_channels import ChannelFault, channel_fault

INVITE_FIRST = (
    "Common Ground is not in that channel yet. Type /invite @Common Ground there, then press {press} again."
)
ARCHIVED = "That channel has been archived. Choose another."
CHOOSE = "Choose a channel."


async def chosen_channel_fault(client: AsyncWebClient, channel_id: str, *, press: str) -> str:
    """Why it cannot be this one, in words for its field; "" when it can. `press` is the form's button."""
    if not channel_id:
        return CHOOSE
    fault = await channel_fault(client, channel_id)
    if fault is None:
        return ""
    return ARCHIVED if fault is ChannelFault.ARCHIVED else INVITE_FIRST.format(press=press)
