"""A document as a canvas in its channel, where the workspace has canvases."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import reason_of

TITLE_LENGTH = 255
REASONS = {
    "missing_scope": "nobody has allowed Common Ground to make canvases here",
    "canvas_disabled_user_team": "canvases are turned off in this workspace",
    "canvas_tab_creation_failed": "this channel cannot hold another canvas",
    "free_team_not_allowed": "this workspace's plan has no canvases",
    "free_teams_cannot_create_non_tabbed_canvases": "this workspace's plan has no more canvases here",
    "free_teams_cannot_create_standalone_canvases": "this workspace's plan has no canvases",
    "team_tier_cannot_create_channel_canvases": "this workspace's plan has no canvases in channels",
    "channel_not_found": "Common Ground is not in that channel any more",
    "not_in_channel": "Common Ground is not in that channel any more",
    "is_archived": "the channel is archived",
}


async def create_canvas(client: AsyncWebClient, channel_id: str, title: str, markdown: str) -> str:
    """Make a canvas that everybody in the channel sees, and return its id; each call makes another one."""
    made = await client.canvases_create(
        title=title[:TITLE_LENGTH],
        document_content={"type": "markdown", "markdown": markdown},
        channel_id=channel_id,
    )
    return str(made["canvas_id"])


def canvas_refusal_text(error: SlackApiError) -> str:
    """Why there is no canvas, as the end of a sentence."""
    return REASONS.get(reason_of(error), f"Slack did not allow it ({reason_of(error)})")
