"""What is kept of somebody, in numbers."""

from collections.abc import Sequence
from typing import Any

from slackblocks import Block, ModalView

from bot.blocks import actions, button, context, plain, section
from bot.plurals import counted
from bot.privacy import ids
from storage.records.privacy import Holdings

WHAT = "This is what Common Ground keeps about you in this workspace."
ONLY_HERE = (
    "Messages in Slack are Slack's and stay with it. If Common Ground is installed in another workspace too, "
    "look there as well."
)
ORDERED = (
    "Your copy is on its way to you as a direct message: a JSON file that holds everything, and the same to "
    "read."
)


def mine_modal(held: Holdings, agency: str | None) -> dict[str, Any]:
    """Numbers of what is kept, the way to a copy, and the way to be erased."""
    lines = "\n".join(f"• {line}" for line in holding_lines(held, agency))
    blocks: list[Block] = [
        section(WHAT),
        section(plain(lines)),
        actions(
            button("Send me a copy", ids.SEND_COPY, style="primary"),
            button("Erase me", ids.OPEN_ERASING, style="danger"),
        ),
        context(ONLY_HERE),
    ]
    return ModalView(title=plain("My data"), blocks=blocks, close=plain("Close")).to_dict()


def ordered_modal() -> dict[str, Any]:
    """Said once the copy is being made."""
    return ModalView(title=plain("My data"), blocks=[section(ORDERED)], close=plain("Close")).to_dict()


def holding_lines(held: Holdings, agency: str | None) -> Sequence[str]:
    """One line a kind; what there is none of is left out."""
    texts = held.texts_elsewhere
    found = [
        (
            agency is not None,
            f"Your agency: {agency}" if agency else "That you would rather not name an agency",
        ),
        (held.saved_strategies, counted(held.saved_strategies, "saved strategy", "saved strategies")),
        (held.open_rankings, f"Your place in {counted(held.open_rankings, 'open ranking', 'open rankings')}"),
        (
            held.ended_rankings,
            f"Your place in {counted(held.ended_rankings, 'ranking that has', 'rankings that have')} ended",
        ),
        (held.drafts, counted(held.drafts, "draft that you own", "drafts that you own")),
        (
            held.published,
            counted(
                held.published, "published case study that you own", "published case studies that you own"
            ),
        ),
        (
            held.withdrawn,
            counted(held.withdrawn, "withdrawn case study of yours", "withdrawn case studies of yours"),
        ),
        (texts, f"{counted(texts, 'text', 'texts')} of yours in case studies of others"),
        (held.sections_asked, f"{counted(held.sections_asked, 'section', 'sections')} asked of you"),
        (held.digests, f"{counted(held.digests, 'monthly message', 'monthly messages')} you asked for"),
        (held.audit_lines, f"{counted(held.audit_lines, 'line', 'lines')} of the audit log"),
    ]
    return [line for is_kept, line in found if is_kept] or ["Nothing but the messages it keeps up to date."]
