"""A modal, and where it goes: opened, in the place of the one it was asked for in, or on top of it."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import Block, ModalView

from bot.blocks import MODAL_TITLE, cut, plain

Modal = dict[str, Any]


def modal(
    title: str,
    blocks: list[Block],
    *,
    metadata: str = "",
    callback_id: str = "",
    submit: str = "",
    close: str = "Close",
) -> Modal:
    """A modal as Slack takes it; one with inputs needs `submit` and `callback_id`."""
    return ModalView(
        title=plain(cut(title, MODAL_TITLE)),
        blocks=blocks,
        close=plain(close),
        submit=plain(submit) if submit else None,
        private_metadata=metadata or None,
        callback_id=callback_id or None,
    ).to_dict()


def in_modal(body: dict[str, Any]) -> bool:
    """Whether the press that `body` is was made in a modal, not in a message or App Home."""
    return (body.get("view") or {}).get("type") == "modal"


async def show_modal(view: Modal, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Put the modal in the place of the one that was pressed in, or open it."""
    if in_modal(body):
        await client.views_update(view_id=body["view"]["id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def stack_modal(view: Modal, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Put the modal on top of the one that was pressed in, so that closing it leads back; or open it.

    Slack takes three at most: a list or a draft, what is read or written, and a form or notice on that.
    """
    if in_modal(body):
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
