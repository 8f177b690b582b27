"""What people are told of an export while it is made, when it is there, and when it fails."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import cut, escape
from bot.case_studies.answers import study_title
from bot.case_studies.exports.orders import FORM_NAMES, LibraryOrder, Progress, form_list
from bot.delivery.files import direct_channel
from bot.delivery.ordered import Regrets
from bot.delivery.replies import is_temporary
from bot.delivery.sharing import tell
from bot.uses import studies_counted
from storage.records.case_studies import CaseStudySummary

TITLE_LENGTH = 200
IN_SLACK = "You can read everything in the library. An admin of this workspace can allow files."
REGRETS = Regrets(
    given_up="I could not make the files that you asked for, after several tries. Please export again, with "
    "fewer kinds of files or fewer case studies. What was written is safe.",
    instead=IN_SLACK,
    by_reason={
        "file_type_not_allowed": "Export it as another kind of file; CSV and Markdown are plain text.",
        "file_upload_size_restricted": "Search for fewer first, or export as CSV, which is small.",
        "storage_limit_reached": "Search for fewer first, or export as CSV, which is small.",
    },
)


def study_words(study: CaseStudySummary, forms: str) -> str:
    """Beside the files of one case study, in Slack's markup."""
    return f"Here is the case study “{escape(cut(study_title(study), TITLE_LENGTH))}” as {forms}."


def library_words(order: LibraryOrder, done: int) -> str:
    """Beside the files of many, in Slack's markup."""
    is_all = not (order.wanted.words or order.wanted.filters)
    what = "everything that has been published" if is_all else "what you found"
    words = f"Here is {what}: {studies_counted(done)}, as {form_list(order.forms)}."
    if len(order.progress.uploaded) > len(order.forms):
        words += " It comes in parts, because one file would be too large."
    return words


def progress_words(order: LibraryOrder, done: int) -> str:
    """While it is made."""
    form = FORM_NAMES[order.forms[min(order.progress.form_at, len(order.forms) - 1)]]
    what = f" as {form}" if len(order.forms) > 1 else ""
    return f"Preparing {done:,} of {order.total:,} case studies{what}…"


async def begin_progress(client: AsyncWebClient, order: LibraryOrder) -> Progress:
    """Say that it is being made."""
    channel_id = await direct_channel(client, order.asked_by.user_id)
    said = await client.chat_postMessage(channel=channel_id, text=progress_words(order, 0))
    return Progress(channel_id=channel_id, ts=str(said["ts"]))


async def tell_progress(client: AsyncWebClient, order: LibraryOrder, done: int) -> None:
    """Say how far it is; nobody waits for that, so that a refusal changes nothing."""
    if order.progress.ts:
        await _update(client, order.progress, progress_words(order, done))


async def end_progress(client: AsyncWebClient, progress: Progress) -> None:
    """Take the message away, because the files come in its place."""
    if not progress.ts:
        return
    try:
        await client.chat_delete(channel=progress.channel_id, ts=progress.ts)
    except SlackApiError as error:
        if is_temporary(error):
            raise


async def tell_failure(client: AsyncWebClient, user_id: str, words: str, progress: Progress) -> None:
    """Say why there will be no files, in the place of how far they were."""
    if not progress.ts or not await _update(client, progress, words):
        await tell(client, user_id, words)


async def _update(client: AsyncWebClient, progress: Progress, words: str) -> bool:
    try:
        await client.chat_update(channel=progress.channel_id, ts=progress.ts, text=words)
    except SlackApiError:
        return False
    return True
