"""Files put before people: uploaded first, which nobody sees, then shared in one message.

Between the two their ids can be kept, so that a sharing that was cut off is looked at before it is tried
again: nobody gets the same files twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import reason_of

ALT_LENGTH = 1_000
"""Characters of a picture's description that Slack takes with an upload."""
OK = 200
REASONS = {
    "file_upload_size_restricted": "they are larger than this workspace allows",
    "file_uploads_disabled": "this workspace does not allow files",
    "file_uploads_except_images_disabled": "this workspace allows pictures only",
    "file_type_not_allowed": "this workspace does not allow files of this kind",
    "missing_scope": "Common Ground is not allowed to send files in this workspace",
    "storage_limit_reached": "this workspace has no room left for files",
    "not_in_channel": "Common Ground is not in that channel any more",
    "channel_not_found": "Common Ground is not in that channel any more",
    "is_archived": "the channel is archived",
    "posting_to_channel_denied": "Common Ground may not write in that channel",
    "restricted_action": "Common Ground may not write in that channel",
    "cannot_dm_bot": "Common Ground cannot write to that person",
    "user_not_found": "Common Ground cannot write to that person",
    "user_disabled": "Common Ground cannot write to that person",
}


@dataclass(frozen=True, slots=True)
class File:
    """What is sent; `title` is what people read beside it, `alt_text` what a picture shows, in words."""

    name: str
    title: str
    content: bytes
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Slack has and nobody sees yet."""

    id: str
    title: str


class UploadError(Exception):
    """Slack's file server did not take the bytes; worth another try."""


async def direct_channel(client: AsyncWebClient, user_id: str) -> str:
    """The conversation of the app with one person."""
    return str((await client.conversations_open(users=user_id))["channel"]["id"])


async def upload_files(client: AsyncWebClient, files: Sequence[File]) -> list[Uploaded]:
    """Give Slack the files; :raises SlackApiError, UploadError: it did not take one."""
    return [await _upload(client, file) for file in files]


async def share_files(
    client: AsyncWebClient,
    files: Sequence[Uploaded],
    words: str,
    channel_id: str,
    thread_ts: str | None = None,
) -> None:
    """Show the files in one message; `words` is Slack's markup."""
    await client.files_completeUploadExternal(
        files=[{"id": file.id, "title": file.title} for file in files],
        channel_id=channel_id,
        initial_comment=words,
        thread_ts=thread_ts,
    )


async def is_shared(client: AsyncWebClient, file: Uploaded, channel_id: str) -> bool:
    """Whether people in this conversation see the file already."""
    try:
        shown = (await client.files_info(file=file.id))["file"]
    except SlackApiError as error:
        if reason_of(error) in ("file_not_found", "missing_scope"):
            return False  # without the right to look, rather twice than never
        raise
    return any(channel_id in (shown.get(kind) or ()) for kind in ("channels", "groups", "ims"))


def refusal_text(error: SlackApiError) -> str:
    """Why Slack did not take the files, as the end of a sentence."""
    return REASONS.get(reason_of(error), f"Slack did not allow it ({reason_of(error)})")


async def _upload(client: AsyncWebClient, file: File) -> Uploaded:
    place = await client.files_getUploadURLExternal(
        filename=file.name, length=len(file.content), alt_txt=file.alt_text[:ALT_LENGTH] or None
    )
    limit = aiohttp.ClientTimeout(total=client.timeout)
    async with (
        aiohttp.ClientSession(timeout=limit) as session,
        session.post(
            # Only where Slack says the bytes go: nothing that answers there sends them elsewhere.
            place["upload_url"],
            data=file.content,
            allow_redirects=False,
            proxy=client.proxy,
            ssl=client.ssl or True,
        ) as taken,
    ):
        if taken.status != OK:
            raise UploadError(f"{file.name}: status {taken.status}")
    return Uploaded(str(place["file_id"]), file.title)
