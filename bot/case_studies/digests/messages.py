"""The messages of a digest: what a channel is told, and that it has ended."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from slackblocks import Block

from bot.blocks import actions, button, confirm, context, day, escape, header, section
from bot.case_studies import ids, message_ids
from bot.case_studies.library.views import Titles
from bot.case_studies.phrases import short_title, study_rows
from bot.delivery.content import Content
from bot.uses import studies_counted
from storage.digests import DIGESTS_SUBJECT
from storage.published_store import PublishedStore
from storage.records.case_studies import CaseStudySummary
from storage.records.digests import Digest
from storage.records.messages import Message

MOST_TITLES = 10

ALL_WITHDRAWN = "What was listed here has been withdrawn since."
WHEN = "This comes on the first working morning of a month, when something new has been published."


class Ending(Enum):
    """Why a channel is told no more."""

    ARCHIVED = "archived"
    NOT_IN = "not_in"
    LEFT = "left"
    GONE = "gone"


_WHY = {
    Ending.ARCHIVED: "the channel has been archived",
    Ending.NOT_IN: "Common Ground is not in the channel any more",
    Ending.LEFT: "{who} not in the channel any more",
    Ending.GONE: "{who} not in this workspace any more",
}
_AND_NOW = {
    Ending.ARCHIVED: "Choose another channel, if you like.",
    Ending.NOT_IN: "Type /invite @Common Ground there, then ask for the message again.",
}


def digest_row(digest: Digest, until: datetime) -> Message:
    """The message to the channel; its id says from when to when."""
    since, last = int(digest.since.timestamp()), int(until.timestamp())
    return Message(
        workspace_id=digest.workspace_id,
        id=f"{ids.DIGEST_KIND}:{digest.channel_id}:{since}:{last}",
        kind=ids.DIGEST_KIND,
        subject=DIGESTS_SUBJECT,
        channel_id=digest.channel_id,
    )


def ending_rows(digest: Digest, ending: Ending, at: datetime) -> list[Message]:
    """What is said about the end: to whoever asked for the digest, and to the channel if it goes on."""
    person, channel_id = digest.subscribed_by.user_id, digest.channel_id
    told = [] if ending is Ending.GONE else [person]
    if ending in {Ending.LEFT, Ending.GONE}:
        told.append(channel_id)
    about = f"{ids.DIGEST_ENDED_KIND}:{channel_id}:{ending.value}:{person}:{int(at.timestamp())}"
    return [
        Message(
            workspace_id=digest.workspace_id,
            id=f"{about}:{where}",
            kind=ids.DIGEST_ENDED_KIND,
            subject=about,
            channel_id=where,
        )
        for where in told
    ]


class DigestRenderer:
    """Renders what was published in the time of a digest, and the word that digests have ended."""

    def __init__(self, published: PublishedStore, titles: Titles) -> None:
        self._published = published
        self._titles = titles

    async def render(self, message: Message) -> Content | None:
        """None when there is nothing to tell before it was sent."""
        _kind, channel_id, *_ = message.id.split(":")
        since, until = message_ids.digest_span(message.id)
        span = message.workspace_id, since, until
        total = await self._published.count_between(*span)
        if not total:
            return Content(ALL_WITHDRAWN, [section(ALL_WITHDRAWN)]) if message.ts else None
        studies = await self._published.published_between(*span, limit=MOST_TITLES)
        return digest_content(channel_id, since, studies, total, self._titles)

    async def render_ending(self, message: Message) -> Content:
        _kind, channel_id, ending, person, _at, _where = message.id.split(":")
        return ending_content(channel_id, Ending(ending), person, to_person=message.channel_id == person)


def digest_content(
    channel_id: str, since: datetime, studies: Sequence[CaseStudySummary], total: int, titles: Titles
) -> Content:
    """The newest titles, how many more there are, and the ways on."""
    head = f"Published since {day(since)}: {studies_counted(total)}."
    blocks: list[Block] = [header("New case studies"), section(head)]
    for study in studies:
        blocks += study_rows(study, titles.template_title(study))
    lines = [f"New case studies. {head}", *(f"• {escape(short_title(study))}" for study in studies)]
    if more := total - len(studies):
        lines.append(f"and {more:,} more")
        blocks.append(section(lines[-1]))
    sure = confirm(
        "Stop this message?", "This channel is not told of new case studies any more.", "Stop it", "Keep it"
    )
    stop = button("Stop this message", ids.STOP_DIGEST, channel_id, confirm=sure)
    blocks += [actions(button("Open the library", ids.OPEN_LIBRARY), stop), context(WHEN)]
    return Content("\n".join(lines), blocks)


def ending_content(channel_id: str, ending: Ending, person: str, *, to_person: bool) -> Content:
    """That digests have ended and why, and what can be done."""
    why = _WHY[ending].format(who="you are" if to_person else f"<@{person}>, who asked for it, is")
    others = "Somebody who is in the channel" if to_person else "Anybody else here"
    now = _AND_NOW.get(ending, f"{others} can ask for it again.")
    text = f"The monthly message about new case studies in <#{channel_id}> has ended, because {why}. {now}"
    again = actions(button("Tell a channel monthly", ids.OPEN_DIGEST))
    return Content(text, [section(text), again])
