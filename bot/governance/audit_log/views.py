"""A page of the audit log."""

from collections.abc import Sequence
from typing import Any

from slackblocks import Block, ModalView

from bot.blocks import actions, button, moment, plain, section
from bot.governance import ids
from bot.governance.audit_log.wording import entry_text
from storage.records.audit import AuditEntry
from storage.records.people import Person

A_PAGE = 15
WHAT = (
    "Who changed, exported, handed on or removed what. It holds ids and numbers, never what anybody wrote. "
    "Only admins of this workspace can read it."
)
NOTHING = "Nothing has been changed or exported yet."
ORDERED = "The audit log is on its way to you as a direct message."


def log_modal(entries: Sequence[AuditEntry], offset: int = 0) -> dict[str, Any]:
    """`entries` from `offset` on, the newest first, one more than a page if there are more."""
    blocks: list[Block] = [section(WHAT if entries or offset else NOTHING)]
    blocks += [
        section(f"{entry_text(entry, _mention, _channel)}\n{moment(entry.at)}") for entry in entries[:A_PAGE]
    ]
    ways = []
    if offset:
        ways.append(button("Newer lines", ids.NEWER_LOG, str(max(0, offset - A_PAGE))))
    if len(entries) > A_PAGE:
        ways.append(button("Older lines", ids.OLDER_LOG, str(offset + A_PAGE)))
    if entries or offset:
        ways.append(button("Send me all of it", ids.EXPORT_LOG, spoken="Send me the audit log as a file"))
        blocks.append(actions(*ways))
    return ModalView(title=plain("Audit log"), blocks=blocks, close=plain("Back")).to_dict()


def ordered_modal(title: str, words: str) -> dict[str, Any]:
    """Said once a file is being made."""
    return ModalView(title=plain(title), blocks=[section(words)], close=plain("Back")).to_dict()


def _mention(person: Person) -> str:
    return f"<@{person.user_id}>"


def _channel(channel_id: str) -> str:
    return f"<#{channel_id}>"
