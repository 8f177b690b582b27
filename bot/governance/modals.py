"""Modals that take the place of the one that was pressed in."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload


async def put_modal(view: dict[str, Any], body: Payload, client: AsyncWebClient) -> None:
    """Put a modal in the place of the one that was pressed in."""
    await client.views_update(view_id=body["view"]["id"], view=view)
