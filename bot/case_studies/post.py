"""Files to one person, in their direct messages with the app.

A message to the person's id opens that conversation and needs no right beyond
writing; its answer names the conversation, which the files then go to.
"""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class File:
    """What is sent; `title` is what people read beside it."""

    name: str
    title: str
    content: bytes


async def send_files(client: AsyncWebClient, user_id: str, words: str, files: list[File]) -> None:
    """Write `words`, which is Slack's markup, to the person and put the files under them."""
    posted = await client.chat_postMessage(
        channel=user_id, text=words, unfurl_links=False, unfurl_media=False
    )
    await client.files_upload_v2(
        channel=posted["channel"],
        file_uploads=[{"file": file.content, "filename": file.name, "title": file.title} for file in files],
    )
