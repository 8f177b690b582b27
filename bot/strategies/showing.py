"""Showing a result to one person, wherever they pressed.

In the form that finds, the form stays and the result changes below it; a modal that
was opened for a message keeps that message's thread through all that is shown in it.
"""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.panels import Panel, show_panel
from bot.strategies import ids
from bot.strategies.cards import Sharing
from bot.strategies.finder_view import finder_modal
from bot.strategies.results import Result
from bot.strategies.views import result_panel
from knowledge.model import Library


async def show_result(
    library: Library,
    result: Result,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    sharing: Sharing | None = None,
) -> None:
    """Show it where the press came from; `sharing` is given where the place does not decide it."""
    panel = result_panel(library, result, sharing or sharing_from(body))
    view = body.get("view") or {}
    if view.get("callback_id") == ids.FIND_SUBMIT:
        await show_in_finder(panel, view, client)
    else:
        await show_panel(replace(panel, metadata=view.get("private_metadata") or ""), body, client, respond)


async def show_in_finder(panel: Panel | None, view: dict[str, Any], client: AsyncWebClient) -> None:
    """The form as it is filled in, with something else below it."""
    thread = ids.decode_thread(view.get("private_metadata") or "")
    modal = finder_modal(asked_in(view), panel, thread=thread, picker=picker_of(view))
    await client.views_update(view_id=view["id"], view=modal)


def asked_in(view: dict[str, Any]) -> str:
    """The question as it stands in the form."""
    return str(state_values(view).get(ids.QUESTION) or "")


def picker_of(view: dict[str, Any]) -> str:
    """The block id under which the form's picker stands."""
    shown = {block.get("block_id") for block in view.get("blocks") or []}
    return next((one for one in ids.PICKERS if one in shown), ids.PICKERS[0])


def sharing_from(body: dict[str, Any]) -> Sharing:
    """A card is shared where it was asked for; App Home and a direct message ask for a channel."""
    view = body.get("view") or {}
    if view.get("private_metadata") == ids.WITHIN:
        return "within"
    if ids.decode_thread(view.get("private_metadata") or ""):
        return "thread"
    return sharing_in((body.get("channel") or {}).get("id"))


def sharing_in(channel_id: str | None) -> Sharing:
    """The same for a channel, or None where there is none."""
    return "choose" if channel_id is None or channel_id.startswith("D") else "here"
