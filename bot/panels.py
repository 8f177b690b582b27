"""A panel is something shown to one person, wherever they asked for it.

Pressed in a modal, it takes the modal's place; pressed in App Home, it opens a
modal; pressed in a private message, it takes that message's place; pressed in a
message that others see, it comes as a private message beside it. So a feature
writes each view once and never asks where it stands.
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import Block, ModalView

from bot.blocks import MESSAGE_TEXT, MODAL_TITLE, as_dicts, cut, escape, named, plain


@dataclass(frozen=True, slots=True)
class Panel:
    """`title` heads the modal (24 characters are shown), `text` says all of it in plain words.

    Neither is markup: they are escaped on their way to Slack. In a text that `names_people`, `<@U…>` stays a
    name. `metadata` comes back with every press in the modal: ids only.
    """

    title: str
    blocks: list[Block]
    text: str
    metadata: str = ""
    names_people: bool = False


def panel_modal(panel: Panel) -> dict[str, Any]:
    """The panel as a modal without inputs."""
    return ModalView(
        title=plain(cut(panel.title, MODAL_TITLE)),
        blocks=panel.blocks,
        close=plain("Close"),
        private_metadata=panel.metadata or None,
    ).to_dict()


def panel_message(panel: Panel) -> dict[str, Any]:
    """The panel as the arguments of a message; blocks and the text that screen readers read."""
    return {
        "text": (named if panel.names_people else escape)(cut(panel.text, MESSAGE_TEXT)),
        "blocks": as_dicts(panel.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }


async def show_panel(
    panel: Panel, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Show the panel to the person whose press or shortcut `body` is."""
    view = body.get("view")
    if view and view["type"] == "modal":
        await client.views_update(view_id=view["id"], view=panel_modal(panel))
    elif view or not body.get("response_url"):
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
    else:
        private = bool(body.get("container", {}).get("is_ephemeral"))
        await respond(
            **panel_message(panel),
            response_type="ephemeral",
            replace_original=private,
            thread_ts=None if private else _thread_of(body.get("message") or {}),
        )


async def open_modal(view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
    """Show a modal to the person whose press, command or shortcut `body` is, on top of any they are in."""
    is_within = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if is_within else client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


def _thread_of(message: dict[str, Any]) -> str | None:
    """The thread in which a message is an answer; one that a thread hangs on is read in the channel."""
    thread_ts = message.get("thread_ts")
    return thread_ts if thread_ts and thread_ts != message.get("ts") else None
