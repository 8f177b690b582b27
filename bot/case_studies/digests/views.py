"""The choice of a channel that is told monthly, and what it has been promised."""

from datetime import datetime

from slackblocks import Block, InputBlock

from bot.blocks import actions, button, channel_select, confirm, day, plain, section
from bot.case_studies import ids
from bot.case_studies.digests.messages import MOST_TITLES
from bot.case_studies.modals import Modal, modal
from bot.panels import Panel
from storage.records.digests import Digest

TITLE = "Tell a channel monthly"
WHAT = (
    "On the first working morning of each month, the channel gets one message with what has been published "
    f"since the last: up to {MOST_TITLES} titles, and the way to the library. When nothing has been "
    "published, it gets none."
)
STOPPED = "<#{channel}> is not told of new case studies any more. Type /casestudy digest to begin again."


def digest_modal() -> Modal:
    """The choice of a channel, by default the one that somebody is in."""
    blocks: list[Block] = [
        section(WHAT),
        InputBlock(
            label=plain("Channel"),
            element=channel_select(ids.CHANNEL_FIELD, here=True),
            block_id=ids.CHANNEL_FIELD,
            hint=plain(
                "Everybody in it can read what is listed, people from other organisations too. If it is told "
                "already, you can stop that next."
            ),
        ),
    ]
    return modal(TITLE, blocks, callback_id=ids.SET_DIGEST, submit="Go on", close="Back")


def promised_modal(digest: Digest, now: datetime, *, is_new: bool) -> Modal:
    """When the next message comes, who asked for it, and how to stop it."""
    channel = f"<#{digest.channel_id}>"
    first = (
        f"{channel} is told from now on what is published."
        if is_new
        else f"{channel} is told already. <@{digest.subscribed_by.user_id}> asked for it."
    )
    sure = confirm(
        "Stop the monthly message?",
        "The channel is not told of new case studies any more.",
        "Stop it",
        "Keep it",
    )
    blocks: list[Block] = [
        section(f"{first}\n{_next_text(digest, now)}"),
        section(WHAT),
        actions(
            button("Stop this message", ids.STOP_DIGEST, digest.channel_id, confirm=sure),
            button("Another channel", ids.OTHER_DIGEST),
        ),
    ]
    return modal(TITLE, blocks)


def stopped_panel(channel_id: str) -> Panel:
    """Said to the person who stopped it."""
    text = STOPPED.format(channel=channel_id)
    return Panel(TITLE, [section(text)], "The channel is not told of new case studies any more.")


def _next_text(digest: Digest, now: datetime) -> str:
    if digest.next_at <= now:
        return "The next message comes on the next working morning, if something new has been published."
    return f"The next message comes on {day(digest.next_at)}, if something new has been published."
